import type { WarnLimit } from '../budget/budget.js';
import type { Limit } from '../budget/limit.js';
import { pluralOf } from '../budget/quantity.js';
import { pointsOf } from '../budget/verdict.js';
import type { BudgetMaking } from './build-budget.js';

/** A warning is measured in what the limit is and not above it. */
export function checkWarn(max: Limit, warn: WarnLimit | null, wrong: BudgetMaking['wrong']): void {
  if (warn === null || 'percent' in warn) return;
  if (measuredIn(max) !== measuredIn(warn))
    throw wrong('warn', `is in ${measuredIn(warn)}, but max in ${measuredIn(max)}`, 'use a share such as 80%');
  if (pointsOf(warn) > pointsOf(max)) throw wrong('warn', 'is above max', 'use a share such as 80%');
}

/** What a limit is in, as messages call it: `USD`, `tokens`, `images`. */
export function measuredIn(limit: Limit): string {
  if ('cost' in limit) return limit.cost.currency;
  return 'quantity' in limit ? pluralOf(limit.quantity) : 'tokens';
}
