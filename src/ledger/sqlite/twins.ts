/** Requests that two recordings of one account hold, which count once. */

import type { Database } from '../../load-driver.js';
import type { localDaySql } from './local-day-sql.js';
import { claimKnownSql, totalOf } from './usage-rows.js';

const PARTIAL_SIBLINGS = `mine.role IN ('engine', 'gateway', 'app')
  AND other.role = mine.role AND other.account = mine.account AND other.id <> mine.id`;

/** The order in which a report reads the roles of one account for tokens. */
const rank = (recording: string): string =>
  `CASE ${recording}.role WHEN 'meter' THEN 0 WHEN 'bill' THEN 1 WHEN 'gateway' THEN 2 WHEN 'app' THEN 3 ELSE 4 END`;

/** `other` is the view of the account's tokens that is read wherever it is, `mine` another one. Bills list no calls. */
const BETTER_VIEW = `other.account = mine.account AND mine.role <> 'bill' AND other.role <> 'bill'
  AND ${rank('other')} < ${rank('mine')}
  AND NOT EXISTS (SELECT 1 FROM recording top WHERE top.account = mine.account AND ${rank('top')} < ${rank('other')})`;

/** Whether any two recordings may hold the same request. */
export const isSeenTwice = (db: Database): boolean => pairExists(db, PARTIAL_SIBLINGS) || pairExists(db, BETTER_VIEW);

const pairExists = (db: Database, pair: string): boolean =>
  db.prepare(`SELECT 1 FROM recording mine JOIN recording other ON ${pair} LIMIT 1`).get() !== undefined;

/** Finding the twin of a request needs an index on ids, which a ledger without twins is spared. */
export function indexIdsIfSeenTwice(db: Database): void {
  if (isSeenTwice(db)) db.exec('CREATE INDEX IF NOT EXISTS event_id ON event (recording, id)');
}

/**
 * What counts of the events of `usageRows`, as an SQL condition over `row`.
 *
 * Engines, gateways and applications record in part, so the sources of one account are added; but a request that two
 * of them saw counts once: where more tokens were seen, then where a cost is claimed, then by the name of the source.
 *
 * A report reads one view of an account's tokens per day. Two views may date one request on two days (begun before
 * midnight, metered after it); it counts on the day of the view that is read first.
 */
export function countedOnce(db: Database, day: ReturnType<typeof localDaySql>, row: string): string {
  const conditions = [
    ...(pairExists(db, PARTIAL_SIBLINGS) ? [notBetterSeen(PARTIAL_SIBLINGS, betterSeen(row), row)] : []),
    ...(pairExists(db, BETTER_VIEW) ? [notBetterSeen(BETTER_VIEW, seenOnAnotherDay(day, row), row)] : []),
  ];
  return conditions.length === 0 ? '1' : `(substr(${row}.id, 1, 1) = '~' OR (${conditions.join(' AND ')}))`;
}

const betterSeen = (row: string): string => `(${totalOf('twin')}, ifnull(${claimKnownSql('twin')}, 0), mine.source)
    > (${row}.total, ifnull(${row}.claim_known, 0), other.source)`;

const seenOnAnotherDay = (day: (ts: string) => string, row: string): string =>
  `twin.until IS NULL AND ${totalOf('twin')} > 0 AND ${day('twin.ts')} <> ${row}.day`;

/**
 * Keys made by an importer (`~`) are of no request, so two recordings cannot share one. The few recordings come first
 * (`CROSS JOIN` keeps the order), so that each twin is found by its key: SQLite may choose to scan all events for each.
 */
const notBetterSeen = (pair: string, where: string, row: string): string => `NOT EXISTS (
  SELECT 1 FROM recording mine CROSS JOIN recording other ON ${pair}
  CROSS JOIN event twin ON twin.recording = other.id AND twin.id = ${row}.id
  WHERE mine.id = ${row}.recording AND ${where})`;
