/** Shared cost beside a report's own figures: what each unit had, what came to it, what it gave away. */

import { divideHalfEven, formatDecimal } from '../pricing/decimal.js';
import { addCosts, costTexts } from './costs.js';
import { type CostTexts, figuresOf } from './figures.js';
import type { ReportBody, ReportRow } from './report-body.js';
import { noSums } from './sums.js';

/** Pico-units by currency. */
type Costs = Readonly<Record<string, bigint>>;

interface Moved<C> {
  readonly own: C;
  readonly in: C;
  readonly out: C;
  /** own + in - out. */
  readonly net: C;
}

/** What one split gave to the row. */
interface Part<C> {
  /** Unit whose cost was split; `null`: a line of an invoice. */
  readonly from: string | null;
  /** Of the allocation in the config; `null`: it has none. */
  readonly name: string | null;
  /** `YYYY-MM` of a line of an invoice. */
  readonly month: string | null;
  readonly amount: C;
  readonly by: 'share' | 'even' | 'tokens' | 'requests';
  readonly share: string | null;
  /** Tokens or requests it was given for, of how many; `null`: split by neither, or they are not known. */
  readonly weight: bigint | null;
  readonly of: bigint | null;
}

/** One allocation, of an invoice line for one month. */
interface Divided<C> extends Pick<Part<C>, 'from' | 'name' | 'month' | 'amount' | 'by'> {
  readonly to: readonly string[];
  /** Units of which it is not told how much they used of what it is split by, so that nobody was given any. */
  readonly unknown: readonly string[];
  readonly unallocated: C;
}

interface CutLine<C> {
  readonly name: string;
  readonly month: string;
  readonly amount: C;
}

/** Shared cost of the whole window, whatever rows are shown. */
interface Shared<C> {
  /** What was to be split, counted once. */
  readonly shared: C;
  readonly unallocated: C;
  /** Of `shared` the lines of invoices, which are in no total of the ledger. */
  readonly invoiced: C;
  readonly splits: readonly Divided<C>[];
  /** Lines of invoices of months that an edge of the period cuts: in no figure. */
  readonly cut: readonly CutLine<C>[];
}

/** What is to stand beside the figures of a row. */
export interface UnitAllocation extends Moved<Costs> {
  readonly unit: string;
  readonly parts: readonly Part<Costs>[];
}

/** What is to stand beside the figures of a report. */
export interface Allocated extends Shared<Costs> {
  readonly units: readonly UnitAllocation[];
  readonly unallocatedParts: readonly Part<Costs>[];
}

export type RowAllocation = Moved<CostTexts> & {
  /** Of a row. */
  readonly parts?: readonly Part<CostTexts>[];
};

export interface ReportAllocation extends Shared<CostTexts> {
  /** Part of the shared cost that is unallocated, decimal text of at most 6 decimals; `null` where there is nothing to split. */
  readonly unallocatedShare: Readonly<Record<string, string | null>>;
}

/** How the row of what no unit was given is named. */
export const UNALLOCATED = '(unallocated)';

/**
 * The report with what each unit was given and gave beside its own figures, which stay as they are. Units that were given
 * cost and have no usage get a row, and so does what is unallocated, last, where the report is of all units.
 *
 * @param body  by unit alone
 */
export function withAllocation(body: ReportBody, allocated: Allocated): ReportBody {
  const { units } = body.query;
  const isShown = ({ unit }: UnitAllocation): boolean => units === null || units.includes(unit);
  const shown = allocated.units.filter(isShown);
  const ofUnit = new Map(shown.map((each) => [each.unit, each]));
  const used = new Set(body.rows.map(({ unit }) => unit));
  const others = shown.filter(({ unit, in: given }) => !used.has(unit) && !isNothing(given));
  const added = units === null && !isNothing(allocated.unallocated) ? [...others, unallocatedOf(allocated)] : others;
  return {
    ...body,
    allocation: textsOf(allocated),
    rows: [
      ...body.rows.map((row) => ({ ...row, ...allocationOf(ofUnit.get(row.unit ?? '')) })),
      ...added.map((each): ReportRow => ({ unit: each.unit, ...figuresOf(noSums()), ...allocationOf(each) })),
    ],
    totals: {
      ...body.totals,
      allocation: movedTexts(sumOfMoved([...shown, ...added.filter((each) => !shown.includes(each))])),
    },
  };
}

const isNothing = (costs: Costs): boolean => Object.values(costs).every((pico) => pico === 0n);

const unallocatedOf = ({ unallocated, unallocatedParts: parts }: Allocated): UnitAllocation => ({
  unit: UNALLOCATED,
  ...{ own: {}, in: unallocated, out: {}, net: unallocated },
  parts,
});

function allocationOf(unit: UnitAllocation | undefined): { allocation?: RowAllocation } {
  if (unit === undefined) return {};
  return { allocation: { ...movedTexts(unit), parts: unit.parts.map(withTexts) } };
}

const withTexts = <T extends { readonly amount: Costs }>(part: T) => ({ ...part, amount: costTexts(part.amount) });

const movedTexts = ({ own, in: given, out, net }: Moved<Costs>): Moved<CostTexts> => ({
  own: costTexts(own),
  in: costTexts(given),
  out: costTexts(out),
  net: costTexts(net),
});

const sumOfMoved = (all: readonly Moved<Costs>[]): Moved<Costs> => ({
  own: addCosts(all.map(({ own }) => own)),
  in: addCosts(all.map(({ in: given }) => given)),
  out: addCosts(all.map(({ out }) => out)),
  net: addCosts(all.map(({ net }) => net)),
});

const textsOf = ({ shared, unallocated, invoiced, splits, cut }: Allocated): ReportAllocation => ({
  shared: costTexts(shared),
  unallocated: costTexts(unallocated),
  unallocatedShare: Object.fromEntries(
    Object.entries(shared).map(([currency, pico]) => [currency, shareText(unallocated[currency] ?? 0n, pico)]),
  ),
  invoiced: costTexts(invoiced),
  splits: splits.map((split) => ({ ...withTexts(split), unallocated: costTexts(split.unallocated) })),
  cut: cut.map(withTexts),
});

const MILLION = 1_000_000n;

function shareText(part: bigint, whole: bigint): string | null {
  if (whole === 0n) return null;
  const [numerator, denominator] = whole < 0n ? [-part, -whole] : [part, whole];
  return formatDecimal({ units: divideHalfEven(numerator * MILLION, denominator), scale: 6 });
}
