/** Paths of files as a check shows them: relative to the folder of its config, wherever the budget stands. */

import { relative, resolve } from 'node:path';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { slashed } from '../../files/shown-path.js';
import type { CountedBudget } from './counted-budget.js';

/** @param path  as shown */
export const absoluteOf = ({ shownFrom }: FileBudget, path: string): string => resolve(shownFrom, path);

export const shownOf = ({ shownFrom }: FileBudget, absolute: string): string => slashed(relative(shownFrom, absolute));

/** Counts whose paths are relative to the budget's root, with the paths that are shown. */
export function withShownPaths(counted: CountedBudget): CountedBudget {
  const { budget } = counted;
  if (budget.root === budget.shownFrom) return counted;
  const shown = <T extends { readonly path: string }>(item: T): T => ({
    ...item,
    path: shownOf(budget, resolve(budget.root, item.path)),
  });
  return { ...counted, files: counted.files.map(shown), skipped: counted.skipped.map(shown) };
}
