import type { Database } from '../../load-driver.js';
import type { Holding, Presence } from '../../report/cell.js';
import type { Grain } from '../../report/grain.js';
import type { CostChoice, Window } from '../../report/query.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import { TOTAL } from './cell-sql.js';
import { COSTS } from './cost-sql.js';
import { dayTexts } from './day-texts.js';
import { rowObjects } from './row-objects.js';
import { plainSum, type SumRow, sum, sumColumns, sumLimbs } from './sums.js';
import { type UsageRows, usageRows, windowValues } from './usage-rows.js';

type PresenceRow = SumRow &
  Recording & {
    recording: bigint;
    day: bigint;
    days: bigint;
    grain: Grain;
    charge: Charge;
    is_twin: bigint;
    currency: string | null;
    events: bigint;
    billed_events: bigint;
    foreign_buckets: bigint;
  };

/** What each recording holds for each day of a window, requests and buckets, usage and other charges apart. */
export function readPresence(db: Database, window: Window, cost: CostChoice): Presence[] {
  const sql = presenceSql(usageRows(db, window, [], 'each'), cost);
  const textOf = dayTexts();
  const views: Presence[] = [];
  let last: PresenceRow | null = null;
  for (const row of rowObjects<PresenceRow>(db, sql, windowValues(window))) {
    const isMore = last !== null && isOfOneView(last, row);
    const before = isMore ? views.pop()! : nothingOf(row, textOf(row.day, row.grain, row.days));
    views.push(withRow(before, row));
    last = row;
  }
  return views;
}

/** Buckets of several days are told apart by their last one, too. */
const isOfOneView = (a: PresenceRow, b: PresenceRow): boolean =>
  a.recording === b.recording &&
  a.day === b.day &&
  a.grain === b.grain &&
  a.charge === b.charge &&
  (a.grain !== 'range' || a.days === b.days);

const NOTHING: Holding = { events: 0n, tokens: 0n, cost: {} };

const nothingOf = ({ role, source, account, grain, charge }: PresenceRow, day: string): Presence => ({
  recording: { role, source, account },
  day,
  grain,
  charge,
  ...NOTHING,
  billedEvents: 0n,
  twins: NOTHING,
  foreignBuckets: 0n,
});

/** Rows of one recording, day, grain and charge differ in currency, and in whether they are twins. */
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

const presenceSql = ({ sql, fits, from }: UsageRows, cost: CostChoice): string => `
  SELECT r.role, r.source, r.account, g.*, ch.name AS charge, c.name AS currency
  FROM (
    SELECT u.recording, u.day, u.days, u.grain, u.charge AS charge_id, ${from === 'events' ? 'NOT u.is_counted' : '0'} AS is_twin,
      ${COSTS[cost].currency} AS cost_currency, SUM(u.events) AS events,
      SUM(iif(u.billed_currency IS NULL, 0, u.events)) AS billed_events,
      SUM(u.is_foreign * u.events) AS foreign_buckets,
      ${fits ? plainSum('tokens', TOTAL) : sumColumns('tokens', TOTAL)},
      ${sumLimbs('cost', COSTS[cost].high, COSTS[cost].low)}
    FROM (${sql}) u
    GROUP BY u.recording, u.day, u.days, u.grain, charge_id, is_twin, cost_currency
  ) g
  JOIN recording r ON r.id = g.recording
  JOIN charge ch ON ch.id = g.charge_id
  LEFT JOIN currency c ON c.id = g.cost_currency
  ORDER BY r.role, r.source, r.account, g.day, g.grain, charge, iif(g.grain = 'range', g.days, 0), g.is_twin, currency`;
