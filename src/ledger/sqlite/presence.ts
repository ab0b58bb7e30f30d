import type { Presence } from '../../report/cell.js';
import type { CostChoice, Window } from '../../report/query.js';
import type { Recording } from '../../usage/recording.js';
import type { Database } from './load-driver.js';
import { COSTS, countedOnce, eventsOfWindow, totalOf, windowValues } from './selection.js';
import { type SumRow, sum, sumColumns } from './sums.js';

type PresenceRow = SumRow &
  Recording & {
    day: string;
    grain: 'request' | 'day';
    currency: string | null;
    events: bigint;
    billed_events: bigint;
  };

/** What each recording holds for each day of a window, requests and buckets apart. */
export function readPresence(db: Database, window: Window, cost: CostChoice): Presence[] {
  const rows = db.prepare<unknown[], PresenceRow>(presenceSql(db, window, cost)).all(windowValues(window));
  const days = new Map<string, Presence>();
  for (const row of rows) {
    const key = JSON.stringify([row.role, row.source, row.account, row.day, row.grain]);
    days.set(key, withRow(days.get(key), row));
  }
  return [...days.values()];
}

/** Rows of one recording, day and grain differ in currency only. */
function withRow(before: Presence | undefined, row: PresenceRow): Presence {
  const { role, source, account, day, grain, currency } = row;
  return {
    recording: { role, source, account },
    day,
    grain,
    events: (before?.events ?? 0n) + row.events,
    tokens: (before?.tokens ?? 0n) + sum(row, 'tokens'),
    billedEvents: (before?.billedEvents ?? 0n) + row.billed_events,
    cost: { ...before?.cost, ...(currency === null ? {} : { [currency]: sum(row, 'cost') }) },
  };
}

const presenceSql = (db: Database, window: Window, cost: CostChoice): string => `
  SELECT r.role, r.source, r.account, g.*, c.name AS currency
  FROM (
    SELECT e.recording AS recording, e.on_day AS day, iif(e.day IS NULL, 'request', 'day') AS grain,
      ${COSTS[cost].currency} AS cost_currency, COUNT(*) AS events, COUNT(e.billed) AS billed_events,
      ${sumColumns('tokens', totalOf('e'))}, ${sumColumns('cost', COSTS[cost].amount)}
    FROM (${eventsOfWindow(window)}) e
    WHERE ${countedOnce(db)}
    GROUP BY e.recording, e.on_day, e.day IS NULL, cost_currency
  ) g
  JOIN recording r ON r.id = g.recording
  LEFT JOIN currency c ON c.id = g.cost_currency
  ORDER BY r.role, r.source, r.account, g.day, g.grain, currency`;
