/** Figures of rows that are made of more than their cells: of a file of rates or metrics, of another period. */

import type { ReportFacts } from './breakdown.js';
import type { Cell } from './cell.js';
import { comparisonOf } from './compare.js';
import { type Converted, type Converter, convertedTexts, type ExactCost } from './converted.js';
import { type DaySpan, daySpan } from './day-text.js';
import { byWithUnit, valuesReader } from './dimensions.js';
import { unitTest } from './filter.js';
import { type Kpi, perMetric } from './kpi.js';
import { type Line, type ReportLines, sumsOf } from './lines.js';
import { type ReportQuery, UNASSIGNED, type Window } from './query.js';
import type { RowFigures } from './report-body.js';
import { sideBySide } from './side-by-side.js';
import type { ReadCell } from './sum-cells.js';
import type { Sums } from './sums.js';

export type Beside = Pick<RowFigures, 'costs' | 'converted' | 'per' | 'previous' | 'delta'>;

interface BesideFigures {
  /** `i`: place of the line. */
  readonly line: (line: Line, i: number) => Beside;
  readonly total: (sums: Sums) => Beside;
}

export function besideFigures({ query, kpi = null, exchange = null }: ReportFacts, made: ReportLines): BesideFigures {
  const { now, before, lines } = made;
  const currency = exchange?.currency ?? '';
  const converted = convertedLines(lines, made.converting, currency, ({ cells }) => cells);
  const earlier = convertedLines(lines, made.convertingBefore, currency, (line) => line.before ?? []);
  const per = kpi === null ? null : perMetricOf(kpi, query, now);
  return {
    line: ({ sums, parts, cells, costs, before: then }, i) => ({
      ...costsIn(costs),
      ...convertedIn(converted?.lines[i]),
      ...(per === null ? {} : { per: per(sums, parts) }),
      ...(then === null ? {} : comparisonOf(sums, sumsOf(then, cells), converted?.lines[i], earlier?.lines[i])),
    }),
    total: (sums) => ({
      ...costsIn(made.costs),
      ...convertedIn(converted?.total),
      ...(per === null ? {} : { per: per(sums, [{ values: [], cells: now }]) }),
      ...(before === null ? {} : comparisonOf(sums, sumsOf(before, now), converted?.total, earlier?.total)),
    }),
  };
}

const costsIn = (costs: Line['costs']) => (costs === null ? {} : { costs: sideBySide(costs) });

const convertedIn = (converted: Converted | undefined) => (converted === undefined ? {} : { converted });

function convertedLines(
  lines: readonly Line[],
  converting: Converter | null,
  currency: string,
  cellsOf: (line: Line) => readonly ReadCell[],
) {
  if (converting === null) return null;
  return convertedTexts(
    lines.map((line): ExactCost => converting.convert(cellsOf(line))),
    currency,
  );
}

function perMetricOf(kpi: Kpi, query: ReportQuery, now: readonly ReadCell[]) {
  const by = [...new Set(query.by)];
  const valuesOf = valuesReader(byWithUnit(by), query.organisation);
  const place = byWithUnit(by).indexOf('unit');
  const unitOf = (cell: Cell): string => valuesOf(cell)[place] ?? UNASSIGNED;
  const asked = { by, span: spanOf(query.window, now), hasUnit: unitTest(query), unitOf };
  return (sums: Sums, parts: Line['parts']) => perMetric(kpi, sums, parts, asked);
}

/** The days of a window; where an end is open, those of the usage. */
export function spanOf({ firstDay, lastDay }: Window, cells: readonly ReadCell[]): DaySpan {
  const days = [...new Set(cells.map(({ cell }) => cell.day))].map(daySpan);
  const firsts = days.map(({ first }) => first).sort();
  const lasts = days.map(({ last }) => last).sort();
  return { first: firstDay ?? firsts[0] ?? '', last: lastDay ?? lasts.at(-1) ?? '' };
}
