/** Why recordings differ, as a sheet: a line per cause. */

import { isZero } from '../hub/reconcile/token-sums.js';
import { separated } from './counted.js';
import { periodText } from './period-text.js';
import { picoOf } from './pico-of.js';
import type { ReconcileBody } from './reconcile-body.js';
import { linesAbove, linesBelow } from './reconcile-lines.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';

/** Request ids, or buckets, named in each line that people read; the rest are counted. */
const NAMED = 3;
/** Characters of them in a line, as long as one is named. */
const WIDEST = 80;
/** Characters of an id; a longer one is cut in the middle. */
const LONGEST_ID = 24;

export function reconcileSheet(body: ReconcileBody): Sheet {
  const currencies = [...new Set(body.pairs.flatMap(({ difference }) => Object.keys(difference.cost)))].sort();
  const rows = [...body.causes.map((cause) => causeRow(cause, currencies)), ...unexplainedRows(body, currencies)];
  return {
    title: `${body.recordings.map(({ role }) => role).join(', ')} compared, ${periodText(body.query)} (${body.query.tz})`,
    columns: [...COLUMNS, ...currencies.map(moneyColumn), column('evidence', 'evidence', 'text')],
    rows: rows.map(({ cells, names }) => [...cells, evidenceText(names)]),
    exported: rows.map(({ cells, names }) => [...cells, names.join('; ')]),
    totals: null,
    above: linesAbove(body),
    below: linesBelow(body),
  };
}

const COLUMNS: readonly Column[] = [
  column('cause', 'cause', 'text'),
  column('between', 'between', 'text'),
  column('requests', 'requests', 'count'),
  column('tokens', 'tokens', 'count'),
  column('input', 'input', 'count'),
  column('cache_read', 'of it cached', 'count', 'wide'),
  column('cache_write', 'of it cache write', 'count', 'export'),
  column('output', 'output', 'count'),
];

const moneyColumn = (currency: string): Column => column(`cost_${currency}`, currency, 'money');

interface Row {
  readonly cells: readonly SheetCell[];
  readonly names: readonly string[];
}

type Body = ReconcileBody;

const causeRow = (
  { cause, between, requests, tokens, difference, evidence }: Body['causes'][number],
  currencies: readonly string[],
): Row => ({
  cells: [cause, between.join('-'), requests, tokens, ...differenceCells(difference, currencies)],
  names: evidence,
});

const unexplainedRows = ({ pairs }: Body, currencies: readonly string[]): Row[] =>
  pairs
    .filter(({ unexplained }) => isOpen(unexplained))
    .map(({ between, unexplained: { gross, difference, cost, evidence } }) => ({
      cells: ['unexplained', between.join('-'), null, gross, ...differenceCells({ ...difference, cost }, currencies)],
      names: evidence,
    }));

/** Whether anything of it is not 0. */
const isOpen = ({ gross, difference, grossCost }: Body['unexplained']): boolean =>
  gross !== 0n || !isZero(difference) || Object.values(grossCost).some((amount) => amount !== '0');

const differenceCells = (
  { input, cacheRead, cacheWrite, output, cost }: Body['difference'],
  currencies: readonly string[],
): SheetCell[] => [...[input, cacheRead, cacheWrite, output], ...currencies.map((code) => picoOf(cost, code))];

function evidenceText(names: readonly string[]): string {
  const short = names.slice(0, NAMED).map(shortened);
  while (short.length > 1 && short.join('; ').length > WIDEST) short.pop();
  const rest = names.length - short.length;
  return `${short.join('; ')}${rest === 0 ? '' : ` and ${separated(`${rest}`)} more`}`;
}

/** Ids alone: the name of a bucket has blanks, and is read. */
function shortened(name: string): string {
  const letters = name.includes(' ') ? [] : [...name];
  return letters.length <= LONGEST_ID ? name : `${letters.slice(0, 12).join('')}…${letters.slice(-11).join('')}`;
}
