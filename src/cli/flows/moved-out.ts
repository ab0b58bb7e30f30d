/** Files that left a budget: what they held is in a file that its globs do not match. */

import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { FileBudget } from '../../budget/files/file-budget.js';
import type { MovedFile } from '../../budget/files/judge-moved-out.js';
import { listTracked } from '../../files/git.js';
import type { Commit } from '../../files/git-tree.js';
import { areTooMany, keptIn, type SketchedFile } from '../../files/renames.js';
import type { PlacedBudget, PlacedBudgets } from './base-files.js';
import { sketchedAt } from './base-renames.js';
import type { OldFile } from './base-tokens.js';
import type { Version } from './base-versions.js';
import { shownOf } from './budget-paths.js';

const TOO_MANY = 'too many files were added and deleted to tell which of them left their budgets';

/**
 * Files that are new since the commit and of no budget, relative to the top of the repository; none where nothing is gone.
 *
 * @param onTooMany  called with a note when there are too many to compare each with each; then none are given
 */
export function filesOutside(
  { root }: Commit,
  { sides, entries }: PlacedBudgets,
  versions: readonly Version[],
  onTooMany: (note: string) => void,
): readonly string[] {
  const gone = versions.filter(({ status }) => status === 'deleted').length;
  if (gone === 0) return [];
  const known = new Set([...sides.files, ...sides.skipped].map(({ inRepository }) => inRepository));
  const added = listTracked(root, []).filter((path) => !entries.has(join(root, path)) && !known.has(path));
  const files = added.filter((path) => lstatSync(join(root, path), { throwIfNoEntry: false })?.isFile());
  if (!areTooMany(gone, files.length)) return files;
  onTooMany(TOO_MANY);
  return [];
}

export interface Outside {
  readonly commit: Commit;
  readonly outside: readonly string[];
  readonly old: ReadonlyMap<string, Pick<OldFile, 'sketch'>>;
}

/** For each budget its files of the commit that are elsewhere now: renamed out of it, or kept in a file of no budget. */
export function movedOut(
  budgets: readonly PlacedBudget[],
  versions: readonly Version[],
  { commit: { root }, outside, old }: Outside,
): ReadonlyMap<FileBudget, readonly MovedFile[]> {
  const gone = versions.flatMap(({ status, path, baseId }): SketchedFile[] => {
    const sketch = status === 'deleted' ? (old.get(baseId!)?.sketch ?? null) : null;
    return sketch === null ? [] : [{ path, sketch }];
  });
  const renamed = versions.flatMap(({ from, path }) => (from === null ? [] : [[from, path] as const]));
  const kept = keptIn(gone, gone.length === 0 ? [] : outside.flatMap((path) => sketchedAt(path, join(root, path))));
  const moves = [...renamed, ...kept];
  const shown = (budget: FileBudget, path: string): string => shownOf(budget, join(root, path));
  return new Map(
    budgets.map(({ counted: { budget }, base, now, skipped }) => [
      budget,
      moves
        .filter(([from, to]) => base.has(from) && !now.has(to) && !skipped.has(to))
        .map(([from, to]) => ({ was: shown(budget, from), now: shown(budget, to) })),
    ]),
  );
}
