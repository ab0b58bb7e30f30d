/** Why recordings differ, as a sheet: a line per cause. */

import { CAUSES } from '../hub/reconcile/causes.js';
import { counted, separated } from './counted.js';
import { periodText } from './period-text.js';
import { picoOf } from './pico-of.js';
import type { ReconcileBody } from './reconcile-body.js';
import { type Column, column, type Sheet, type SheetCell } from './sheet.js';

/** Request ids, or buckets, named in each line that people read; the rest are counted. */
const NAMED = 3;

export function reconcileSheet(body: ReconcileBody): Sheet {
  const currencies = [...new Set(body.pairs.flatMap(({ difference }) => Object.keys(difference.cost)))].sort();
  const rows = [...body.causes.map((cause) => causeRow(cause, currencies)), ...unexplainedRows(body, currencies)];
  return {
    title: `${body.recordings.map(({ role }) => role).join(', ')} compared, ${periodText(body.query)} (${body.query.tz})`,
    columns: [...COLUMNS, ...currencies.map(moneyColumn), column('evidence', 'evidence', 'text')],
    rows: rows.map(({ cells, names }) => [...cells, evidenceText(names)]),
    exported: rows.map(({ cells, names }) => [...cells, names.join('; ')]),
    totals: null,
    above: [...body.recordings.map(recordingLine), ...body.pairs.map(pairLine)],
    below: [...outsideLines(body), ...whyLines(body), ...unexplainedLines(body), verdictLine(body)],
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
  pairs.flatMap(({ between, unexplained: { gross, difference, cost, evidence } }) =>
    evidence.length === 0
      ? []
      : [
          {
            cells: [
              'unexplained',
              between.join('-'),
              null,
              gross,
              ...differenceCells({ ...difference, cost }, currencies),
            ],
            names: evidence,
          },
        ],
  );

const differenceCells = (
  { input, cacheRead, cacheWrite, output, cost }: Body['difference'],
  currencies: readonly string[],
): SheetCell[] => [...[input, cacheRead, cacheWrite, output], ...currencies.map((code) => picoOf(cost, code))];

function evidenceText(names: readonly string[]): string {
  if (names.length <= NAMED) return names.join('; ');
  return `${names.slice(0, NAMED).join('; ')} and ${separated(`${names.length - NAMED}`)} more`;
}

function recordingLine({ role, source, name, events, tokens, cost, costKind, rejected }: Body['recordings'][number]) {
  const money = Object.entries(cost).map(([code, amount]) => `, ${amount} ${code} ${costKind}`);
  const bad = rejected === 0 ? '' : `, ${counted(BigInt(rejected), 'bad row')}`;
  const used = `${counted(BigInt(events), 'event')}, ${separated(`${tokens.input}`)} input, ${separated(`${tokens.output}`)} output`;
  return `${role}: ${name} (${source}): ${used}${money.join('')}${bad}`;
}

function pairLine({ between, dimensions, matched, unmatched, difference, percent }: Body['pairs'][number]): string {
  const money = Object.entries(difference.cost).map(([code, amount]) => `, ${amount} ${code}`);
  const of = percent === null ? '' : ` (${percent}%)`;
  return `${between.join(' to ')}, by ${dimensions.join(', ')}: ${separated(`${matched}`)} matched, ${separated(`${unmatched}`)} not; difference ${separated(`${difference.input}`)} input, ${separated(`${difference.output}`)} output${of}${money.join('')}`;
}

const outsideLines = ({ recordings }: Body): string[] =>
  recordings.flatMap(({ role, outside }) =>
    (['before', 'after'] as const).flatMap((place) => {
      const { events, tokens } = outside[place];
      if (events === 0) return [];
      return [
        `not compared: ${counted(BigInt(events), 'event')} of ${role}, ${counted(tokens, 'token')}, ${place} the time that all cover`,
      ];
    }),
  );

const whyLines = ({ causes }: Body): string[] =>
  [...new Set(causes.map(({ cause }) => cause))].map((cause) => `${cause}: ${CAUSES[cause]}`);

function unexplainedLines({ unexplained: { tokens, gross, cost } }: Body): string[] {
  const money = Object.entries(cost).filter(([, amount]) => amount !== '0');
  if (gross === 0n && money.length === 0) return ['nothing is left unexplained'];
  const net = gross === 0n ? '' : `${counted(tokens, 'token')} net, ${separated(`${gross}`)} counted up`;
  return [`unexplained: ${[net, ...money.map(([code, amount]) => `${amount} ${code}`)].filter(Boolean).join(', ')}`];
}

function verdictLine({ query: { threshold, thresholdOn }, passed }: Body): string {
  if (threshold === null) return 'no threshold was given: --threshold 5%';
  const what = thresholdOn === 'difference' ? 'the difference' : 'what is unexplained';
  return passed ? `passed: ${what} is within ${threshold}` : `failed: ${what} is over ${threshold}`;
}
