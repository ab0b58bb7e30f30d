import { dirname, resolve } from 'node:path';
import { gitFailed } from '../errors/git.js';
import { firstLine, runGit } from './git.js';
import type { Commit, TreeEntry } from './git-tree.js';
import { isWithin } from './is-within.js';

/** Where an absolute path led in a commit. */
export type Led = (absolute: string) => string;

/**
 * Follows the symbolic links that a commit had, whatever stands in their place now: a change that makes a link of a folder must
 * not have its former files missed.
 *
 * @param entries  of the commit, by absolute path
 * @throws GIT_FAILED where a link is not in this clone
 */
export function linksIn({ root }: Commit, entries: ReadonlyMap<string, TreeEntry>): Led {
  const targets = new Map<string, string>();
  const targetOf = (id: string): string => {
    const target = targets.get(id) ?? readTarget(root, id);
    targets.set(id, target);
    return target;
  };
  if (![...entries.values()].some(({ kind }) => kind === 'symbolic link')) return (absolute) => absolute;
  return (absolute) => {
    let at = absolute;
    for (let followed = 0; followed < MOST_LINKS; followed++) {
      const link = partsDown(at, root).find((path) => entries.get(path)?.kind === 'symbolic link');
      if (link === undefined) return at;
      at = resolve(dirname(link), targetOf(entries.get(link)!.id)) + at.slice(link.length);
    }
    return absolute; // a circle leads nowhere
  };
}

/** As many as Linux follows. Source: path_resolution(7) */
const MOST_LINKS = 40;

function readTarget(root: string, id: string): string {
  const answer = runGit(root, ['cat-file', 'blob', id]);
  if (answer === null || answer.status !== 0) throw gitFailed(root, firstLine(answer?.stderr ?? 'git is gone'));
  return answer.stdout.toString();
}

/** The path and the folders above it, the highest first, as far as they are beneath the top. */
function partsDown(path: string, root: string): string[] {
  if (path === root || !isWithin(path, root)) return [];
  return [...partsDown(dirname(path), root), path];
}
