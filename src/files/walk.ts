/** The files a user means: paths, folders and globs become one sorted list, and what is left out is named. */

import { realpathSync, type Stats, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { globMatchesNothing, pathNotFound } from '../errors/files.js';
import { failureReason, meansAbsent } from './failure-reason.js';
import { isIgnored, isInWorkTree, isTopFolder } from './git.js';
import { listGitFolder } from './git-folder.js';
import { type Glob, matchesAll, matchGlob, parseGlob } from './glob.js';
import { shownPath, slashed } from './shown-path.js';
import { type FolderListing, walkFolder } from './walk-folder.js';

export interface ListedFile {
  /** As shown to the user: relative to `cwd` with `/` when beneath it, else as typed. */
  readonly path: string;
  readonly absolute: string;
  /** True when the user named the file itself, not a folder or a glob. */
  readonly explicit: boolean;
}

export interface Skipped {
  /** As shown to the user. */
  readonly path: string;
  readonly reason: string;
}

/** Sorted by the bytes of the shown path; a file reached twice is in it once. */
export interface Listing {
  readonly files: readonly ListedFile[];
  readonly skipped: readonly Skipped[];
}

/** `real`: without symbolic links, to know a file that is reached twice. */
export interface FoundFile extends ListedFile {
  readonly real: string;
}

export interface FoundSkip extends Skipped {
  readonly absolute: string;
  /** True when files may be missing beneath it. */
  readonly isFolder: boolean;
}

export interface Found {
  readonly files: readonly FoundFile[];
  readonly skipped: readonly FoundSkip[];
}

/**
 * What one path, folder or glob means.
 *
 * A folder of a git work tree gives what git lists (tracked, or untracked and not ignored); any other folder, and one
 * that git ignores but the user named, is walked with nested .gitignore rules. Symbolic links are followed only when
 * named themselves. A text is a glob only when there is no such file.
 *
 * @param typed  relative to `cwd`, or absolute
 * @throws PATH_NOT_FOUND, GLOB_MATCHES_NOTHING, GIT_FAILED
 */
export const findTyped = async (typed: string, cwd: string): Promise<Found> =>
  findPath(typed, cwd) ?? (await findMatches(typed, cwd));

async function findMatches(typed: string, cwd: string): Promise<Found> {
  const found = await findGlob(typed, cwd);
  if (found === null) throw pathNotFound(typed);
  if (found.files.length + found.skipped.length === 0) throw globMatchesNothing(typed);
  return found;
}

/** What is at a path; `null`: nothing is there. */
export type Look = (typed: string, cwd: string) => Found | null;

/** Lists a folder: absolute, existing, without symbolic links. */
type ListFolder = (real: string) => FolderListing;

/** What is at a path, followed if it is a link; `null`: nothing is there. */
export function findPath(typed: string, cwd: string, list: ListFolder = listFolder): Found | null {
  if (typed === '') return null;
  const absolute = resolve(cwd, typed);
  const skip = (reason: string): Found => {
    return { files: [], skipped: [{ path: shownPath(absolute, cwd, typed), absolute, reason, isFolder: false }] };
  };
  let at: Stats;
  try {
    at = statSync(absolute);
  } catch (cause) {
    return meansAbsent(cause) ? null : skip(failureReason(cause));
  }
  if (at.isDirectory()) return findInFolder(absolute, cwd, typed, list);
  if (!at.isFile()) return skip('not a regular file');
  const path = shownPath(absolute, cwd, typed);
  return { files: [{ path, absolute, explicit: true, real: realpathSync(absolute) }], skipped: [] };
}

/** The files that a glob matches in the listing of its base folder; `null`: the text is no glob. */
export async function findGlob(typed: string, cwd: string, look: Look = findPath): Promise<Found | null> {
  const glob = await parseGlob(typed, cwd);
  if (glob === null) return null;
  const listed = look(glob.typedBase, cwd) ?? { files: [], skipped: [] };
  return narrow(listed, glob);
}

/** A skipped folder stays when the glob looks into folders: what lies beneath it might have matched. */
async function narrow(found: Found, glob: Glob): Promise<Found> {
  if (matchesAll(glob)) return { files: found.files.filter(({ explicit }) => !explicit), skipped: found.skipped };
  const matched = await matchGlob(
    glob,
    [...found.files, ...found.skipped].map(({ absolute }) => absolute),
  );
  const isDeep = glob.pattern.includes('/');
  return {
    files: found.files.filter(({ absolute, explicit }) => !explicit && matched.has(absolute)),
    skipped: found.skipped.filter(({ absolute, isFolder }) => matched.has(absolute) || (isFolder && isDeep)),
  };
}

function findInFolder(absolute: string, cwd: string, typed: string, list: ListFolder): Found {
  const real = realpathSync(absolute);
  const { files, skipped } = list(real);
  const place = placer(absolute, cwd, typed);
  const isReal = real === absolute;
  return {
    files: files.map((inside) => {
      const { path, absolute: at } = place(inside);
      return { path, absolute: at, explicit: false, real: isReal ? at : join(real, inside) };
    }),
    skipped: skipped.map(({ path, reason, isFolder }) => ({ ...place(path), reason, isFolder })),
  };
}

/** Where what is in a folder is, and how it is shown; beneath `cwd` that is the folder's own name and what is in it. */
function placer(absolute: string, cwd: string, typed: string): (inside: string) => { path: string; absolute: string } {
  const top = shownPath(absolute, cwd, '..');
  const prefix = top === '.' ? '' : `${top}/`;
  const folder = absolute.endsWith(sep) ? absolute : absolute + sep;
  return (inside) => {
    const path = folder + (sep === '/' ? inside : inside.replaceAll('/', sep));
    return {
      path: top === '..' ? shownPath(path, cwd, join(typed, inside)) : prefix + slashed(inside),
      absolute: path,
    };
  };
}

const listFolder: ListFolder = (real) => (isListedByGit(real) ? listGitFolder(real) : walkFolder(real));

export const isListedByGit = (real: string): boolean =>
  isInWorkTree(real) && (isTopFolder(real) || !isIgnored(real, '.'));

/** One sorted list without repetitions; of two names of a file the one that the user named stays, else the first. */
export function gather(found: readonly Found[]): Listing {
  const files = new Map<string, FoundFile>();
  for (const file of found.flatMap((part) => part.files)) {
    const before = files.get(file.real);
    if (before === undefined || (file.explicit && !before.explicit)) files.set(file.real, file);
  }
  const listed = new Set([...files.values()].map(({ path }) => path));
  const skipped = new Map(found.flatMap((part) => part.skipped).map((skip) => [skip.path, skip]));
  return {
    files: byBytes([...files.values()]).map(({ path, absolute, explicit }) => ({ path, absolute, explicit })),
    skipped: byBytes([...skipped.values()].filter(({ path }) => !listed.has(path))).map(({ path, reason }) => ({
      path,
      reason,
    })),
  };
}

/** By the bytes of the path. Their order is that of UTF-16 where no character lies beyond U+D7FF, which is quicker to compare. */
function byBytes<T extends { readonly path: string }>(items: readonly T[]): T[] {
  if (!items.some(({ path }) => /[\ud800-\uffff]/.test(path)))
    return items.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const keyed = items.map((item) => ({ item, key: Buffer.from(item.path) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item);
}
