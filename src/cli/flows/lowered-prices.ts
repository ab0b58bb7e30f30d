/** What a change to price files, contracts or the region does to limits in money and of context windows. */

import type { FileBudget } from '../../budget/files/file-budget.js';
import type { FieldChange } from '../../budget/limit-changes.js';
import { loweredRate } from '../../pricing/lowered-rate.js';
import { type ModelFacts, modelFacts } from './model-facts.js';
import type { PriceLists } from './price-lists.js';

/** Of two configs, at one instant (ms). */
interface PricesAsked {
  readonly before: PriceLists;
  readonly now: PriceLists;
  readonly at: number;
}

/**
 * By name of the budget, what lets it pass more than before.
 *
 * @throws BAD_PRICE of the price files on either side
 */
export async function loweredPrices(
  budgets: readonly FileBudget[],
  { before, now, at }: PricesAsked,
): Promise<ReadonlyMap<string, readonly FieldChange[]>> {
  const old = await modelFacts(budgets, { at, listsOf: () => before });
  const other = await modelFacts(budgets, { at, listsOf: () => now });
  return new Map(budgets.map((budget) => [budget.name, changesOf(budget, old.get(budget)!, other.get(budget)!)]));
}

function changesOf({ model, max }: FileBudget, before: ModelFacts, now: ModelFacts): FieldChange[] {
  if ('contextPercent' in max!) return windowChange(model!, before, now);
  if (!before.answer?.known || !now.answer?.known) return [];
  const lowered = loweredRate(before.answer.price, now.answer.price);
  if (lowered === null) return [];
  const { currency } = before.answer.price;
  const text = (rate: string): string => `${rate} ${currency} per million ${lowered.of} tokens`;
  return [{ field: `price of ${model}`, from: text(lowered.before), to: text(lowered.now), isLooser: true }];
}

function windowChange(model: string, { window: before }: ModelFacts, { window: now }: ModelFacts): FieldChange[] {
  if (before === null || now === null || now.tokens <= before.tokens) return [];
  const text = (tokens: number): string => `${tokens.toLocaleString('en-US')} tokens`;
  return [{ field: `context window of ${model}`, from: text(before.tokens), to: text(now.tokens), isLooser: true }];
}
