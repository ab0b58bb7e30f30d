/**
 * What reports add up: rows of one form, whether they are read from the events or from the rollups kept at import.
 * A class of tokens no event of the row reported is NULL, and so is an amount without currency.
 */

import type { Database } from '../../load-driver.js';
import { ACTIVITY } from '../../pricing/priceable.js';
import { dayNumber, dayText, localDays } from '../../report/local-days.js';
import type { CellQuery, Window } from '../../report/query.js';
import { cutEvents } from './cut-events.js';
import { readHomeZone } from './home-zone.js';
import { dateDaySql, localDaySql } from './local-day-sql.js';
import { countedOnce, isSeenTwice } from './twins.js';

/** Tokens of one event, all classes; those not reported add nothing. */
export const totalOf = (e: string): string =>
  `(coalesce(${e}.input, 0) + coalesce(${e}.cache_read, 0) + coalesce(${e}.cache_write_5m, 0) +
    coalesce(${e}.cache_write_1h, 0) + coalesce(${e}.output, 0))`;

/** 1 when the event used tokens or any other quantity; what an agent did is none. */
export const usedSql = (e: string): string => `CASE WHEN ${totalOf(e)} > 0 THEN 1 ELSE EXISTS (
  SELECT 1 FROM quantity q WHERE q.ts = ${e}.ts AND q.recording = ${e}.recording AND q.id = ${e}.id AND q.value <> 0
    AND q.name NOT IN (${ACTIVITY.map((name) => `'${name}'`).join()})) END`;

/** A claimed 0 of an event that used something is not a price of 0 but an unknown one. */
export const claimKnownSql = (e: string): string =>
  `(${e}.claimed <> 0 OR (${e}.claimed = 0 AND (${e}.claimed_text IS NOT NULL OR NOT (${usedSql(e)}))))`;

const GRAIN = `CASE WHEN e.until IS NULL THEN 'request' WHEN e.until - e.ts <= 60000 THEN 'minute'
  WHEN e.until - e.ts <= 3600000 THEN 'hour' WHEN e.until - e.ts <= 90000000 THEN 'day' ELSE 'range' END`;

/** Calendar days of a bucket of several whole ones, or that another bucket touches; 0 for one day. */
export const daysSql = (day: (ts: string) => string): string => `CASE WHEN e.until IS NULL THEN 0
  WHEN e.day IS NOT NULL THEN iif(e.until - e.ts > 90000000, ${spanOf('e.until', 'e.ts')}, 0)
  WHEN ${day('(e.until - 1)')} > ${day('e.ts')} THEN ${day('(e.until - 1)')} - ${day('e.ts')} + 1 ELSE 0 END`;

/** `spanDays` of a bucket of several whole days. */
const spanOf = (until: string, ts: string): string => `max(2, CAST((${until} - ${ts}) / 86400000.0 + 0.5 AS INTEGER))`;

const cacheWrite = `CASE WHEN e.cache_write_5m IS NULL AND e.cache_write_1h IS NULL THEN NULL
  ELSE coalesce(e.cache_write_5m, 0) + coalesce(e.cache_write_1h, 0) END`;

const limbs = (name: string): string => `e.${name} >> 32 AS ${name}_high, e.${name} & 4294967295 AS ${name}_low`;

/** Rows of a window, and the columns of the event they may also be grouped and filtered by. */
export interface UsageRows {
  /** A SELECT to stand in parentheses. */
  readonly sql: string;
  /** Whether sums of counts are sure to fit 64 bits. */
  readonly fits: boolean;
  /** Which columns there are: all of the event's, or those of a rollup. */
  readonly from: 'events' | keyof typeof ROLLUP_KEYS;
}

/** Columns a question needs beside recording, day and currency. */
export type RowColumn = 'unit' | 'model' | 'provider' | 'agent' | 'event';

/**
 * The rows that answer a question about a window: those of a rollup where one has all that is needed, in the home zone
 * and over whole days, and where no request may be in the ledger twice; else the events themselves.
 */
export function usageRows(
  db: Database,
  window: Window,
  needs: readonly RowColumn[],
  days: CellQuery['days'],
): UsageRows {
  const kept = keepsDaysOf(db, window) && !isSeenTwice(db);
  const fits = readHomeZone(db)?.exact === true;
  const from = kept ? rollupFor(window, needs, days) : null;
  return from === null
    ? { sql: eventSql(db, window), fits, from: 'events' }
    : { sql: rollupSql(from, window), fits, from };
}

/** By day and model where no unit is needed, which are few; else the smallest that has all that is needed. */
function rollupFor(
  window: Window,
  needs: readonly RowColumn[],
  days: CellQuery['days'],
): keyof typeof ROLLUP_KEYS | null {
  const needsOnly = (...columns: readonly RowColumn[]) => needs.every((column) => columns.includes(column));
  if (needsOnly('model', 'provider')) return 'rollup_day';
  if (needsOnly('agent') && days === 'all' && isAllTime(window)) return 'rollup_agent';
  if (!needsOnly('unit', 'model', 'provider')) return null;
  return days !== 'each' && isWholeMonths(window) ? 'rollup_month' : 'rollup_unit';
}

/** The id of the agent or session of a row, 0 where there is none. */
export const idOf = (column: 'agent' | 'session', row: string): string => `coalesce(${row}.${column}, 0)`;

/** Those of some agents or sessions, by `idOf`. */
export const rowsOfSome = (rows: UsageRows, column: 'agent' | 'session', ids: readonly bigint[]): UsageRows => ({
  ...rows,
  sql: `SELECT * FROM (${rows.sql}) some WHERE ${idOf(column, 'some')} IN (${ids.join()})`,
});

/** Whether the rollups have the days of a window: those of the home zone, whole. */
export function keepsDaysOf(db: Database, window: Window): boolean {
  const home = readHomeZone(db);
  return home?.exact === true && home.timeZone === window.timeZone && window.only === undefined && isWholeDays(window);
}

/** Of a window of whole days: whether its first and last are those of months. */
const isWholeMonths = ({ firstDay, lastDay }: Window): boolean =>
  (firstDay === null || firstDay.endsWith('-01')) &&
  (lastDay === null || dayText(dayNumber(lastDay) + 1).endsWith('-01'));

const isAllTime = ({ from, to }: Window): boolean => from === null && to === null;

/** Whether both edges, where there are any, are the first instants of days of its zone. */
function isWholeDays({ from, to, firstDay, lastDay, timeZone }: Window): boolean {
  const dayOf = localDays();
  const startsWhole = from === null || (dayOf(from, timeZone) === firstDay && dayOf(from - 1, timeZone) < firstDay);
  return startsWhole && (to === null || (dayOf(to - 1, timeZone) === lastDay && dayOf(to, timeZone) > lastDay));
}

const ROLLUP_KEYS = {
  rollup_unit: 'r.day, nullif(r.unit, 0) AS unit, r.model, r.provider,',
  rollup_month: 'r.day, nullif(r.unit, 0) AS unit, r.model, r.provider,',
  rollup_day: 'r.day, r.model, r.provider,',
  rollup_agent: 'NULL AS day, nullif(r.agent, 0) AS agent,',
} as const;

const rollupSql = (table: keyof typeof ROLLUP_KEYS, { firstDay, lastDay }: Window): string => `
  SELECT ${ROLLUP_KEYS[table]} r.recording, s.days, s.grain, s.is_foreign, s.is_used, s.is_assigned, s.charge, s.is_covered,
    r.events, r.requests, iif(s.reported & 1, r.input, NULL) AS input, iif(s.reported & 2, r.cache_read, NULL) AS cache_read,
    iif(s.reported & 4, r.cache_write, NULL) AS cache_write, iif(s.reported & 8, r.output, NULL) AS output,
    iif(s.reported & 16, r.reasoning, NULL) AS reasoning, s.billed_currency, s.claimed_currency, s.computed_currency,
    r.billed_high, r.billed_low, r.claimed_high, r.claimed_low, r.computed_high, r.computed_low
  FROM ${table} r JOIN shape s ON s.id = r.shape
  WHERE 1 ${firstDay === null ? '' : `AND r.day >= ${dateDaySql('$firstDay')}`}
    ${lastDay === null ? '' : `AND r.day + max(s.days, 1) - 1 <= ${dateDaySql('$lastDay')}`}`;

/** 1 for a bucket of a calendar date that is no whole day of the zone. */
export const isForeignSql = (day: (ts: string) => string): string =>
  `(e.day IS NOT NULL AND NOT (${day('e.ts')} = ${dateDaySql('e.day')} AND ${day('(e.ts - 1)')} < ${dateDaySql('e.day')}))`;

/** Every event of the window, counted once, with its own columns. */
export function eventSql(db: Database, window: Window): string {
  const day = localDaySql(db, window.timeZone);
  const once = countedOnce(db, day, 'w');
  return `
  SELECT w.*, f.model, f.provider, f.mode, f.status, f.charge, f.price, f.unpriced, coalesce(f.basis = (SELECT id FROM basis WHERE name = 'plan'), 0) AS is_covered,
    ${once} AS is_counted, iif(w.billed IS NULL, NULL, f.billed_currency) AS billed_currency,
    iif(w.claim_known, f.claimed_currency, NULL) AS claimed_currency,
    iif(w.computed IS NULL, NULL, f.computed_currency) AS computed_currency
  FROM (
    SELECT e.ts, e.id, e.until, e.day AS date, e.facet, e.origin, e.agent, e.session, e.unit, e.recording, e.latency_ms,
      e.billed, e.claimed, e.computed,
      iif(e.day IS NULL, ${day('e.ts')}, ${dateDaySql('e.day')}) AS day, ${daysSql(day)} AS days, ${GRAIN} AS grain,
      ${isForeignSql(day)} AS is_foreign, ${usedSql('e')} AS is_used, e.unit IS NOT NULL AS is_assigned, ${totalOf('e')} AS total,
      1 AS events, e.requests, e.input, e.cache_read, e.cache_write_5m, e.cache_write_1h, ${cacheWrite} AS cache_write,
      e.output, e.reasoning, e.import, e.record,
      ${claimKnownSql('e')} AS claim_known, ${limbs('billed')}, ${limbs('claimed')}, ${limbs('computed')}
    FROM (${window.only === 'cut' ? cutEvents(db, window) : eventsOfWindow(window)}) e
  ) w JOIN facet f ON f.id = w.facet`;
}

/** Values for the names used in the SQL. */
export const windowValues = ({ from, to, firstDay, lastDay, timeZone }: Window) => ({
  ...{ from, to, firstDay, lastDay, timeZone },
});

/**
 * The events of a window: requests by their instant; buckets that lie in it whole, those of whole days by their own
 * calendar dates. Two branches, so that each finds its rows by an index.
 */
export const eventsOfWindow = (window: Window): string => `
  SELECT * FROM event WHERE ${byInstant(window)}
  UNION ALL
  SELECT * FROM event WHERE ${byDate(window)}`;

/** The same as a condition, for a question that goes through the events in order of time anyway. */
export const inWindow = (window: Window): string => insideSql(window, BOUND);

/** How a condition names columns of the event and values of the window. */
interface Spelling {
  readonly column: (name: 'day' | 'ts' | 'until') => string;
  readonly value: (name: 'from' | 'to' | 'firstDay' | 'lastDay') => string;
}

const BOUND: Spelling = { column: (name) => name, value: (name) => `$${name}` };

/** That an event is of a window, for statements with names of their own. */
export const insideSql = (window: Window, spelling: Spelling): string =>
  `((${byInstant(window, spelling)}) OR (${byDate(window, spelling)}))`;

function byInstant({ from, to }: Window, { column, value }: Spelling = BOUND): string {
  const [day, ts, until] = [column('day'), column('ts'), column('until')];
  return `${day} IS NULL
    ${from === null ? '' : `AND ${ts} >= ${value('from')}`}
    ${to === null ? '' : `AND ${ts} < ${value('to')} AND (${until} IS NULL OR ${until} <= ${value('to')})`}`;
}

function byDate({ firstDay, lastDay }: Window, { column, value }: Spelling = BOUND): string {
  const [day, ts, until] = [column('day'), column('ts'), column('until')];
  const last = value('lastDay');
  return `${day} IS NOT NULL
    ${firstDay === null ? '' : `AND ${day} >= ${value('firstDay')}`}
    ${
      lastDay === null
        ? ''
        : `AND ${day} <= ${last} AND (${until} - ${ts} <= 90000000
      OR ${dateDaySql(day)} + ${spanOf(until, ts)} - 1 <= ${dateDaySql(last)})`
    }`;
}
