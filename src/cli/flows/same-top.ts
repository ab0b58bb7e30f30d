import { posix, relative } from 'node:path';
import type { Budget } from '../../budget/budget.js';
import { isNegated } from '../../files/glob.js';
import { realOf } from '../../files/real-path.js';
import { slashed } from '../../files/shown-path.js';

/**
 * Budgets whose `paths` can be compared with those of budgets of the same names: where a config has moved, the same
 * pattern means other files, so they are written from the top of the repository.
 */
export function fromSameTop(budgets: readonly Budget[], others: readonly Budget[], top: string): Budget[] {
  const roots = new Map(others.map((budget) => [budget.name, rootOf(budget)]));
  return budgets.map((budget) => {
    const other = roots.get(budget.name) ?? null;
    const root = rootOf(budget);
    if (budget.kind !== 'files' || root === null || other === null || other === root) return budget;
    const folder = slashed(relative(top, root));
    return { ...budget, paths: budget.paths.map((path) => inFolder(path, folder)) };
  });
}

/** Absolute; `null`: it is on no files. */
const rootOf = (budget: Budget): string | null => (budget.kind === 'files' ? realOf(budget.root) : null);

const inFolder = (path: string, folder: string): string =>
  isNegated(path) ? `!${posix.join(folder, path.slice(1))}` : posix.join(folder, path);
