/** A statement as lines for machines: what was read, what is owed, and what has no amount. */

import type { StatementTold, ToldLine, ToldReading } from '../hub/statement/statement-told.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';
import { lineName, lineSource } from './statement-lines.js';
import { amountNotes, missingNotes } from './statement-notes.js';

const COLUMNS: readonly Column[] = [
  column('section', 'section', 'text'),
  column('item', 'item', 'text'),
  column('model', 'model', 'text'),
  column('class', 'class', 'text'),
  column('quantity', 'quantity', 'decimal'),
  column('rate', 'rate', 'text'),
  column('currency', 'currency', 'text'),
  column('amount', 'amount', 'decimal'),
  column('from', 'from', 'text'),
  column('why', 'why', 'text'),
];

export const statementCsvSheet = (body: StatementTold): Sheet => ({
  title: null,
  columns: COLUMNS,
  rows: [
    ...body.readings.flatMap(readingRows),
    ...body.lines.map(lineRow),
    ...body.covered.map(({ model, reason, tokens }) => costlessRow('covered', model, reason, tokens)),
    ...body.unpriced.reasons.map(({ model, reason, tokens }) => costlessRow('unpriced', model, reason, tokens)),
  ],
  totals: null,
  above: [],
  below: [...missingNotes(body), ...amountNotes(body)],
});

function readingRows({ model, provider, requests, tokens, quantities, why }: ToldReading): SheetCell[][] {
  const { total: _, ...classes } = tokens;
  const counts = Object.entries({ requests, ...classes }).filter(([, count]) => count !== null);
  return [...counts, ...Object.entries(quantities)].map(([name, count]) => [
    ...['reading', provider, model, name, `${count}`, null, null, null, null, why],
  ]);
}

const lineRow = (line: ToldLine): SheetCell[] => [
  ...[line.section, lineName(line), line.model, line.class, line.tokens === null ? null : `${line.tokens}`],
  ...[line.rates.join(' or ') || null, line.currency, line.amount, lineSource(line) || null, line.why],
];

const costlessRow = (section: string, model: string, reason: string, tokens: bigint): SheetCell[] => [
  ...[section, model, model, null, `${tokens}`, null, null, null, reason, null],
];
