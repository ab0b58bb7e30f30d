/** What pricing events again changes, by provider and model. */

import type { ComputedCost, PriceRef } from '../pricing/cost.js';
import { formatPico } from '../pricing/money.js';
import { usesQuantity } from '../pricing/priceable.js';
import { isSameAmount, isSameCost } from '../pricing/same-cost.js';
import { totalTokens } from '../pricing/token-classes.js';
import { byName } from './costs.js';
import type { StoredCost } from './stored-cost.js';
import type { View } from './view.js';

/** Decimal text of the amounts in one currency; `null`: no event has one, which is not 0. */
export interface RepricedAmount {
  readonly before: string | null;
  readonly after: string | null;
  /** What is more known cost than before. */
  readonly difference: string;
}

export interface RepriceFigures {
  /** Priced again, of all recordings; so are all counts of events here. */
  readonly events: number;
  /** Of them: those whose amount is another one, or that got a price, lost it, or are now covered by a plan. */
  readonly changed: number;
  /** Those that cost the same by another price list, tier, plan, or reason. */
  readonly restated: number;
  readonly newlyPriced: number;
  readonly newlyUnpriced: number;
  readonly newlyCovered: number;
  /** Those that used something and have neither a price nor a plan nor a bill now. */
  readonly unpriced: number;
  /** Those that reports do not read, being another view of the same tokens: their cost is not in `cost`. */
  readonly leftOut: number;
  /** By currency: what a report reads of the computed costs. */
  readonly cost: Readonly<Record<string, RepricedAmount>>;
}

export interface RepriceRow extends RepriceFigures {
  readonly provider: string;
  readonly model: string;
  /** Why its unpriced usage has no price; the first reason met. */
  readonly reason: string | null;
}

export interface RepriceOutcome {
  readonly totals: RepriceFigures;
  /** What changed most first. */
  readonly rows: readonly RepriceRow[];
  /** Price lists the events are priced by now. */
  readonly prices: readonly { readonly name: string; readonly asOf: string; readonly events: number }[];
}

/** @param isRead  whether a report reads the computed costs of a view */
export function repriceTally(isRead: (view: View) => boolean) {
  const totals = noChanges();
  const rows = new Map<string, Map<string, Changes>>();
  const prices = new Map<PriceRef, number>();
  const reads = new Map<View, boolean>();

  function readsView(view: View): boolean {
    const known = reads.get(view) ?? isRead(view);
    reads.set(view, known);
    return known;
  }

  function rowOf(provider: string, model: string): Changes {
    const models = rows.get(provider) ?? new Map<string, Changes>();
    rows.set(provider, models);
    const changes = models.get(model) ?? noChanges();
    models.set(model, changes);
    return changes;
  }

  return {
    add: (stored: StoredCost, after: ComputedCost): void => {
      const counts = stored.isCounted && readsView(stored.view);
      addChange(totals, stored, after, counts);
      addChange(rowOf(stored.event.provider, stored.event.model), stored, after, counts);
      if (after.known) prices.set(after.price, (prices.get(after.price) ?? 0) + 1);
    },
    outcome: (): RepriceOutcome => ({
      totals: figuresOf(totals),
      rows: [...rows]
        .flatMap(([provider, models]) =>
          [...models].map(([model, changes]) => ({
            ...{ provider, model, ...figuresOf(changes), reason: changes.reason },
          })),
        )
        .sort(byChange),
      prices: listsOf(prices),
    }),
  };
}

// --- adding -----------------------------------------------------------------------------------------------------

interface Changes {
  events: number;
  changed: number;
  restated: number;
  newlyPriced: number;
  newlyUnpriced: number;
  newlyCovered: number;
  unpriced: number;
  leftOut: number;
  reason: string | null;
  /** Pico-units by currency. */
  readonly before: Map<string, bigint>;
  readonly after: Map<string, bigint>;
}

const noChanges = (): Changes => ({
  ...{ events: 0, changed: 0, restated: 0, newlyPriced: 0, newlyUnpriced: 0, newlyCovered: 0 },
  ...{ unpriced: 0, leftOut: 0, reason: null, before: new Map(), after: new Map() },
});

function addChange(changes: Changes, stored: StoredCost, after: ComputedCost, counts: boolean): void {
  const before = stored.computed;
  changes.events += 1;
  if (!isSameAmount(before, after)) addStates(changes, before, after);
  else if (!isSameCost(before, after)) changes.restated += 1;
  if (!after.known && after.plan === undefined && isOwed(stored)) {
    changes.unpriced += 1;
    changes.reason ??= after.reason;
  }
  if (!counts) {
    changes.leftOut += 1;
    return;
  }
  addAmount(changes.before, before);
  addAmount(changes.after, after);
}

function addStates(changes: Changes, before: ComputedCost, after: ComputedCost): void {
  changes.changed += 1;
  if (after.known) changes.newlyPriced += before.known ? 0 : 1;
  else if (after.plan !== undefined) changes.newlyCovered += 1;
  else changes.newlyUnpriced += 1;
}

function addAmount(sums: Map<string, bigint>, cost: ComputedCost): void {
  if (cost.known) sums.set(cost.currency, (sums.get(cost.currency) ?? 0n) + cost.pico);
}

/** What used nothing costs nothing, and what is on a bill has its amount from there. */
const isOwed = ({ event: { tokens, quantities, statedCost }, view }: StoredCost): boolean =>
  (totalTokens(tokens) > 0 || usesQuantity(quantities)) && !(view.recording.role === 'bill' && statedCost !== null);

// --- telling ----------------------------------------------------------------------------------------------------

function figuresOf({ before, after, reason: _, ...counts }: Changes): RepriceFigures {
  const currencies = new Set([...before.keys(), ...after.keys()]);
  const amounts = new Map(
    [...currencies].map((currency) => [currency, amountsOf(before.get(currency), after.get(currency))]),
  );
  return { ...counts, cost: byName(amounts) };
}

const amountsOf = (before: bigint | undefined, after: bigint | undefined): RepricedAmount => ({
  before: before === undefined ? null : formatPico(before),
  after: after === undefined ? null : formatPico(after),
  difference: formatPico((after ?? 0n) - (before ?? 0n)),
});

const byChange = (a: RepriceRow, b: RepriceRow): number =>
  b.changed - a.changed ||
  b.restated - a.restated ||
  (a.provider === b.provider ? (a.model < b.model ? -1 : 1) : a.provider < b.provider ? -1 : 1);

function listsOf(prices: ReadonlyMap<PriceRef, number>): RepriceOutcome['prices'] {
  const lists = new Map<string, { name: string; asOf: string; events: number }>();
  for (const [{ source, asOf }, events] of prices) {
    const list = lists.get(`${source}\n${asOf}`) ?? { name: source, asOf, events: 0 };
    list.events += events;
    lists.set(`${source}\n${asOf}`, list);
  }
  return [...lists.values()].sort((a, b) => (`${a.name}\n${a.asOf}` < `${b.name}\n${b.asOf}` ? -1 : 1));
}
