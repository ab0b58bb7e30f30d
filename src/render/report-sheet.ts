/** The body of a report as a sheet. */

import type { Dimension } from '../report/dimension.js';
import { NONE } from '../report/filter.js';
import type { ReportBody, ReportRow } from '../report/report-body.js';
import type { DailyTokens } from '../report/spark.js';
import { periodText } from './period-text.js';
import type { FigureColumn } from './report-column.js';
import { figureColumns } from './report-columns.js';
import { notesAbove, notesBelow } from './report-notes.js';
import type { Column, Sheet } from './sheet.js';
import { sparkText } from './spark.js';

/** The charts of a terminal: one for each row, same order, and that of the total. */
export interface SparkColumn {
  readonly lines: readonly DailyTokens[];
  readonly total: DailyTokens;
  /** `always`, or left out where the page is too narrow. */
  readonly show: 'always' | 'wide';
}

/** Same rows and order; currencies and quantities each have columns of their own. */
export function reportSheet(body: ReportBody, spark: SparkColumn | null = null): Sheet {
  const { by, tz } = body.query;
  const figures = figureColumns(body, spark === null ? null : sparkColumn(body, spark));
  return {
    title: `Tokens and cost${by.length === 0 ? '' : ` by ${by.join(', ')}`}, ${periodText(body.query)} (${tz})`,
    columns: [...by.map(dimensionColumn), ...figures.map(({ column }) => column)],
    rows: body.rows.map((row) => [
      ...by.map((dimension) => valueText(row, dimension)),
      ...figures.map(({ cell }) => cell(row)),
    ]),
    totals: [...by.map((_, i) => (i === 0 ? 'total' : '')), ...figures.map(({ cell }) => cell(body.totals))],
    above: notesAbove(body),
    below: notesBelow(body),
  };
}

const dimensionColumn = (dimension: Dimension): Column => ({
  key: dimension,
  title: dimension,
  align: 'left',
  kind: 'text',
  show: 'always',
});

const valueText = (row: ReportRow, dimension: Dimension): string =>
  row[dimension] ?? (row.others === undefined ? NONE : '');

function sparkColumn({ rows, totals }: ReportBody, { lines, total, show }: SparkColumn): FigureColumn {
  const charts = new Map([...rows.map((row, i) => [row, lines[i]!] as const), [totals, total] as const]);
  return {
    column: { key: 'spark', title: 'tokens per day', align: 'left', kind: 'spark', show },
    cell: (figures) => sparkText(charts.get(figures as ReportRow) ?? []),
  };
}
