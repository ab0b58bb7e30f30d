import type { Database } from '../../load-driver.js';
import { offsetRunsBetween } from '../../report/offset-runs.js';

const DAY_MS = 86_400_000;
/** Days that a bucket may be long without being known to the totals. */
const LONG_BUCKET = 400;

/**
 * The local day of an instant in SQL, as days since 1970-01-01: an addition where the zone keeps its offset over all
 * events of the ledger, to the end of the last bucket, else a choice among its offsets.
 *
 * @param ts  an SQL expression, ms since 1970 UTC
 */
export function localDaySql(db: Database, timeZone: string): (ts: string) => string {
  const span = db
    .prepare<unknown[], { first: number | null; last: number | null; days: number | null }>(
      `SELECT (SELECT min(ts) FROM event) AS first, (SELECT max(ts) FROM event) AS last,
         (SELECT max(days) FROM shape) AS days`,
    )
    .safeIntegers(false)
    .get()!;
  const until = (span.last ?? 0) + (Math.max(LONG_BUCKET, span.days ?? 0) + 2) * DAY_MS;
  const runs = offsetRunsBetween((span.first ?? 0) - DAY_MS, until, timeZone);
  const last = runs.at(-1)!;
  return (ts) => {
    const choices = runs.slice(0, -1).map(({ until, offset }) => `WHEN ${ts} < ${until} THEN ${offset}`);
    const offset = choices.length === 0 ? `${last.offset}` : `CASE ${choices.join(' ')} ELSE ${last.offset} END`;
    return `((${ts} + (${offset})) / ${DAY_MS})`;
  };
}

/** The day number of a calendar date. */
export const dateDaySql = (day: string): string => `CAST(julianday(${day}) - 2440587.5 AS INTEGER)`;

/** The first day of the month of a day, both as day numbers. */
export const firstOfMonthSql = (day: string): string =>
  `CAST(julianday(${day} + 2440587.5, 'start of month') - 2440587.5 AS INTEGER)`;
