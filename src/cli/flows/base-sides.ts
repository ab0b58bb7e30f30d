import { dirname, join, relative, resolve } from 'node:path';
import { globMatchesNothing, pathNotFound } from '../../errors/files.js';
import { outsideRepository } from '../../errors/git.js';
import { DELETED, LEFT_OUT } from '../../files/git-folder.js';
import { type Commit, listTree, type TreeEntry } from '../../files/git-tree.js';
import { type Glob, matchGlob, parseGlob } from '../../files/glob.js';
import { isWithin } from '../../files/is-within.js';
import { realLink, realOf } from '../../files/real-path.js';
import { shownPath, slashed } from '../../files/shown-path.js';
import { type Found, findGlob, findPath, gather, type ListedFile, type Skipped } from '../../files/walk.js';
import type { AskedPath } from './asked-paths.js';

/** A file of the work tree; `inRepository`: relative to its top. */
export interface PlacedFile extends ListedFile {
  readonly inRepository: string;
}

/** What stands on both sides of a comparison, for the paths asked for. */
export interface Sides {
  readonly base: readonly TreeEntry[];
  /** Folders of all submodules in the commit, asked for or not. */
  readonly modules: readonly string[];
  readonly files: readonly PlacedFile[];
  /** What is in the work tree and cannot be counted. */
  readonly skipped: readonly (Skipped & { readonly inRepository: string })[];
}

/**
 * Lists a commit and the work tree for the same paths: a path may be on one side alone.
 *
 * @throws PATH_NOT_FOUND, GLOB_MATCHES_NOTHING, OUTSIDE_REPOSITORY, GIT_FAILED
 */
export async function sidesOf(asked: readonly AskedPath[], commit: Commit, cwd: string): Promise<Sides> {
  const entries = listTree(commit).map((entry) => ({ entry, absolute: join(commit.root, entry.path) }));
  const absolutes = entries.map(({ absolute }) => absolute);
  const folders = foldersOf(absolutes, commit.root);
  const now: Found[] = [];
  const named = new Set<string>();
  for (const one of asked) {
    const found = findPath(one.path, cwd);
    const glob = found === null && one.place === null ? await parseGlob(one.path, cwd) : null;
    if (glob !== null) now.push(await globbed(one.path, glob, { cwd, absolutes, named }));
    else {
      const real = realOf(resolve(cwd, one.path));
      if (found === null && !folders.has(real)) throw notFound(one);
      named.add(real);
      now.push(found ?? { files: [], skipped: [] });
    }
  }
  const { files, skipped } = gather(now);
  return {
    modules: entries.flatMap(({ entry: { kind, path } }) => (kind === 'submodule' ? [path] : [])),
    base: entries.filter(({ absolute }) => isBeneath(absolute, named)).map(({ entry }) => entry),
    files: files.map((file) => ({ ...file, inRepository: placeOf(realOf(file.absolute), file.path, commit) })),
    skipped: skipped
      .filter(({ reason }) => reason !== DELETED && reason !== LEFT_OUT)
      .map((skip) => ({ ...skip, inRepository: placeOf(realLink(resolve(cwd, skip.path)), skip.path, commit) })),
  };
}

const notFound = ({ path, place }: AskedPath) => (place === null ? pathNotFound(path) : pathNotFound(path).at(place));

/** What a glob matches now; what it matches in the commit is added to `named`. */
async function globbed(
  typed: string,
  glob: Glob,
  { cwd, absolutes, named }: { cwd: string; absolutes: readonly string[]; named: Set<string> },
): Promise<Found> {
  const before = await matchGlob({ ...glob, base: realOf(glob.base) }, absolutes);
  const found = (await findGlob(typed, cwd)) ?? { files: [], skipped: [] };
  if (before.size + found.files.length + found.skipped.length === 0) throw globMatchesNothing(typed);
  for (const path of before) named.add(path);
  return found;
}

/** These paths and all folders above them, up to the top. */
function foldersOf(absolutes: readonly string[], root: string): Set<string> {
  const known = new Set([root]);
  for (const absolute of absolutes)
    for (let at = absolute; !known.has(at) && at !== dirname(at); at = dirname(at)) known.add(at);
  return known;
}

function isBeneath(absolute: string, named: ReadonlySet<string>): boolean {
  for (let at = absolute; ; at = dirname(at)) {
    if (named.has(at)) return true;
    if (at === dirname(at)) return false;
  }
}

function placeOf(real: string, shown: string, { root }: Commit): string {
  if (!isWithin(real, root)) throw outsideRepository(shown);
  return slashed(relative(root, real));
}

/** A path of the repository as it is shown: relative to the current folder, with `..` where it must be. */
export function shownInside(path: string, { root }: Commit, cwd: string): string {
  const absolute = join(root, path);
  const real = realOf(cwd);
  return shownPath(absolute, real, relative(real, absolute));
}
