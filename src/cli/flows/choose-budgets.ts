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
  const tests = (only ?? []).map((name) => testOf(name, budgets));
  const chosen = budgets
    .filter((budget) => kind === undefined || budget.kind === kind)
    .filter(({ name }) => only === undefined || tests.some((test) => test(name)));
  if (chosen.length === 0) throw nothingChosen(kind);
  return chosen;
}

/** A name that is the name of none is a typo, which must not judge nothing. */
function testOf(text: string, budgets: readonly Budget[]): (name: string) => boolean {
  const names = budgets.map(({ name }) => name);
  const test = compileWildcard(text);
  if (!names.some(test)) throw unknownBudget(text, nearest(text, names));
  return test;
}
