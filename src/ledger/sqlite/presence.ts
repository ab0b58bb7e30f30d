import type { Database } from '../../load-driver.js';
import type { Grain, Holding, Presence } from '../../report/cell.js';
import type { CostChoice, Window } from '../../report/query.js';
import type { Recording } from '../../usage/recording.js';
import { COSTS, countedOnce, eventsOfWindow, FOREIGN_BUCKET, GRAIN, totalOf, windowValues } from './selection.js';
import { type SumRow, sum, sumColumns } from './sums.js';

type PresenceRow = SumRow &
  Recording & {
    day: string;
    grain: Grain;
    is_twin: bigint;
    currency: string | null;
    events: bigint;
    billed_events: bigint;
    foreign_buckets: bigint;
  };

/** What each recording holds for each day of a window, requests and buckets apart. */
export function readPresence(db: Database, window: Window, cost: CostChoice): Presence[] {
  const rows = db.prepare<unknown[], PresenceRow>(presenceSql(db, window, cost)).all(windowValues(window));
  const views = new Map<string, Presence>();
  for (const row of rows) {
    const key = JSON.stringify([row.role, row.source, row.account, row.day, row.grain]);
    views.set(key, withRow(views.get(key) ?? nothingOf(row), row));
  }
  return [...views.values()];
}

const NOTHING: Holding = { events: 0n, tokens: 0n, cost: {} };

const nothingOf = ({ role, source, account, day, grain }: PresenceRow): Presence => ({
  recording: { role, source, account },
  day,
  grain,
  ...NOTHING,
  billedEvents: 0n,
  twins: NOTHING,
  foreignBuckets: 0n,
});

/** Rows of one recording, day and grain differ in currency, and in whether they are twins. */
const withRow = (before: Presence, row: PresenceRow): Presence =>
  row.is_twin === 1n
    ? { ...before, twins: holdingWith(before.twins, row) }
    : {
        ...before,
        ...holdingWith(before, row),
        billedEvents: before.billedEvents + row.billed_events,
        foreignBuckets: before.foreignBuckets + row.foreign_buckets,
      };

const holdingWith = ({ events, tokens, cost }: Holding, row: PresenceRow): Holding => ({
  events: events + row.events,
  tokens: tokens + sum(row, 'tokens'),
  cost: row.currency === null ? cost : { ...cost, [row.currency]: (cost[row.currency] ?? 0n) + sum(row, 'cost') },
});

const presenceSql = (db: Database, window: Window, cost: CostChoice): string => `
  SELECT r.role, r.source, r.account, g.*, c.name AS currency
  FROM (
    SELECT e.recording AS recording, e.on_day AS day, ${GRAIN} AS grain, NOT (${countedOnce(db)}) AS is_twin,
      ${COSTS[cost].currency} AS cost_currency, COUNT(*) AS events, COUNT(e.billed) AS billed_events,
      SUM(${FOREIGN_BUCKET}) AS foreign_buckets,
      ${sumColumns('tokens', totalOf('e'))}, ${sumColumns('cost', COSTS[cost].amount)}
    FROM (${eventsOfWindow(window)}) e
    GROUP BY e.recording, e.on_day, e.day IS NULL, is_twin, cost_currency
  ) g
  JOIN recording r ON r.id = g.recording
  LEFT JOIN currency c ON c.id = g.cost_currency
  ORDER BY r.role, r.source, r.account, g.day, g.grain, g.is_twin, currency`;
