/** What the limits of budgets depend on beside the files: context windows and prices. */

import type { FileBudget } from '../../budget/files/file-budget.js';
import type { PriceAnswer } from '../../pricing/price.js';
import type { ContextWindow } from '../../tokenizer/context-windows.js';
import { providerOf } from '../../usage/providers.js';
import { openPriceBook } from './open-price-book.js';
import type { PriceLists } from './price-lists.js';
import { windowsOf } from './windows-of.js';

/** Where they are looked up: the price lists and the region of a config, which budgets may have of their own, at an instant (ms). */
export interface LimitsAsked {
  readonly listsOf: (budget: FileBudget) => PriceLists;
  readonly at: number;
}

export interface ModelFacts {
  readonly window: ContextWindow | null;
  /** `null`: it was not asked for. */
  readonly answer: PriceAnswer | null;
}

/** @param budgets  with a model, and a limit in money or of a context window */
export async function modelFacts(
  budgets: readonly FileBudget[],
  { listsOf, at }: LimitsAsked,
): Promise<ReadonlyMap<FileBudget, ModelFacts>> {
  const facts = new Map<FileBudget, ModelFacts>();
  for (const lists of new Set(budgets.map(listsOf)))
    for (const [budget, found] of await factsIn(
      lists,
      budgets.filter((budget) => listsOf(budget) === lists),
      at,
    ))
      facts.set(budget, found);
  return facts;
}

async function factsIn(
  lists: PriceLists,
  budgets: readonly FileBudget[],
  at: number,
): Promise<ReadonlyMap<FileBudget, ModelFacts>> {
  const models = budgets.map(({ model }) => model!);
  const windows = await windowsOf(models, lists.config.alibaba.region);
  const inMoney = budgets.filter(({ max }) => 'cost' in max!);
  const answers = await pricesOf(inMoney, lists, at);
  return new Map(budgets.map((budget, i) => [budget, { window: windows[i]!, answer: answers.get(budget) ?? null }]));
}

/** The price of each budget's model, as `estimate` finds it. */
async function pricesOf(
  budgets: readonly FileBudget[],
  { config, read }: PriceLists,
  at: number,
): Promise<ReadonlyMap<FileBudget, PriceAnswer>> {
  if (budgets.length === 0) return new Map();
  const book = await openPriceBook(config, read);
  const providers = budgets.map(({ model }) => providerOf(model!, null));
  await book.prepare(providers);
  return new Map(
    budgets.map((budget, i) => [
      budget,
      book.find({ model: budget.model!, provider: providers[i]!, at, mode: 'standard' }),
    ]),
  );
}
