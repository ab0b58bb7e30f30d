/** A figure taken apart, as a sheet: what it is made of on lines that no narrow terminal cuts, then its largest events. */

import { parseDecimal } from '../pricing/decimal.js';
import { toPico } from '../pricing/money.js';
import { counted } from './counted.js';
import { periodText } from './period-text.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';
import type { WhyBody, WhyEvent } from './why-body.js';
import { sectionLines } from './why-lines.js';

export function whySheet(body: WhyBody): Sheet {
  const { query, rows, total } = body;
  const currencies = [...new Set(rows.flatMap(({ cost }) => cost?.currency ?? []))].sort();
  return {
    title: `Why ${query.figure}, ${periodText(query)} (${query.tz})`,
    columns: [...COLUMNS, ...currencies.map(costColumn), ...EXPORTED],
    rows: rows.map((row) => [...shownCells(row), ...currencies.map((of) => picoIn(row, of)), ...exportedCells(row)]),
    totals: null,
    above: [...sectionLines(body), `events: ${listedText(rows.length, total.events)}`],
    below: body.notes,
  };
}

function listedText(listed: number, all: bigint): string {
  if (all === 0n) return 'none';
  return BigInt(listed) === all
    ? `all ${all}`
    : `${listed} of ${counted(all, 'event')}, the largest first; --rows lists more`;
}

const COLUMNS: readonly Column[] = [
  column('file', 'file', 'text'),
  column('line', 'line', 'count'),
  column('id', 'id', 'text'),
  column('time', 'time', 'text', 'wide'),
  column('model', 'model', 'text', 'wide'),
  column('tokens', 'tokens', 'count'),
];

const shownCells = ({ file, line, id, time, model, tokens }: WhyEvent): SheetCell[] => [
  ...[file, line, id, time, model],
  tokens.total,
];

/** Amounts are of some events only, so they are not to be added up. */
const costColumn = (currency: string): Column => ({
  ...column(`cost_${currency}`, currency, 'price'),
  scale: currency,
});

const picoIn = ({ cost }: WhyEvent, currency: string): bigint | null =>
  cost?.currency === currency ? toPico(parseDecimal(cost.amount)) : null;

const TEXTS = ['role', 'source', 'account', 'provider', 'unit', 'charge', 'until', 'reason', 'sha256'] as const;
const CLASSES = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output', 'reasoning'] as const;
const TITLES = ['input', 'cached_input', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning'];

const EXPORTED: readonly Column[] = [
  column('cost_kind', 'cost kind', 'text', 'export'),
  column('import', 'import', 'count', 'export'),
  column('requests', 'requests', 'count', 'export'),
  ...TITLES.map((name) => column(`${name}_tokens`, name, 'count', 'export')),
  ...TEXTS.map((name) => column(name, name, 'text', 'export')),
];

const exportedCells = (row: WhyEvent): SheetCell[] => [
  ...[row.cost?.kind ?? null, row.import, row.requests],
  ...CLASSES.map((name) => row.tokens[name]),
  ...TEXTS.map((name) => row[name]),
];
