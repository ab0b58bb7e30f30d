/** Symbolic links where a budget looks for files: what lies behind one is not judged, and must not go unnoticed. */

import { statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { repositoryRoot } from './git.js';
import { parseGlob, reachesInto } from './glob.js';
import { realOf } from './real-path.js';
import { shownPath } from './shown-path.js';
import type { Found, FoundSkip } from './walk.js';
import { SYMBOLIC_LINK } from './walk-folder.js';

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

/** What git keeps for itself in a repository is none of its files. */
function leadsOut(path: string, bounds: string): boolean {
  const isInside = (each: string) => isWithin(each, bounds) && !isWithin(each, join(bounds, '.git'));
  return isInside(path) && !isInside(realOf(path));
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(join(folder, sep));

/** Those of the skipped that are links to folders in which a glob might match. */
export async function reachedLinks(text: string, root: string, skipped: readonly FoundSkip[]): Promise<FoundSkip[]> {
  const links = skipped.filter(({ reason }) => reason === SYMBOLIC_LINK);
  const glob = links.length === 0 ? null : await parseGlob(text, root);
  if (glob === null) return [];
  const reached = await reachesInto(
    glob,
    links.map(({ absolute }) => absolute),
  );
  return links.filter(({ absolute }) => reached.has(absolute) && isFolder(absolute));
}

/** A link to nowhere, or that cannot be followed, hides no file. */
function isFolder(absolute: string): boolean {
  try {
    return statSync(absolute).isDirectory();
  } catch {
    return false;
  }
}
