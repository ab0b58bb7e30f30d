/** Figures of the business, such as tickets or users, and what the tokens for one of them cost. */

import { addDecimals, type Decimal, divideHalfEven, formatDecimal } from '../pricing/decimal.js';
import { formatPico } from '../pricing/money.js';
import { byName } from './costs.js';
import { type DaySpan, daySpan, daysOfSpan, isRange } from './day-text.js';
import type { Dimension } from './dimension.js';
import { periodsOf } from './dimensions.js';
import type { CostTexts } from './figures.js';
import { groupBy } from './group-by.js';
import type { Part } from './lines.js';
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
  /** Sum over the days of the row, decimal text; `null`: not known, as a day on which tokens were used has no value. */
  readonly count: string | null;
  /** DaySpan with usage but without a value. */
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
  /** DaySpan on which tokens were used. */
  readonly usedDays: ReadonlySet<string>;
}

/** Whether the values of a unit count; `null`: those of the whole organisation. */
type UnitTest = (unit: string | null) => boolean;

/** What the rows of a report are, as far as metrics know of it. */
export interface KpiQuery {
  readonly by: readonly Dimension[];
  /** DaySpan to be looked at. */
  readonly span: DaySpan;
  /** What the report is filtered by. */
  readonly hasUnit: UnitTest;
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

function shareOf({ values, cells }: Part, { by, span, hasUnit }: KpiQuery): Share {
  const unit = values[by.indexOf('unit')] ?? null;
  const periods = by.flatMap((dimension, i) => {
    const [periodOf, value] = [periodsOf(dimension), values[i] ?? null];
    return periodOf === null || value === null ? [] : [{ periodOf, value }];
  });
  return {
    hasUnit: (each) => hasUnit(each) && (unit === null || each === unit),
    isInSpan: (day) => day >= span.first && day <= span.last,
    isIn: (day) => periods.every(({ periodOf, value }) => periodOf(day) === value || isInRange(day, value)),
    usedDays: new Set(cells.flatMap(({ cell }) => daysOfSpan(daySpan(cell.day)))),
  };
}

function isInRange(day: string, value: string): boolean {
  const { first, last } = daySpan(value);
  return isRange(value) && day >= first && day <= last;
}

/**
 * Sum of the values that belong to a row. Of a day with a value of the whole organisation, where that counts, it is that
 * one; else the sum of the units. A day with usage is missing as long as any unit of the file has no value for it.
 */
function sumOfShare(values: readonly KpiValue[], { hasUnit, isInSpan, isIn, usedDays }: Share) {
  const counting = values.filter(({ day, unit }) => isInSpan(day) && hasUnit(unit));
  const units = new Set(counting.flatMap(({ unit }) => unit ?? []));
  const byDay = groupBy(
    counting.filter(({ day }) => isIn(day)),
    ({ day }) => day,
  );
  const isKnown = (day: string): boolean => {
    const ofDay = byDay.get(day) ?? [];
    return ofDay.some(({ unit }) => unit === null) || (ofDay.length > 0 && ofDay.length === units.size);
  };
  return {
    value: [...byDay.values()].map(valueOfDay).reduce(addDecimals, NONE),
    missing: [...usedDays].filter((day) => !isKnown(day)).length,
  };
}

const valueOfDay = (ofDay: readonly KpiValue[]): Decimal =>
  ofDay.find(({ unit }) => unit === null)?.value ?? ofDay.map(({ value }) => value).reduce(addDecimals, NONE);
