/** A statement as people read it: meter readings, what is owed for them, and the period before. */

import type { StatementTold, ToldFigures, ToldReading } from '../hub/statement/statement-told.js';
import { amountText } from './amount-text.js';
import { separated } from './counted.js';
import { periodText } from './period-text.js';
import { picoOf } from './pico-of.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';
import { lineName, lineSource } from './statement-lines.js';
import { amountNotes, headNotes, missingNotes, originNotes } from './statement-notes.js';

export type NumberedStatement = StatementTold & {
  readonly number: string;
  readonly hashes: StatementTold['hashes'] & { readonly statement: string };
};

/** Each with its title and notes; amounts are rounded so that the lines printed add up to the total printed. */
export const statementSheets = (body: NumberedStatement): Sheet[] => [
  readingsSheet(body),
  amountsSheet(body),
  compareSheet(body),
];

// --- meter readings ---------------------------------------------------------------------------------------------

const CLASSES = [
  ['input', 'input'],
  ['cacheRead', 'cached'],
  ['cacheWrite5m', 'cache write 5m'],
  ['cacheWrite1h', 'cache write 1h'],
  ['output', 'output'],
  ['reasoning', 'of it reasoning'],
  ['total', 'tokens'],
] as const;

function readingsSheet(body: NumberedStatement): Sheet {
  const { readings, figures, query, unit, number } = body;
  const classes = CLASSES.filter(([name]) => name === 'total' || figures.tokens[name] !== null);
  const quantities = [...new Set(readings.flatMap((reading) => Object.keys(reading.quantities)))].sort();
  const cells = ({ requests, tokens }: Pick<ToldReading, 'requests' | 'tokens'>): SheetCell[] => [
    requests,
    ...classes.map(([name]) => tokens[name]),
  ];
  return {
    title: `Statement ${number}: ${unit.name ?? unit.id}, ${periodText(query)} (${query.tz})`,
    columns: [
      column('model', 'model', 'text'),
      column('provider', 'provider', 'text', 'wide'),
      column('requests', 'requests', 'count'),
      ...classes.map(([name, title]) => column(name, title, 'count')),
      ...quantities.map((name) => column(name, name, 'decimal', name.endsWith('_tokens') ? 'wide' : 'always')),
    ],
    rows: readings.map((reading) => [
      ...[reading.model, reading.provider],
      ...cells(reading),
      ...quantities.map((name) => reading.quantities[name] ?? null),
    ]),
    totals: ['total', '', ...cells(figures), ...quantities.map(() => '')],
    above: headNotes(body),
    below: [...readings.map(({ model, why }) => `${model}: ${why}`), ...missingNotes(body)],
  };
}

// --- amounts ----------------------------------------------------------------------------------------------------

const SECTIONS = { usage: 'usage', bill: 'billed', charge: 'charge', allocation: 'shared', correction: 'correction' };

function amountsSheet(body: NumberedStatement): Sheet {
  const { lines, total } = body;
  const currencies = Object.keys(total.cost);
  return {
    title: 'Amounts',
    columns: [
      column('section', 'what', 'text'),
      column('item', 'for', 'text'),
      column('class', 'class', 'text'),
      column('tokens', 'tokens', 'decimal'),
      { ...column('rates', 'per million', 'text'), align: 'right' },
      ...currencies.map((currency) => column(currency, currency, 'money')),
      column('source', 'from', 'text', 'wide'),
    ],
    rows: lines.map((line) => [
      ...[SECTIONS[line.section], lineName(line), line.class, line.tokens === null ? null : `${line.tokens}`],
      line.rates.length === 0 ? null : line.rates.join(' or '),
      ...currencies.map((currency) => picoOf({ [line.currency]: line.amount }, currency)),
      lineSource(line),
    ]),
    totals: [
      total.isAtLeast ? 'total, at least' : 'total',
      ...['', '', '', ''],
      ...currencies.map((currency) => picoOf(total.cost, currency)),
      '',
    ],
    above: [],
    below: amountNotes(body),
  };
}

// --- the period before ------------------------------------------------------------------------------------------

const COMPARED: readonly Column[] = [
  column('figure', 'figure', 'text'),
  { ...column('now', 'this period', 'text'), align: 'right' },
  { ...column('before', 'before', 'text'), align: 'right' },
  column('percent', 'change', 'percent'),
];

function compareSheet(body: NumberedStatement): Sheet {
  const { figures, before, change, query } = body;
  const count = (name: string, of: (figures: ToldFigures) => bigint | null, percent: string | null): SheetCell[] => [
    ...[name, countText(of(figures)), countText(of(before)), percent],
  ];
  return {
    title: `Compared with ${periodText({ ...query.compare, tz: query.tz })}`,
    columns: COMPARED,
    rows: [
      count('requests', ({ requests }) => requests, change.requests.percent),
      count('tokens', ({ tokens }) => tokens.total ?? 0n, change.tokens.percent),
      ...Object.entries(change.cost).map(([currency, { percent }]) => [
        ...[`cost in ${currency}`, amountText(figures.cost, currency), amountText(before.cost, currency), percent],
      ]),
    ],
    totals: null,
    above: [],
    below: originNotes(body),
  };
}

const countText = (count: bigint | null): string | null => (count === null ? null : separated(`${count}`));
