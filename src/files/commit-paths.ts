/** Where paths lead in a commit: through its own links, never through those of the work tree. */

import { basename, dirname, isAbsolute, join, parse, relative, sep } from 'node:path';
import { gitFailed } from '../errors/git.js';
import { readBlobs } from './git-blobs.js';
import { type Commit, listTree, type TreeEntry } from './git-tree.js';
import { realLink, realOf } from './real-path.js';

export interface CommitPaths {
  readonly root: string;
  /** By absolute path. */
  readonly entries: ReadonlyMap<string, TreeEntry>;
  /** An absolute path without the links that the commit has on its way. */
  readonly real: (path: string) => string;
  /** The same, but the last part may be a link itself. */
  readonly link: (path: string) => string;
}

export async function commitPaths(commit: Commit): Promise<CommitPaths> {
  const { root } = commit;
  const entries = new Map(listTree(commit).map((entry) => [join(root, entry.path), entry]));
  const targets = await targetsOf(commit, entries);
  const real = (path: string): string => walked(lexical(path, root), targets);
  const link = (path: string): string => join(real(dirname(path)), basename(path));
  return { root, entries, real, link };
}

/** Bytes; a longer target is no path. */
const LONGEST_TARGET = 4096;

/** What the commit's links lead to, as they say it. */
async function targetsOf(
  { root }: Commit,
  entries: ReadonlyMap<string, TreeEntry>,
): Promise<ReadonlyMap<string, string>> {
  const links = [...entries].filter(([, { kind }]) => kind === 'symbolic link');
  const texts = new Map<string, string>();
  const ids = [...new Set(links.map(([, { id }]) => id))];
  for await (const { id, bytes, size } of readBlobs(root, ids, LONGEST_TARGET)) {
    if (size === null) throw gitFailed(root, 'the target of a symbolic link is not in this clone');
    if (bytes !== null) texts.set(id, new TextDecoder().decode(bytes));
  }
  return new Map(links.flatMap(([path, { id }]) => (texts.has(id) ? [[path, texts.get(id)!]] : [])));
}

/** A path beneath the root as it is typed: only what is above the root is freed of links. */
function lexical(path: string, root: string): string {
  if (path === root || path.startsWith(root + sep)) return path;
  let top: string | null = null;
  for (let at = path; at !== dirname(at); at = dirname(at)) if (realOf(at) === root) top = at;
  return top === null ? realLink(path) : join(root, relative(top, path));
}

/** As many as Linux follows. Source: path_resolution(7) */
const MOST_LINKS = 40;

function walked(path: string, targets: ReadonlyMap<string, string>): string {
  if (targets.size === 0) return path;
  const { root: top } = parse(path);
  const left = path.slice(top.length).split(sep);
  let at = top;
  let followed = 0;
  for (let part = left.shift(); part !== undefined; part = left.shift()) {
    const next = join(at, part);
    const target = targets.get(next);
    if (target === undefined) at = next;
    else if (++followed > MOST_LINKS) return path;
    else {
      left.unshift(...target.split('/'));
      if (isAbsolute(target)) at = top;
    }
  }
  return at;
}
