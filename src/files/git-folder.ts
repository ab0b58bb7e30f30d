import { lstatSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { failureReason, meansAbsent } from './failure-reason.js';
import { listLeftOut, listTracked } from './git.js';
import { type FolderListing, isUnnameable, NOT_UTF8_NAME, type SkippedEntry, SYMBOLIC_LINK } from './walk-folder.js';

/**
 * Lists one folder of a git work tree: what git lists, less what is no regular file on disk.
 *
 * @param top     absolute, existing folder
 * @param within  only what lies in these folders, relative to `top`; empty: everything
 */
export function listGitFolder(top: string, within: readonly string[] = []): FolderListing {
  const linked = linkedFolders(top);
  let sparse: ReadonlySet<string> | null = null;
  const files: string[] = [];
  const skipped: SkippedEntry[] = [];
  for (const path of listTracked(top, within)) {
    const problem = skipReason(top, path, linked);
    if (problem === null) files.push(path);
    else if (problem.reason === DELETED) {
      sparse ??= listLeftOut(top);
      skipped.push({ path, ...problem, ...(sparse.has(path) ? { reason: LEFT_OUT } : {}) });
    } else skipped.push({ path: path.replace(/\/$/, ''), ...problem });
  }
  return { files, skipped };
}

/** Why a file is skipped that the index still names. */
export const DELETED = 'deleted in the work tree';

/** Why one is skipped that a sparse checkout leaves out. */
export const LEFT_OUT = 'not checked out';

type Problem = { readonly reason: string; readonly isFolder: boolean };

function skipReason(top: string, path: string, isLinked: (folder: string) => boolean): Problem | null {
  const absolute = join(top, path);
  if (isUnnameable(absolute)) return { reason: NOT_UTF8_NAME, isFolder: false };
  if (path.endsWith('/')) return { reason: 'another git repository', isFolder: true };
  if (isLinked(parentOf(path))) return { reason: 'beneath a symbolic link', isFolder: false };
  const entry = entryAt(absolute);
  if (typeof entry === 'string') return { reason: entry, isFolder: false };
  if (entry.isSymbolicLink()) return { reason: SYMBOLIC_LINK, isFolder: false };
  if (entry.isDirectory()) return { reason: 'submodule', isFolder: true };
  return entry.isFile() ? null : { reason: 'not a regular file', isFolder: false };
}

function entryAt(absolute: string): Stats | string {
  try {
    return lstatSync(absolute);
  } catch (cause) {
    return meansAbsent(cause) ? DELETED : failureReason(cause);
  }
}

/**
 * Tells whether a folder, relative to `top`, is or lies beneath a symbolic link: the index may still name files of a
 * folder that was replaced by a link, and following it could lead anywhere. Each folder is looked at once.
 */
function linkedFolders(top: string): (folder: string) => boolean {
  const known = new Map<string, boolean>([['', false]]);
  return function isLinked(folder: string): boolean {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const entry = entryAt(join(top, folder));
    const answer = isLinked(parentOf(folder)) || (typeof entry !== 'string' && entry.isSymbolicLink());
    known.set(folder, answer);
    return answer;
  };
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
