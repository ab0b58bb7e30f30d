/** Figures of the business, such as tickets or users, and what the tokens for one of them cost. */

import { groupBy } from '../group-by.js';
import { addDecimals, type Decimal, divideHalfEven, formatDecimal } from '../pricing/decimal.js';
import { formatPico } from '../pricing/money.js';
import type { Cell } from './cell.js';
import { byName } from './costs.js';
import { type DaySpan, daySpan, daysOfSpan, isRange } from './day-text.js';
import type { Dimension } from './dimension.js';
import { periodsOf } from './dimensions.js';
import type { CostTexts } from './figures.js';
import type { Part } from './lines.js';
import type { ReadCell } from './sum-cells.js';
import type { Sums } from './sums.js';

/** A value of one metric on one day. */
export interface KpiValue {
  /** `YYYY-MM-DD` of the report's zone. */
  readonly day: string;
  /** `null`: of the whole organisation. */
  readonly unit: string | null;
  /** From 0. */
  readonly value: Decimal;
}

/** One metric of a KPI file. */
export interface Kpi {
  readonly metric: string;
  readonly values: readonly KpiValue[];
}

export interface PerMetric {
  readonly metric: string;
  /** Sum over the days of the row, decimal text; `null`: not known, as a unit that used tokens on a day has no value of it. */
  readonly count: string | null;
  /** Days with usage of which a value is missing. */
  readonly missingDays: number;
  /** Cost of one, decimal text by currency, rounded half-even to pico-units; `null`: not known, or nothing to divide by. */
  readonly cost: CostTexts | null;
}

/** Which values of a metric belong to a row. */
interface Share {
  readonly hasUnit: UnitTest;
  readonly isInSpan: (day: string) => boolean;
  /** Whether a day of the span is one of the row. */
  readonly isIn: (day: string) => boolean;
  readonly used: UsedDays;
}

/** Days with usage or cost, and the units that used tokens on each. */
type UsedDays = ReadonlyMap<string, ReadonlySet<string>>;

/** Whether the values of a unit count; `null`: those of the whole organisation. */
type UnitTest = (unit: string | null) => boolean;

/** What the rows of a report are, as far as metrics know of it. */
export interface KpiQuery {
  readonly by: readonly Dimension[];
  /** Days to be looked at. */
  readonly span: DaySpan;
  /** What the report is filtered by. */
  readonly hasUnit: UnitTest;
  /** Whose usage a cell is of. */
  readonly unitOf: (cell: Cell) => string;
}

/**
 * Cost per unit of a metric for a row, or for the total with one part of no values. A metric is known by unit and day
 * alone, so of rows by anything else it is not.
 */
export function perMetric(
  { metric, values }: Kpi,
  { cost, unpricedEvents }: Sums,
  parts: readonly Part[],
  query: KpiQuery,
): PerMetric {
  if (parts.some((part) => part.values.length > 0) && !query.by.every(isKnownBy))
    return { metric, count: null, missingDays: 0, cost: null };
  const found = parts.map((part) => sumOfShare(values, shareOf(part, query)));
  const missingDays = found.reduce((sum, { missing }) => sum + missing, 0);
  const count = missingDays > 0 ? null : found.reduce((sum, { value }) => addDecimals(sum, value), NONE);
  const isPriced = unpricedEvents === 0n && cost.size > 0;
  return {
    metric,
    count: count === null ? null : formatDecimal(count),
    missingDays,
    cost: count === null || count.units === 0n || !isPriced ? null : costPer(cost, count),
  };
}

/** Whether a metric is known by values of the dimension. */
export const isKnownBy = (dimension: Dimension): boolean => dimension === 'unit' || periodsOf(dimension) !== null;

const NONE: Decimal = { units: 0n, scale: 0 };

const costPer = (cost: Sums['cost'], { units, scale }: Decimal): CostTexts =>
  byName(
    new Map(
      [...cost].map(([currency, pico]) => [currency, formatPico(divideHalfEven(pico * 10n ** BigInt(scale), units))]),
    ),
  );

function shareOf({ values, cells }: Part, { by, span, hasUnit, unitOf }: KpiQuery): Share {
  const unit = values[by.indexOf('unit')] ?? null;
  const periods = by.flatMap((dimension, i) => {
    const [periodOf, value] = [periodsOf(dimension), values[i] ?? null];
    return periodOf === null || value === null ? [] : [{ periodOf, value }];
  });
  return {
    hasUnit: (each) => hasUnit(each) && (unit === null || each === unit),
    isInSpan: (day) => day >= span.first && day <= span.last,
    isIn: (day) => periods.every(({ periodOf, value }) => periodOf(day) === value || isInRange(day, value)),
    used: usedDays(cells, unitOf),
  };
}

/** Cells that are read for money alone, or are no usage, say that there is a cost on a day, not whose it is. */
function usedDays(cells: readonly ReadCell[], unitOf: KpiQuery['unitOf']): UsedDays {
  const used = new Map<string, Set<string>>();
  for (const { cell, reading } of cells)
    for (const day of daysOfSpan(daySpan(cell.day))) {
      const units = used.get(day) ?? new Set();
      used.set(day, units);
      if (reading.tokens && cell.charge === 'usage') units.add(unitOf(cell));
    }
  return used;
}

function isInRange(day: string, value: string): boolean {
  const { first, last } = daySpan(value);
  return isRange(value) && day >= first && day <= last;
}

/**
 * Sum of the values that belong to a row. Of a day with a value of the whole organisation, where that counts, it is that
 * one; else the sum of the units. A day with usage is missing as long as any unit that used tokens on it has no value.
 */
function sumOfShare(values: readonly KpiValue[], { hasUnit, isInSpan, isIn, used }: Share) {
  const counting = values.filter(({ day, unit }) => isInSpan(day) && hasUnit(unit));
  const byDay = groupBy(
    counting.filter(({ day }) => isIn(day)),
    ({ day }) => day,
  );
  const isKnown = (day: string, units: ReadonlySet<string>): boolean => {
    const stated = new Set((byDay.get(day) ?? []).map(({ unit }) => unit));
    return stated.has(null) || (stated.size > 0 && [...units].every((unit) => stated.has(unit)));
  };
  return {
    value: [...byDay.values()].map(valueOfDay).reduce(addDecimals, NONE),
    missing: [...used].filter(([day, units]) => !isKnown(day, units)).length,
  };
}

const valueOfDay = (ofDay: readonly KpiValue[]): Decimal =>
  ofDay.find(({ unit }) => unit === null)?.value ?? ofDay.map(({ value }) => value).reduce(addDecimals, NONE);
