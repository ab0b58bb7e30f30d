/** The body of a report as a sheet. */

import type { Dimension } from '../report/query.js';
import type { CostTexts, Figures, ReportBody } from '../report/report-body.js';
import { periodText } from './period-text.js';
import { picoOf } from './pico-of.js';
import { notesAbove, notesBelow } from './report-notes.js';
import type { Column, Sheet, SheetCell } from './sheet.js';

/** Same rows and order; currencies and quantities each have columns of their own. */
export function reportSheet(body: ReportBody): Sheet {
  const { by, tz } = body.query;
  const figures = figureColumns(body);
  return {
    title: `Tokens and cost${by.length === 0 ? '' : ` by ${by.join(', ')}`}, ${periodText(body.query)} (${tz})`,
    columns: [...by.map(dimensionColumn), ...figures.map(({ column }) => column)],
    rows: body.rows.map((row) => [
      ...by.map((dimension) => row[dimension] ?? '(none)'),
      ...figures.map(({ cell }) => cell(row)),
    ]),
    totals: [...by.map((_, i) => (i === 0 ? 'total' : '')), ...figures.map(({ cell }) => cell(body.totals))],
    above: notesAbove(body),
    below: notesBelow(body),
  };
}

interface FigureColumn {
  readonly column: Column;
  readonly cell: (figures: Figures) => SheetCell;
}

const dimensionColumn = (dimension: Dimension): Column => ({
  key: dimension,
  title: dimension,
  align: 'left',
  kind: 'text',
  show: 'always',
});

/** Narrow tables lose `wide` columns from the right, so the more telling stand further left. */
function figureColumns({ totals, unsplit }: ReportBody): FigureColumn[] {
  const currencies = Object.keys(totals.cost);
  const single = currencies.length === 1;
  return [
    count('requests', 'requests', 'always', ({ requests }) => requests),
    count('input', 'input', 'wide', ({ tokens }) => tokens.input),
    count('cache_read', 'cached input', 'wide', ({ tokens }) => tokens.cacheRead),
    count('cache_write', 'cache write', shownIf(totals.tokens.cacheWrite), ({ tokens }) => tokens.cacheWrite),
    count('output', 'output', 'wide', ({ tokens }) => tokens.output),
    count('reasoning', 'of it reasoning', shownIf(totals.tokens.reasoning), ({ tokens }) => tokens.reasoning),
    count('total', 'total tokens', 'always', ({ tokens }) => tokens.total),
    ...Object.keys(totals.quantities).map(quantity),
    ...currencies.map((currency) => money(`cost_${currency}`, currency, currency, ({ cost }) => cost)),
    count(
      'unpriced_events',
      'unpriced events',
      shownIf(totals.unpriced.events + unsplit.events),
      ({ unpriced }) => unpriced.events,
    ),
    count('unpriced_tokens', 'unpriced tokens', 'export', ({ unpriced }) => unpriced.tokens),
    share('cached_share', 'cached', ({ metrics }) => metrics.cachedShare),
    ...currencies.flatMap((currency) => [
      price(
        `cost_per_million_tokens_${currency}`,
        `${currency}/1M tokens`,
        currency,
        single,
        ({ metrics }) => metrics.costPerMillionTokens,
      ),
      price(
        `cost_per_request_${currency}`,
        `${currency}/request`,
        currency,
        single,
        ({ metrics }) => metrics.costPerRequest,
      ),
    ]),
  ];
}

type Show = Column['show'];

/** Columns without anything in them are for export alone. */
const shownIf = (total: bigint | null): Show => (total === null || total === 0n ? 'export' : 'wide');

const count = (key: string, title: string, show: Show, cell: FigureColumn['cell']): FigureColumn => ({
  column: { key, title, align: 'right', kind: 'count', show },
  cell,
});

/** A quantity that is a part of the tokens (`image_input_tokens`) is told in exports; what is used beside tokens, always. */
const quantity = (name: string): FigureColumn => ({
  column: {
    key: `quantity_${name}`,
    title: name,
    align: 'right',
    kind: 'decimal',
    show: name.endsWith('_tokens') ? 'export' : 'wide',
  },
  cell: ({ quantities }) => (Object.hasOwn(quantities, name) ? quantities[name]! : null),
});

const share = (key: string, title: string, cell: FigureColumn['cell']): FigureColumn => ({
  column: { key, title, align: 'right', kind: 'share', show: 'wide' },
  cell,
});

const money = (
  key: string,
  title: string,
  currency: string,
  costOf: (figures: Figures) => CostTexts,
): FigureColumn => ({
  column: { key, title, align: 'right', kind: 'money', show: 'always' },
  cell: (figures) => picoOf(costOf(figures), currency),
});

const price = (
  key: string,
  title: string,
  currency: string,
  single: boolean,
  costOf: (figures: Figures) => CostTexts | null,
): FigureColumn => ({
  column: { key, title, align: 'right', kind: 'price', show: single ? 'wide' : 'export' },
  cell: (figures) => picoOf(costOf(figures) ?? {}, currency),
});
