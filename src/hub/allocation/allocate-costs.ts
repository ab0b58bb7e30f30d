/**
 * Shared cost split over units: what each had, what came to it, what it gave away, and what stays unallocated.
 *
 * The days on which the same allocations are in force are added up and split at once, a unit before those it feeds, so that
 * what comes to it goes on. Weights are those of all days of the window on which an allocation is in force (of an invoice
 * line: of its month), so that the dates of one allocation change nothing of another.
 */

import { type Allocation, type Costs, isInForce } from './allocation.js';
import { addCosts, type CostSums, costsOf, negative, sumOfCosts, sumsAt } from './costs.js';
import { type AllocationFacts, type DayGroup, type DayUsage, dayGroups, type InvoiceMonth } from './day-groups.js';
import { type DividedCost, type SplitBook, splitBook } from './split-book.js';
import { splitOrder } from './split-order.js';
import { type Organisation, type Targets, targetsOf, type UnitUsage } from './targets.js';

/** A unit's cost before and after. */
interface AllocatedUnit {
  /** `null`: what is of no unit. */
  readonly unit: string | null;
  readonly own: Costs;
  readonly in: Costs;
  readonly out: Costs;
  /** own + in - out, in every currency of the three. */
  readonly net: Costs;
}

export interface AllocationResult {
  /** Every unit that has usage, a part, or cost that is split; by name, what is of no unit last. */
  readonly units: readonly AllocatedUnit[];
  /** In the order of the config, months of an invoice line ascending. */
  readonly splits: readonly DividedCost[];
  /** What was to be split, counted once however many splits it went through. */
  readonly shared: Costs;
  /** Of it what no unit was given. */
  readonly unallocated: Costs;
  /** Of the shared cost the invoice lines, which the ledger does not hold. */
  readonly invoiced: Costs;
}

/**
 * Splits the cost of a window. For every currency the sum of `net` and `unallocated` is the sum of `own` and `invoiced`, to
 * the last pico-unit.
 *
 * @param allocations  without circles (`splitCircle`), and no two in force at once that split the same cost
 */
export function allocateCosts(facts: AllocationFacts, allocations: readonly Allocation[]): AllocationResult {
  const books = new Map<string, SplitBook>();
  const splitters = new Set(allocations.flatMap((each) => (each.kind === 'unit' ? [each.from] : [])));
  const organisation = { units: facts.units, splitters };
  const bookOf: BookOf = (allocation, month) => {
    const key = `${allocation.place} ${month?.month ?? ''}`;
    const book = books.get(key) ?? splitBook(allocation, month, targetsIn(facts, allocation, month, organisation));
    books.set(key, book);
    return book;
  };
  for (const group of dayGroups(facts, allocations)) divideGroup(group, bookOf);
  const splits = [...books.values()].map(({ told }) => told()).sort(byPlace);
  return {
    units: unitsOf(facts.usage, splits),
    splits,
    shared: sumOfCosts(splits.map(({ own }) => own)),
    unallocated: sumOfCosts(splits.map(({ unallocated }) => unallocated)),
    invoiced: sumOfCosts(splits.filter(({ allocation }) => allocation.kind === 'invoice').map(({ cost }) => cost)),
  };
}

type BookOf = (allocation: Allocation, month: InvoiceMonth | null) => SplitBook;

function divideGroup({ active, own, parts, invoices }: DayGroup, bookOf: BookOf): void {
  const come = new Map<string | null, CostSums>();
  const give = (unit: string, cost: Costs): void => addCosts(sumsAt(come, unit), cost);
  for (const { allocation, month } of invoices) {
    const cost = { [allocation.currency]: allocation.pico };
    bookOf(allocation, month).divide(cost, cost, give);
  }
  for (const unit of splitOrder(active)) {
    const ofUnit = active.filter((each) => each.kind === 'unit' && each.from === unit);
    for (const allocation of ofUnit.filter(isOfPart)) {
      const cost = costsOf(parts.get(allocation.place) ?? new Map());
      addCosts(sumsAt(own, unit), negative(cost));
      bookOf(allocation, null).divide(cost, cost, give);
    }
    for (const allocation of ofUnit.filter((each) => !isOfPart(each))) {
      const left = costsOf(sumsAt(own, unit));
      bookOf(allocation, null).divide(sumOfCosts([left, costsOf(sumsAt(come, unit))]), left, give);
    }
  }
}

const isOfPart = (allocation: Allocation): boolean => allocation.kind === 'unit' && allocation.where.length > 0;

/** Whom a split goes to, by the usage of all days it is in force or of its month. */
function targetsIn(
  { usage }: AllocationFacts,
  allocation: Allocation,
  month: InvoiceMonth | null,
  organisation: Organisation,
): Targets {
  const isOfIt = ({ day }: DayUsage): boolean =>
    month === null ? isInForce(allocation, day) : month.first <= day && day <= month.last;
  return targetsOf(allocation, usageByUnit(usage.filter(isOfIt)), organisation);
}

/** Usage without any request is usage of which they are not told. */
function usageByUnit(usage: readonly DayUsage[]): UnitUsage[] {
  const sums = new Map<string | null, UnitUsage>();
  for (const { unit, used, tokens, requests } of usage) {
    const before = sums.get(unit) ?? { unit, used: false, tokens: null, requests: 0n };
    sums.set(unit, {
      unit,
      used: before.used || used,
      tokens: tokens === null ? before.tokens : (before.tokens ?? 0n) + tokens,
      requests: requests === null || before.requests === null ? null : before.requests + requests,
    });
  }
  return [...sums.values()].map((each) => (each.used && each.requests === 0n ? { ...each, requests: null } : each));
}

function unitsOf(usage: readonly DayUsage[], splits: readonly DividedCost[]): AllocatedUnit[] {
  const own = new Map<string | null, CostSums>();
  const [come, gone] = [new Map<string | null, CostSums>(), new Map<string | null, CostSums>()];
  for (const { unit, cost } of usage) addCosts(sumsAt(own, unit), cost);
  for (const { allocation, cost, parts } of splits) {
    if (allocation.kind === 'unit') addCosts(sumsAt(gone, allocation.from), cost);
    for (const part of parts) addCosts(sumsAt(come, part.unit), part.cost);
  }
  return [...new Set([...own.keys(), ...come.keys(), ...gone.keys()])].sort(byUnit).map((unit) => {
    const [had, given, away] = [own, come, gone].map((of) => costsOf(of.get(unit) ?? new Map())) as [
      Costs,
      Costs,
      Costs,
    ];
    return { unit, own: had, in: given, out: away, net: sumOfCosts([had, given, negative(away)]) };
  });
}

const byUnit = (a: string | null, b: string | null): number =>
  a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : 1;

const byPlace = (a: DividedCost, b: DividedCost): number =>
  a.allocation.place - b.allocation.place || ((a.month ?? '') < (b.month ?? '') ? -1 : 1);
