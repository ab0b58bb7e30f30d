/** Shared cost of a window, split as the config says: for reports, statements, and what explains them. */

import { allocatedTwice } from '../../errors/config.js';
import type { Config, ConfigAllocation } from '../../files/config-type.js';
import { groupBy } from '../../group-by.js';
import { type AllocationResult, allocateCosts } from '../../hub/allocation/allocate-costs.js';
import { isInForce } from '../../hub/allocation/allocation.js';
import { isNothing } from '../../hub/allocation/costs.js';
import type { AllocationFacts } from '../../hub/allocation/day-groups.js';
import type { DividedCost } from '../../hub/allocation/split-book.js';
import type { Ledger } from '../../ledger/ledger.js';
import { formatPico } from '../../pricing/money.js';
import { counted } from '../../render/counted.js';
import { spanOf } from '../../report/beside-figures.js';
import type { Presence } from '../../report/cell.js';
import { daySpan } from '../../report/day-text.js';
import { daysToAsk } from '../../report/days-asked.js';
import { storedFilter } from '../../report/filter.js';
import { readCellsOf } from '../../report/lines.js';
import { type CellQuery, type CostChoice, UNASSIGNED, type Window } from '../../report/query.js';
import { type ReadCell, sumOf } from '../../report/sum-cells.js';
import { totalOf } from '../../report/sums.js';
import { hasUsage, requestsTold } from '../../report/told-usage.js';
import { cutInvoices, invoicesIn } from './invoice-months.js';

/** A line of an invoice whose month an edge of the window cuts: it is in no figure. */
export interface CutInvoice {
  readonly name: string;
  readonly month: string;
  readonly currency: string;
  readonly pico: bigint;
}

export interface WindowAllocations extends AllocationResult {
  readonly cut: readonly CutInvoice[];
  /** What makes the split cost too low, and what could not be split, in sentences. */
  readonly warnings: readonly string[];
}

/**
 * Splits the shared cost of a window over all units. Own costs are those of `report --by unit` with the same cost; without
 * allocations in the config every unit keeps its own.
 *
 * @param cost  the cost that is split: `auto` (billed, else computed) or one of the three alone
 * @throws ALLOCATED_TWICE when two allocations with conditions would split the same cost
 *
 * Call it in a snapshot of the ledger. Asks the ledger for units, by day where an allocation has dates or is of a month.
 */
export async function allocationsIn(
  ledger: Ledger,
  config: Pick<Config, 'allocations' | 'units' | 'file'>,
  window: Window,
  cost: CostChoice,
): Promise<WindowAllocations> {
  const { allocations, units } = config;
  const presence = await ledger.presence(window, cost);
  const days = allocations.some(isOfDays) ? 'each' : daysToAsk({ by: ['unit'], cost, presence });
  const asking: Asking = { ledger, presence, query: { ...EVERYTHING, window, cost, days } };
  await refuseTwice(config, asking);
  const cells = await readCells(asking, {});
  const span = spanOf(window, cells);
  const facts: AllocationFacts = {
    units,
    usage: [...groupBy(cells, unitAndDay).values()].map((ofDay) => ({ ...usageOf(ofDay), unit: unitOf(ofDay[0]!) })),
    parts: new Map(await partsOf(allocations, asking)),
    invoices: invoicesIn(allocations, window, span),
  };
  const result = allocateCosts(facts, allocations);
  return {
    ...result,
    cut: cutInvoices(allocations, window, span),
    warnings: [...unpricedWarnings(allocations, cells), ...result.splits.flatMap(unknownWarning)],
  };
}

const isOfDays = ({ kind, since, until }: ConfigAllocation): boolean =>
  kind === 'invoice' || since !== null || until !== null;

interface Asking {
  readonly ledger: Ledger;
  readonly presence: readonly Presence[];
  readonly query: CellQuery;
}

const EVERYTHING = { by: ['unit'], units: null, models: null, filters: [], latency: false, top: null } as const;

async function readCells({ ledger, presence, query }: Asking, only: Partial<CellQuery>): Promise<ReadCell[]> {
  return readCellsOf({ presence, cells: await ledger.cells({ ...query, ...only }) }, query.cost);
}

const unitOf = ({ cell }: ReadCell): string | null => cell.values[0] ?? null;

/** A bucket of several days counts on its first one. */
const dayOf = ({ cell }: ReadCell): string => daySpan(cell.day).first;

const unitAndDay = (read: ReadCell): string => JSON.stringify([unitOf(read), dayOf(read)]);

function usageOf(cells: readonly ReadCell[]) {
  const { cost, tokens } = sumOf(cells);
  return {
    ...{ day: dayOf(cells[0]!), cost: Object.fromEntries(cost), used: hasUsage(cells) },
    ...{ tokens: totalOf(tokens), requests: requestsTold(cells) },
  };
}

type ConditionedAllocation = Extract<ConfigAllocation, { kind: 'unit' }>;

const conditioned = (allocations: readonly ConfigAllocation[]): ConditionedAllocation[] =>
  allocations.filter((each): each is ConditionedAllocation => each.kind === 'unit' && each.where.length > 0);

/** What of a unit meets the conditions of all of these. */
const readPart = (asking: Asking, ...of: readonly ConditionedAllocation[]): Promise<ReadCell[]> =>
  readCells(asking, { units: [of[0]!.from], filters: of.flatMap(({ filters }) => filters.map(storedFilter)) });

const partsOf = (allocations: readonly ConfigAllocation[], asking: Asking) =>
  Promise.all(
    conditioned(allocations).map(async (allocation) => {
      const cells = await readPart(asking, allocation);
      return [allocation.place, [...groupBy(cells, dayOf).values()].map(usageOf)] as const;
    }),
  );

/** Conditions that exclude each other on paper or by what the ledger holds may stand beside each other. */
async function refuseTwice({ allocations, file }: Pick<Config, 'allocations' | 'file'>, asking: Asking): Promise<void> {
  const all = conditioned(allocations);
  for (const [i, later] of all.entries())
    for (const earlier of all.slice(0, i).filter(({ from }) => from === later.from)) {
      const both = (await readPart(asking, earlier, later)).filter(
        (read) => isInForce(earlier, dayOf(read)) && isInForce(later, dayOf(read)),
      );
      if (sumOf(both).cost.size > 0)
        throw allocatedTwice(file ?? '', [earlier.place, later.place], later.from ?? UNASSIGNED);
    }
}

/** What stays unallocated because it is not told how much all used of what it is split by. */
function unknownWarning({ allocation, month, cost, unknown }: DividedCost): string[] {
  if (unknown.length === 0 || isNothing(cost)) return [];
  const { split, name } = allocation;
  const whose = allocation.kind === 'invoice' ? `${name} (invoice, ${month})` : (allocation.from ?? UNASSIGNED);
  const instead = `${split.by === 'requests' ? 'by tokens, ' : ''}evenly or by fixed shares`;
  const amounts = Object.entries(cost).map(([currency, pico]) => `${formatPico(pico)} ${currency}`);
  return [
    `${amounts.join(', ')} of ${whose} stays unallocated: what is read of ${unknown.join(', ')} does not tell of ${split.by}; split it ${instead}`,
  ];
}

/** What has no price of a unit whose cost is split. */
function unpricedWarnings(allocations: readonly ConfigAllocation[], cells: readonly ReadCell[]): string[] {
  const split = new Set(allocations.flatMap((each) => (each.kind === 'unit' ? [each.from] : [])));
  return [...split].flatMap((unit) => {
    const { unpricedEvents: events } = sumOf(cells.filter((read) => unitOf(read) === unit));
    if (events === 0n) return [];
    return [`${counted(events, 'event')} of ${unit ?? UNASSIGNED} without a price: what is split of it is too low`];
  });
}
