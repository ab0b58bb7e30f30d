/** Symbolic links where a budget looks for files: what lies behind one is not judged, and must not go unnoticed. */

import { join, relative, resolve } from 'node:path';
import { repositoryRoot } from './git.js';
import { parseGlob } from './glob.js';
import { isWithin } from './is-within.js';
import { realOf } from './real-path.js';
import { shownPath } from './shown-path.js';
import type { Found } from './walk.js';

/**
 * A pattern that a link leads out of the repository, or where there is none, out of the root: whoever can change files
 * could have it read any of the machine. Only what the pattern itself names outside is followed. `null`: it stays inside.
 */
export async function ledOut(text: string, root: string): Promise<Found | null> {
  const real = realOf(root);
  const repository = repositoryRoot(real);
  const typed = [text, (await parseGlob(text, root))?.typedBase ?? text];
  const out = typed.find((path) => leadsOut(resolve(real, relative(root, resolve(root, path))), repository ?? real));
  if (out === undefined) return null;
  const absolute = resolve(root, typed[1]!);
  const reason = `a symbolic link leads out of ${repository === null ? 'the folder' : 'the repository'}`;
  return { files: [], skipped: [{ path: shownPath(absolute, root, typed[1]), absolute, reason, isFolder: true }] };
}

const leadsOut = (path: string, bounds: string): boolean => isInside(path, bounds) && !isInside(realOf(path), bounds);

/** What git keeps for itself in a repository is none of its files. */
export const isInside = (path: string, bounds: string): boolean =>
  isWithin(path, bounds) && !isWithin(path, join(bounds, '.git'));

/** The folder that no link of a budget may lead out of: its repository, else its root, else what it names outside of both. */
export function boundsOf(base: string, root: string): string {
  const real = realOf(root);
  const bounds = repositoryRoot(real) ?? real;
  const named = realOf(base);
  return isWithin(named, bounds) ? bounds : (repositoryRoot(named) ?? named);
}
