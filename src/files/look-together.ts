/** Looks at the paths of many patterns; the folders of one work tree are listed once for all of them. */

import { realpathSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { listGitFolder } from './git-folder.js';
import { parseGlob } from './glob.js';
import { type Found, findPath, isListedByGit, type ListFolder, type Look, listFolder } from './walk.js';
import type { FolderListing } from './walk-folder.js';

export interface Pattern {
  /** A path, a folder or a glob. */
  readonly text: string;
  /** Absolute folder it is relative to. */
  readonly root: string;
}

/** As `findPath` looks, for patterns that look into these folders. */
export function lookTogether(folders: readonly string[]): Look {
  const list = listTogether(folders);
  const seen = new Map<string, Found | null>();
  return (typed, cwd) => {
    const key = `${cwd}\0${typed}`;
    const found = seen.has(key) ? seen.get(key)! : findPath(typed, cwd, list);
    seen.set(key, found);
    return found;
  };
}

/** Folders that the patterns look into, without symbolic links. */
export async function foldersOf(patterns: readonly Pattern[]): Promise<readonly string[]> {
  const folders = new Set<string>();
  for (const { text, root } of patterns) {
    const folder = realFolder((await parseGlob(text, root))?.base ?? resolve(root, text));
    if (folder !== null) folders.add(folder);
  }
  return [...folders];
}

/** `null`: it is none, or not to be reached, which whoever looks at it will say. */
function realFolder(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : null;
  } catch {
    return null;
  }
}

/**
 * A folder's part of one listing of git over all of them. A folder with none of its files is listed by itself: it may be
 * ignored, or another repository.
 */
function listTogether(folders: readonly string[]): ListFolder {
  const top = topOf(folders);
  let all: FolderListing | null | undefined;
  return (real) => {
    if (folders.length < 2 || top === null || !folders.includes(real)) return listFolder(real);
    if (all === undefined) all = listAll(top, folders);
    const part = all === null ? null : partOf(all, relative(top, real));
    return part !== null && part.files.length > 0 ? part : listFolder(real);
  };
}

/** `null`: git does not list them; what is wrong shows when each is listed by itself. */
function listAll(top: string, folders: readonly string[]): FolderListing | null {
  const within = folders.includes(top) ? [] : folders.map((folder) => relative(top, folder));
  try {
    return isListedByGit(top) ? listGitFolder(top, within) : null;
  } catch (cause) {
    if (cause instanceof TokenhubError) return null;
    throw cause;
  }
}

function partOf({ files, skipped }: FolderListing, folder: string): FolderListing {
  if (folder === '') return { files, skipped };
  const prefix = `${folder.split(sep).join('/')}/`;
  return {
    files: files.flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : [])),
    skipped: skipped.flatMap((entry) =>
      entry.path.startsWith(prefix) ? [{ ...entry, path: entry.path.slice(prefix.length) }] : [],
    ),
  };
}

/** The lowest folder that holds all of them; `null`: there is none. */
function topOf(folders: readonly string[]): string | null {
  const [first = '', ...others] = folders;
  const parts = first.split(sep);
  const common = others.reduce((length, folder) => {
    const other = folder.split(sep);
    const differs = parts.findIndex((part, i) => part !== other[i]);
    return Math.min(length, differs === -1 ? parts.length : differs);
  }, parts.length);
  return common === 0 ? null : join(parts.slice(0, common).join(sep), sep).replace(/(?<=.)[\\/]$/, '');
}
