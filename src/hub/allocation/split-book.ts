/** What one split divided, while it is added up day group by day group. */

import { allocate } from './allocate.js';
import type { Allocation, Costs } from './allocation.js';
import { addCosts, type CostSums, costsOf, sumsAt } from './costs.js';
import type { InvoiceMonth } from './day-groups.js';
import type { Targets } from './targets.js';

/** What a unit was given by one split. */
export interface SplitPart {
  readonly unit: string;
  /** As the config writes it, `60%`; `null`: it is split by something else. */
  readonly share: string | null;
  /** Tokens or requests it was given this for, 1 of an even split, 10^-12 percent of a share. */
  readonly weight: bigint;
  readonly cost: Costs;
}

/** One allocation, and of an invoice line one month, with all it divided in a window. */
export interface DividedCost {
  readonly allocation: Allocation;
  /** Of an invoice line; `null`: it splits the cost of a unit. */
  readonly month: string | null;
  readonly cost: Costs;
  /** Of it what no other split had given the unit. */
  readonly own: Costs;
  /** All weights, that of what stays unallocated included; 0 where they are not known. */
  readonly of: bigint;
  readonly parts: readonly SplitPart[];
  /** Units that used something and of which it is not told how much: then all stays unallocated. */
  readonly unknown: readonly string[];
  readonly unallocated: Costs;
}

export interface SplitBook {
  /** Divides a cost, of which `own` is no other split's, and tells every part. */
  readonly divide: (cost: Costs, own: Costs, give: (unit: string, cost: Costs) => void) => void;
  readonly told: () => DividedCost;
}

export function splitBook(
  allocation: Allocation,
  month: InvoiceMonth | null,
  { targets, rest, unknown }: Targets,
): SplitBook {
  const cost: CostSums = new Map();
  const ofIt: CostSums = new Map();
  const unallocated: CostSums = new Map();
  const given = new Map<string, CostSums>();
  const weights = [...targets.map(({ weight }) => weight), rest];
  function divideOne(currency: string, pico: bigint, give: (unit: string, cost: Costs) => void): void {
    const parts = allocate(pico, weights);
    for (const [i, { unit }] of targets.entries()) {
      const part = { [currency]: parts?.[i] ?? 0n };
      addCosts(sumsAt(given, unit), part);
      give(unit, part);
    }
    addCosts(unallocated, { [currency]: parts === null ? pico : parts.at(-1)! });
  }
  return {
    divide: (costs, own, give) => {
      addCosts(cost, costs);
      addCosts(ofIt, own);
      for (const [currency, pico] of Object.entries(costs)) divideOne(currency, pico, give);
    },
    told: () => ({
      allocation,
      month: month?.month ?? null,
      cost: costsOf(cost),
      own: costsOf(ofIt),
      of: unknown.length > 0 ? 0n : weights.reduce((sum, weight) => sum + weight, 0n),
      parts: targets.map((target) => ({ ...target, cost: costsOf(given.get(target.unit) ?? new Map()) })),
      unknown,
      unallocated: costsOf(unallocated),
    }),
  };
}
