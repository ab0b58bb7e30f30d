/** Which events a question is about, and what each of them amounts to: fixed SQL over `event e`, values bound by name. */

import type { CostChoice, Window } from '../../report/query.js';
import type { Database } from './load-driver.js';

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

/**
 * Engines, gateways and applications record in part, so the sources of one account are added; but a request that two
 * of them saw counts once: where more tokens were seen, then where a cost is claimed, then by the name of the source.
 * `1` where no such sources are.
 */
export function countedOnce(db: Database): string {
  const siblings = db.prepare(`SELECT 1 FROM recording mine JOIN recording other ON ${PARTIAL_SIBLINGS} LIMIT 1`);
  return siblings.get() === undefined ? '1' : COUNTED_ONCE;
}

/** Keys made by an importer (`~`) are of no request, so two sources cannot share one. */
const COUNTED_ONCE = `(substr(e.id, 1, 1) = '~' OR NOT EXISTS (
  SELECT 1 FROM recording mine JOIN recording other ON ${PARTIAL_SIBLINGS}
  JOIN event twin ON twin.recording = other.id AND twin.id = e.id
  WHERE mine.id = e.recording AND (${totalOf('twin')}, ifnull(${claimKnown('twin')}, 0), mine.source)
    > (${totalOf('e')}, ifnull(${claimKnown('e')}, 0), other.source)))`;
