/** Looks at the paths of many patterns; the folders of one work tree are listed once for all of them. */

import { realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { listGitFolder } from './git-folder.js';
import { parseGlob } from './glob.js';
import { isWithin } from './is-within.js';
import { type Found, type FoundFile, type FoundSkip, findPath, isListedByGit, type Look } from './walk.js';
import type { FolderListing } from './walk-folder.js';

export interface Pattern {
  /** A path, a folder or a glob. */
  readonly text: string;
  /** Absolute folder it is relative to. */
  readonly root: string;
}

/** As `findPath` looks, for patterns that look into these folders. */
export function lookTogether(folders: readonly string[]): Look {
  const listed = listTogether(folders);
  const seen = new Map<string, Found | null>();
  return (typed, cwd) => {
    const key = `${cwd}\0${typed}`;
    const found = seen.has(key) ? seen.get(key)! : (listed(typed, cwd) ?? findPath(typed, cwd));
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
 * A folder's part of one listing of git over all of them; `null`: it has none. A folder with none of its files is to be
 * listed by itself: it may be ignored, or another repository.
 */
function listTogether(folders: readonly string[]): Look {
  const top = folders.length < 2 ? null : topOf(folders);
  const known = new Set(folders);
  let all: FolderListing | null | undefined;
  const parts = new Map<string, ReadonlyMap<string, Found>>();
  return (typed, cwd) => {
    const folder = resolve(cwd, typed);
    // Within, paths are shown alike, whether they are found from the folder itself or from one above it.
    if (top === null || !isWithin(top, cwd) || !known.has(folder)) return null;
    if (all === undefined) all = listAll(top, folders);
    const listing = all;
    if (listing === null) return null;
    const ofCwd = parts.get(cwd) ?? partsOf(findPath(top, cwd, () => listing)!, known);
    parts.set(cwd, ofCwd);
    return ofCwd.get(folder) ?? null;
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

interface Part {
  readonly files: FoundFile[];
  readonly skipped: FoundSkip[];
}

/** What was found beneath each of the folders that has a file. */
function partsOf({ files, skipped }: Found, folders: ReadonlySet<string>): ReadonlyMap<string, Found> {
  const parts = new Map<string, Part>([...folders].map((folder) => [folder, { files: [], skipped: [] }]));
  const known = new Map<string, readonly Part[]>();
  const partsAbove = (path: string): readonly Part[] => {
    const folder = dirname(path);
    const above = known.get(folder) ?? foldersUp(folder).flatMap((each) => parts.get(each) ?? []);
    known.set(folder, above);
    return above;
  };
  for (const file of files) for (const part of partsAbove(file.absolute)) part.files.push(file);
  for (const skip of skipped) for (const part of partsAbove(skip.absolute)) part.skipped.push(skip);
  return new Map([...parts].filter(([, part]) => part.files.length > 0));
}

/** A folder and all above it. */
const foldersUp = (folder: string): string[] =>
  folder === dirname(folder) ? [folder] : [folder, ...foldersUp(dirname(folder))];

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
