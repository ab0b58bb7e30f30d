import type { Budget } from '../../budget/budget.js';
import { nothingChosen, unknownBudget } from '../../errors/budgets.js';
import { nearest } from '../../nearest.js';
import { compileWildcard } from '../../pricing/wildcard.js';
import type { CheckOptions } from './check-options.js';

/**
 * The budgets that `--kind` and `--only` leave, in their order.
 *
 * @throws UNKNOWN_BUDGET, NO_BUDGETS
 */
export function chooseBudgets(budgets: readonly Budget[], { kind, only }: CheckOptions): readonly Budget[] {
  for (const name of only ?? []) refuseUnknown(name, budgets);
  const chosen = budgets.filter((budget) => isChosen(budget, { kind, only }));
  if (chosen.length === 0) throw nothingChosen(kind);
  return chosen;
}

export const isChosen = (budget: Budget, { kind, only }: Pick<CheckOptions, 'kind' | 'only'>): boolean =>
  (kind === undefined || budget.kind === kind) &&
  (only === undefined || only.some((name) => compileWildcard(name)(budget.name)));

/** A name that is the name of none is a typo, which must not judge nothing. */
function refuseUnknown(text: string, budgets: readonly Budget[]): void {
  const names = budgets.map(({ name }) => name);
  if (!names.some(compileWildcard(text))) throw unknownBudget(text, nearest(text, names));
}
