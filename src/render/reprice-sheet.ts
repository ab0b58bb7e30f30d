/** What pricing again changes, as a sheet: a line per provider and model, costs before and after by currency. */

import { parseDecimal } from '../pricing/decimal.js';
import { toPico } from '../pricing/money.js';
import type { RepricedAmount, RepriceFigures } from '../report/reprice-tally.js';
import { counted } from './counted.js';
import { periodText } from './period-text.js';
import type { RepriceBody } from './reprice-body.js';
import type { Column, Sheet, SheetCell } from './sheet.js';

export function repriceSheet(body: RepriceBody): Sheet {
  const { query, totals, rows, applied } = body;
  const figures = figureColumns(totals);
  return {
    title: `Computed costs, priced again, ${applied ? 'applied' : 'preview'}, ${periodText(query)} (${query.tz})`,
    columns: [text('provider'), text('model'), ...figures.map(({ column }) => column)],
    rows: rows.map((row) => [row.provider, row.model, ...figures.map(({ cell }) => cell(row))]),
    totals: ['total', '', ...figures.map(({ cell }) => cell(totals))],
    above: filterLines(query),
    below: [...noteLines(body), changeLine(body)],
  };
}

interface FigureColumn {
  readonly column: Column;
  readonly cell: (figures: RepriceFigures) => SheetCell;
}

const text = (key: string): Column => ({ key, title: key, align: 'left', kind: 'text', show: 'always' });

function figureColumns(totals: RepriceFigures): FigureColumn[] {
  const count = (key: string, title: string, cell: (figures: RepriceFigures) => number): FigureColumn => ({
    column: { key, title, align: 'right', kind: 'count', show: cell(totals) === 0 ? 'export' : 'always' },
    cell,
  });
  const always = (column: FigureColumn): FigureColumn => ({ ...column, column: { ...column.column, show: 'always' } });
  return [
    always(count('events', 'events', ({ events }) => events)),
    always(count('changed', 'changed', ({ changed }) => changed)),
    count('restated', 'restated', ({ restated }) => restated),
    count('newly_priced', 'newly priced', ({ newlyPriced }) => newlyPriced),
    count('newly_unpriced', 'newly unpriced', ({ newlyUnpriced }) => newlyUnpriced),
    count('newly_covered', 'newly covered', ({ newlyCovered }) => newlyCovered),
    count('unpriced', 'unpriced', ({ unpriced }) => unpriced),
    count('left_out', 'left out', ({ leftOut }) => leftOut),
    ...Object.keys(totals.cost).flatMap((currency) =>
      (['before', 'after', 'difference'] as const).map((part) => money(currency, part)),
    ),
  ];
}

const money = (currency: string, part: keyof RepricedAmount): FigureColumn => ({
  column: {
    key: `cost_${part}_${currency}`,
    title: `${currency} ${part}`,
    align: 'right',
    kind: 'money',
    show: 'always',
  },
  cell: ({ cost }) => (Object.hasOwn(cost, currency) ? picoOf(cost[currency]![part]) : null),
});

const picoOf = (amount: string | null): bigint | null => (amount === null ? null : toPico(parseDecimal(amount)));

function filterLines({ models, providers, accounts }: RepriceBody['query']): string[] {
  const filters = Object.entries({ model: models, provider: providers, account: accounts });
  return filters.flatMap(([name, values]) => (values === null ? [] : [`only ${name} ${values.join(' or ')}`]));
}

function noteLines({ rows, totals, prices }: RepriceBody): string[] {
  return [
    ...rows.flatMap(({ model, unpriced, reason }) =>
      unpriced === 0 ? [] : [`unpriced: ${model}: ${counted(BigInt(unpriced), 'event')} (${reason})`],
    ),
    ...(totals.restated === 0 ? [] : ['restated: the cost stays, by another price list, plan or reason']),
    ...(totals.leftOut === 0
      ? []
      : ['left out: other views of the same tokens, priced too, but not in the costs, as reports do not read them']),
    ...(prices.length === 0 ? [] : [`prices: ${prices.map(({ name, asOf }) => `${name} (${asOf})`).join(', ')}`]),
  ];
}

function changeLine({ totals, applied }: RepriceBody): string {
  const touched = totals.changed + totals.restated;
  if (touched === 0) return 'nothing changes';
  const events = counted(BigInt(touched), 'event');
  return applied ? `applied: ${events} priced anew` : `applying this would price ${events} anew: add --apply`;
}
