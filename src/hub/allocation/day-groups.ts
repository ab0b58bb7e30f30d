/** The cost of a window by the days on which the same allocations are in force. */

import type { UnitDefinition } from '../units.js';
import { type Allocation, type Costs, type InvoiceAllocation, isInForce } from './allocation.js';
import { addCosts, type CostSums, sumsAt } from './costs.js';
import type { UnitUsage } from './targets.js';

interface DayCost {
  /** `YYYY-MM-DD`, of a bucket of several days its first one; `''` where no allocation has dates or a month. */
  readonly day: string;
  readonly cost: Costs;
}

/** What a unit used on a day and what it cost. */
export type DayUsage = UnitUsage & DayCost;

/** A month of an invoice line, its days included. */
export interface InvoiceMonth {
  readonly month: string;
  readonly first: string;
  readonly last: string;
}

/** What there is to split in a window. */
export interface AllocationFacts {
  /** Of the config. */
  readonly units: readonly UnitDefinition[];
  readonly usage: readonly DayUsage[];
  /** Of allocations with conditions, by place: the cost that meets them. */
  readonly parts: ReadonlyMap<number, readonly DayCost[]>;
  /** Of invoice lines, by place: their months in the window. */
  readonly invoices: ReadonlyMap<number, readonly InvoiceMonth[]>;
}

/** An invoice line of one month, which counts on the first day of it. */
interface Invoice {
  readonly allocation: InvoiceAllocation;
  readonly month: InvoiceMonth;
}

/** All days on which the same allocations are in force. */
export interface DayGroup {
  readonly active: readonly Allocation[];
  readonly own: Map<string | null, CostSums>;
  /** By place. */
  readonly parts: Map<number, CostSums>;
  readonly invoices: Invoice[];
}

export function dayGroups(
  { usage, parts, invoices }: AllocationFacts,
  allocations: readonly Allocation[],
): readonly DayGroup[] {
  const groups = new Map<string, DayGroup>();
  const groupAt = remembered((day: string): DayGroup => {
    const active = allocations.filter((allocation) => isInForce(allocation, day));
    const key = active.map(({ place }) => place).join();
    const group = groups.get(key) ?? { active, own: new Map(), parts: new Map(), invoices: [] };
    groups.set(key, group);
    return group;
  });
  for (const { unit, day, cost } of usage) addCosts(sumsAt(groupAt(day).own, unit), cost);
  for (const [place, days] of parts)
    for (const { day, cost } of days) addCosts(sumsAt(groupAt(day).parts, place), cost);
  for (const allocation of allocations)
    if (allocation.kind === 'invoice')
      for (const month of invoices.get(allocation.place) ?? [])
        if (isInForce(allocation, month.first)) groupAt(month.first).invoices.push({ allocation, month });
  return [...groups.values()];
}

function remembered<T>(compute: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
