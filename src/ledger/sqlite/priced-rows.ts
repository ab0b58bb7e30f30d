/** Rows of events as they are read to be priced again: as arrays, which take a third of the time of objects. */

import type { Database } from '../../load-driver.js';
import type { PriceSelection, RecordedSelection } from '../ledger.js';
import { notClosed } from './closed-periods.js';
import { dateDaySql, localDaySql } from './local-day-sql.js';
import type { StoredId } from './stored-id.js';
import { countedOnce, isSeenTwice } from './twins.js';
import { claimKnownSql, daysSql, inWindow, totalOf, windowValues } from './usage-rows.js';

/** As text where a number could not hold it. */
export type Pico = number | string | null;

/** One event, in the order of the columns below; `day` counts days since 1970-01-01. */
export type PricedRow = readonly [
  ts: number,
  recording: number,
  id: StoredId,
  until: number | null,
  facet: number,
  origin: number,
  unit: number | null,
  agent: number | null,
  requests: number,
  input: number | null,
  cacheRead: number | null,
  cacheWrite5m: number | null,
  cacheWrite1h: number | null,
  output: number | null,
  reasoning: number | null,
  latency: number | null,
  date: string | null,
  stated: Pico,
  statedText: string | null,
  computed: Pico,
  day: number,
  days: number,
  isCounted: number,
];

/** Events of any recording, or of those of one role or source; of closed periods, too, or not. */
export interface EventSelection extends PriceSelection, Partial<Pick<RecordedSelection, 'of'>> {
  readonly closed: 'read' | 'left out';
}

const OWN = [
  ...['ts', 'recording', 'id', 'until', 'facet', 'origin', 'unit', 'agent', 'requests', 'input', 'cache_read'],
  ...['cache_write_5m', 'cache_write_1h', 'output', 'reasoning', 'latency_ms'],
];

const pico = (amount: string): string =>
  `iif(${amount} BETWEEN -9007199254740991 AND 9007199254740991, ${amount}, CAST(${amount} AS TEXT))`;

/** `$page` events of a selection after `($ts, $recording, $id)`, not later than `$latest`. */
export function pricedRowsSql(db: Database, selection: EventSelection): string {
  const day = localDaySql(db, selection.window.timeZone);
  const open = selection.closed === 'read' ? '' : ` AND ${notClosed(db, 'e')}`;
  const condition = `${selectedSql(selection)}${open}`;
  const columns = {
    ...Object.fromEntries(OWN.map((name) => [name, `e.${name}`])),
    date: 'e.day',
    stated: pico('coalesce(e.billed, e.claimed)'),
    stated_text: 'coalesce(e.billed_text, e.claimed_text)',
    computed: pico('e.computed'),
    day: `iif(e.day IS NULL, ${day('e.ts')}, ${dateDaySql('e.day')})`,
    days: daysSql(day),
  };
  if (!isSeenTwice(db)) return rowsSql({ ...columns, is_counted: '1' }, condition);
  const rows = rowsSql({ ...columns, total: totalOf('e'), claim_known: claimKnownSql('e') }, condition);
  return `SELECT ${Object.keys(columns).map((name) => `w.${name}`)}, ${countedOnce(db, day, 'w')} FROM (${rows}) w
    ORDER BY w.ts, w.recording, w.id`;
}

const rowsSql = (columns: Readonly<Record<string, string>>, condition: string): string => `
  SELECT ${Object.entries(columns).map(([name, expression]) => `${expression} AS ${name}`)} FROM event e
  WHERE (ts, recording, id) > ($ts, $recording, $id) AND ${condition}
  ORDER BY e.ts, e.recording, e.id LIMIT $page`;

/** That an event is one of a selection; of its parameters see `selectionValues`. */
export const selectedSql = (selection: PriceSelection & Partial<RecordedSelection>): string =>
  conditions(selection).join(' AND ');

const conditions = ({
  window,
  models,
  providers,
  accounts,
  of,
}: PriceSelection & Partial<RecordedSelection>): string[] => [
  inWindow(window),
  ...(window.to === null ? [] : ['ts <= $latest']),
  `facet IN (SELECT id FROM facet WHERE charge = (SELECT id FROM charge WHERE name = 'usage')
    ${models === null ? '' : `AND model IN (${idsOf('model', '$models')})`}
    ${providers === null ? '' : `AND provider IN (${idsOf('provider', '$providers')})`})`,
  ...(accounts === null
    ? []
    : ['recording IN (SELECT id FROM recording WHERE account IN (SELECT value FROM json_each($accounts)))']),
  ...(of === undefined ? [] : ['recording IN (SELECT id FROM recording WHERE role = $of OR source = $of)']),
];

const idsOf = (table: 'model' | 'provider', names: string): string =>
  `SELECT id FROM ${table} WHERE name IN (SELECT value FROM json_each(${names}))`;

/** The first instant of a date, in any zone, is within this of the same date's in any other. */
export const ZONES_APART_MS = 2 * 86_400_000;

/** Values for the names used in the SQL. */
export const selectionValues = ({
  window,
  models,
  providers,
  accounts,
  of,
}: PriceSelection & Partial<RecordedSelection>) => ({
  ...windowValues(window),
  ...(window.to === null ? {} : { latest: window.to + ZONES_APART_MS }),
  models: JSON.stringify(models ?? []),
  providers: JSON.stringify(providers ?? []),
  accounts: JSON.stringify(accounts ?? []),
  ...(of === undefined ? {} : { of }),
});
