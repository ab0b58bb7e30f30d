/** What a pattern would match behind the links and submodules that its listing does not look into. */

import { existsSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { boundsOf, isInside } from './budget-links.js';
import { type Glob, matchGlob, mayLeadTo, namesOnTheWay } from './glob.js';
import { isWithin } from './is-within.js';
import { realOf } from './real-path.js';
import type { Found, FoundFile, FoundSkip, Look } from './walk.js';
import { SYMBOLIC_LINK } from './walk-folder.js';

/** A pattern and what was listed for it. */
export interface Listed {
  readonly glob: Glob;
  /** Absolute folder the pattern is relative to. */
  readonly root: string;
  readonly look: Look;
  readonly found: Found;
}

/** Something that is not looked into. */
export type Hiding =
  /** `real`: what it leads to, within the repository. */
  | { readonly kind: 'file'; readonly skip: FoundSkip; readonly real: string }
  | { readonly kind: 'folder'; readonly skip: FoundSkip; readonly real: string }
  /** Out of the repository, or not checked out. */
  | { readonly kind: 'unknown'; readonly skip: FoundSkip };

/** What a listing skipped; `null`: it is no link to a file or folder, nor another repository. */
export function hidingOf(skip: FoundSkip, { glob, root }: Pick<Listed, 'glob' | 'root'>): Hiding | null {
  if (skip.reason !== SYMBOLIC_LINK && !OTHER_REPOSITORIES.has(skip.reason)) return null;
  const at = statsAt(skip.absolute);
  if (at === null) return null;
  const real = realOf(skip.absolute);
  const isIn = isInside(real, boundsOf(glob.base, root));
  if (at.isFile()) return isIn ? { kind: 'file', skip, real } : null;
  if (!at.isDirectory()) return null;
  const isThere = skip.reason === SYMBOLIC_LINK || existsSync(join(real, '.git'));
  return isIn && isThere ? { kind: 'folder', skip, real } : { kind: 'unknown', skip };
}

const OTHER_REPOSITORIES: ReadonlySet<string> = new Set(['submodule', 'another git repository']);

/** `null`: it leads nowhere, or cannot be followed. */
function statsAt(absolute: string): Stats | null {
  try {
    return statSync(absolute);
  } catch {
    return null;
  }
}

/** A file by the name it has through a link. */
export interface Named {
  readonly name: string;
  readonly real: string;
}

/** More links in each other's folders than this are a tangle, of which the rest is taken for unknown. */
const MOST_LINKS = 200;

/** What a pattern matches beneath a folder, by the names that begin with the link's own. */
export async function matchedBeneath(top: Named, listed: Listed): Promise<Named[]> {
  const { glob } = listed;
  if (!(await mayLeadTo(glob, top.name))) return [];
  const { named, unknown } = namesBeneath(top, listed);
  const matched = await matchGlob(
    glob,
    named.map(({ name }) => name),
  );
  const led: Named[] = [];
  for (const each of unknown) if (await mightMatch(each.name, glob)) led.push(each);
  return [...named.filter(({ name }) => matched.has(name)), ...led];
}

/** Whether something might match beneath what cannot be looked into: not for a mere `**` in front, which reaches everything. */
export const mightMatch = (absolute: string, glob: Glob): Promise<boolean> =>
  glob.isAnywhere ? namesOnTheWay(glob, absolute) : mayLeadTo(glob, absolute);

function namesBeneath(top: Named, listed: Listed): { readonly named: Named[]; readonly unknown: Named[] } {
  const named: Named[] = [];
  const unknown: Named[] = [];
  const open = [{ ...top, above: [top.real] }];
  let followed = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name: folder, real, above } = next;
    const called = (absolute: string): string => folder + absolute.slice(real.length);
    const { files, skipped } = listingOf(real, listed);
    named.push(...files.map((file) => ({ name: called(file.absolute), real: file.real })));
    for (const skip of skipped) {
      const hiding = hidingOf(skip, listed);
      const name = called(skip.absolute);
      if (hiding?.kind === 'unknown') unknown.push({ name, real: skip.absolute });
      else if (hiding?.kind !== 'folder') named.push({ name, real: hiding?.real ?? skip.absolute });
      else if (!above.includes(hiding.real)) {
        if (++followed > MOST_LINKS) unknown.push({ name, real: hiding.real });
        else open.push({ name, real: hiding.real, above: [...above, hiding.real] });
      }
    }
  }
  return { named, unknown };
}

/** From the pattern's own listing where that has it, else looked up: git may ignore the folder, or not know it. */
function listingOf(folder: string, { found, look, root }: Listed): Found {
  const files = found.files.filter(({ absolute }) => isWithin(absolute, folder));
  if (files.length === 0) return look(folder, root) ?? { files: [], skipped: [] };
  return { files, skipped: found.skipped.filter(({ absolute }) => isWithin(absolute, folder) && absolute !== folder) };
}

/** A link as the file that it leads to. */
export const fileOfLink = ({ path, absolute }: FoundSkip, real: string): FoundFile => ({
  path,
  absolute,
  explicit: false,
  real,
});
