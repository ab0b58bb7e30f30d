/** Which events a question is about, and what each of them amounts to: fixed SQL over `event e`, values bound by name. */

import type { Database } from '../../load-driver.js';
import type { CostChoice, Window } from '../../report/query.js';

/** Tokens of one event, all classes; those not reported add nothing. */
export const totalOf = (e: string): string =>
  `(coalesce(${e}.input, 0) + coalesce(${e}.cache_read, 0) + coalesce(${e}.cache_write_5m, 0) +
    coalesce(${e}.cache_write_1h, 0) + coalesce(${e}.output, 0))`;

const used = (e: string): string => `CASE WHEN ${totalOf(e)} > 0 THEN 1 ELSE EXISTS (
  SELECT 1 FROM quantity q WHERE q.recording = ${e}.recording AND q.id = ${e}.id AND q.value <> 0) END`;

/** 1 when the event used tokens or any other quantity. */
export const USED = used('e');

/** 1 for a daily bucket whose day begins at another instant than the same date does in the window's zone. */
export const FOREIGN_BUCKET = `(e.day IS NOT NULL AND NOT
  (local_day(e.ts, $timeZone) = e.day AND local_day(e.ts - 1, $timeZone) < e.day))`;

/** Whether the event is a single request or a daily bucket of them. */
export const GRAIN = "iif(e.day IS NULL, 'request', 'day')";

/** An amount in pico-units, the id of its currency, and the kind it is; all NULL when the event has none. */
interface CostSql {
  readonly amount: string;
  readonly currency: string;
  readonly kind: string;
}

const plain = (kind: 'billed' | 'computed'): CostSql => ({
  amount: `e.${kind}`,
  currency: `e.${kind}_currency`,
  kind: `CASE WHEN e.${kind} IS NOT NULL THEN '${kind}' END`,
});

/** A claimed 0 of an event that used something is not a price of 0 but an unknown one. */
const claimKnown = (e: string): string =>
  `(${e}.claimed <> 0 OR (${e}.claimed = 0 AND (${e}.claimed_text IS NOT NULL OR NOT (${used(e)}))))`;
const CLAIM_KNOWN = claimKnown('e');

export const COSTS: Readonly<Record<CostChoice, CostSql>> = {
  billed: plain('billed'),
  computed: plain('computed'),
  claimed: {
    amount: `CASE WHEN ${CLAIM_KNOWN} THEN e.claimed END`,
    currency: `CASE WHEN ${CLAIM_KNOWN} THEN e.claimed_currency END`,
    kind: `CASE WHEN ${CLAIM_KNOWN} THEN 'claimed' END`,
  },
  auto: {
    amount: 'coalesce(e.billed, e.computed)',
    currency: 'coalesce(e.billed_currency, e.computed_currency)',
    kind: `CASE WHEN e.billed IS NOT NULL THEN 'billed' WHEN e.computed IS NOT NULL THEN 'computed' END`,
  },
};

/** Values for the names used in `eventsOfWindow`. */
export const windowValues = ({ from, to, firstDay, lastDay, timeZone }: Window) => ({
  from,
  to,
  firstDay,
  lastDay,
  timeZone,
});

/**
 * The events of a window with their local day as `on_day`: requests by their instant, in the window's zone; buckets
 * by their own calendar date. Two branches, so that each finds its rows by an index.
 */
export const eventsOfWindow = ({ from, to, firstDay, lastDay }: Window): string => `
  SELECT *, local_day(ts, $timeZone) AS on_day FROM event WHERE day IS NULL
    ${from === null ? '' : 'AND ts >= $from'} ${to === null ? '' : 'AND ts < $to'}
  UNION ALL
  SELECT *, day AS on_day FROM event WHERE day IS NOT NULL
    ${firstDay === null ? '' : 'AND day >= $firstDay'} ${lastDay === null ? '' : 'AND day <= $lastDay'}`;

const PARTIAL_SIBLINGS = `mine.role IN ('engine', 'gateway', 'app')
  AND other.role = mine.role AND other.account = mine.account AND other.id <> mine.id`;

/** The order in which a report reads the roles of one account for tokens. */
const rank = (recording: string): string =>
  `CASE ${recording}.role WHEN 'meter' THEN 0 WHEN 'bill' THEN 1 WHEN 'gateway' THEN 2 WHEN 'app' THEN 3 ELSE 4 END`;

/** `other` is the view of the account's tokens that is read wherever it is, `mine` another one. Bills list no calls. */
const BETTER_VIEW = `other.account = mine.account AND mine.role <> 'bill' AND other.role <> 'bill'
  AND ${rank('other')} < ${rank('mine')}
  AND NOT EXISTS (SELECT 1 FROM recording top WHERE top.account = mine.account AND ${rank('top')} < ${rank('other')})`;

/**
 * What counts of the events of `eventsOfWindow`.
 *
 * Engines, gateways and applications record in part, so the sources of one account are added; but a request that two
 * of them saw counts once: where more tokens were seen, then where a cost is claimed, then by the name of the source.
 *
 * A report reads one view of an account's tokens per day. Two views may date one request on two days (begun before
 * midnight, metered after it); it counts on the day of the view that is read first.
 */
export function countedOnce(db: Database): string {
  const exists = (pair: string) =>
    db.prepare(`SELECT 1 FROM recording mine JOIN recording other ON ${pair} LIMIT 1`).get();
  const conditions = [
    ...(exists(PARTIAL_SIBLINGS) === undefined ? [] : [notBetterSeen(PARTIAL_SIBLINGS, BETTER_SEEN)]),
    ...(exists(BETTER_VIEW) === undefined ? [] : [notBetterSeen(BETTER_VIEW, SEEN_ON_ANOTHER_DAY)]),
  ];
  return conditions.length === 0 ? '1' : `(substr(e.id, 1, 1) = '~' OR (${conditions.join(' AND ')}))`;
}

const BETTER_SEEN = `(${totalOf('twin')}, ifnull(${claimKnown('twin')}, 0), mine.source)
    > (${totalOf('e')}, ifnull(${claimKnown('e')}, 0), other.source)`;

const SEEN_ON_ANOTHER_DAY = `twin.day IS NULL AND ${totalOf('twin')} > 0 AND local_day(twin.ts, $timeZone) <> e.on_day`;

/** Keys made by an importer (`~`) are of no request, so two recordings cannot share one. */
const notBetterSeen = (pair: string, where: string): string => `NOT EXISTS (
  SELECT 1 FROM recording mine JOIN recording other ON ${pair}
  JOIN event twin ON twin.recording = other.id AND twin.id = e.id
  WHERE mine.id = e.recording AND ${where})`;
