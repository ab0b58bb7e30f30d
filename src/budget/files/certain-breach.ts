/** How many tokens of a file are over a limit for certain, so that no more of it need be counted. */

import { contextWindowOf } from '../../tokenizer/context-windows.js';
import type { FileBudget } from './file-budget.js';

/**
 * Above so many tokens, tolerance and band considered, a file breaches the budget whatever follows. It may be a few more than
 * the fewest that do. `null`: its size alone does not tell (money, growth, sections), or the limit is not known.
 *
 * @param band  of the count; `null`: it is exact
 */
export function breachAbove(budget: FileBudget, band: readonly [low: number, high: number] | null): number | null {
  const limit = budget.maxIncrease === null && budget.scope !== 'section' ? tokensAllowed(budget) : null;
  if (limit === null) return null;
  const most = limit + toleranceOf(budget, limit);
  return band === null ? most : Math.ceil((most + 1) / band[0]);
}

function tokensAllowed({ max, model }: FileBudget): number | null {
  if (max === null || 'cost' in max) return null;
  if ('tokens' in max) return max.tokens;
  const windows = (['cn', 'intl'] as const).map((region) => contextWindowOf(model ?? '', region)?.tokens ?? 0);
  const largest = Math.max(...windows);
  return largest === 0 ? null : Math.ceil((largest * max.contextPercent) / 100);
}

function toleranceOf({ tolerance }: FileBudget, limit: number): number {
  if (tolerance === null) return 0;
  return 'tokens' in tolerance ? tolerance.tokens : Math.ceil((limit * tolerance.percent) / 100);
}
