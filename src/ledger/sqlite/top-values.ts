/** Which agents a report of the first rows needs apart. */

import type { Database } from '../../load-driver.js';
import type { CellQuery, CostChoice } from '../../report/query.js';
import { filters, TOTAL } from './cell-sql.js';
import { COSTS } from './cost-sql.js';
import type { UsageRows } from './usage-rows.js';

export interface TopValues {
  /** `agent_id` of those that can be among the first rows: all whose figure is not below that of the last of them. */
  readonly kept: readonly bigint[];
  /** How many others there are. */
  readonly others: number;
}

/** Rows from which on cells are read one by one; and how many more than those asked for may equal the last of them. */
const MOST_ROWS = 1_000;
const MOST_EQUAL = 100;

type Ranked = { value: bigint; high: bigint; low: bigint };

/** `null` where all cells are to be read one by one: asked for, few, alike, or kept in no rollup by agent alone. */
export function topValues(db: Database, rows: UsageRows, query: CellQuery, values: object): TopValues | null {
  const { top, by, latency } = query;
  if (top === null || top.rows > MOST_ROWS || latency || by.join() !== 'agent' || rows.from !== 'rollup_agent')
    return null;
  if (hasQuantities(db)) return null;
  const limit = top.rows + MOST_EQUAL;
  const ranked = db.prepare<unknown[], Ranked>(rankSql(rows, query, top.by, limit)).all(values);
  const last = ranked[top.rows - 1];
  if (last === undefined) return null;
  const kept = ranked.filter(({ high, low }) => (high === last.high ? low >= last.low : high > last.high));
  if (kept.length === limit) return null;
  const count = db.prepare<unknown[], bigint>(countSql(rows, query)).pluck().get(values)!;
  const others = Number(count) - kept.length;
  return others === 0 ? null : { kept: kept.map(({ value }) => value), others };
}

export const hasQuantities = (db: Database): boolean =>
  db.prepare('SELECT 1 FROM quantity LIMIT 1').get() !== undefined;

/** The figure in two limbs, the low one of 32 bits: amounts may not fit one number. */
function rankSql(rows: UsageRows, query: CellQuery, by: 'tokens' | 'cost', limit: number): string {
  const figure = by === 'tokens' ? `SUM(${TOTAL}) AS high, 0 AS low` : costLimbs(query.cost);
  const all = `SELECT u.agent_id AS value, ${figure} FROM (${rows.sql}) u WHERE 1 ${filters(query)} GROUP BY u.agent_id`;
  return `${by === 'tokens' && isUnfiltered(query) ? TOKENS : all} ORDER BY high DESC, low DESC LIMIT ${limit}`;
}

/** All tokens of all agents, without a look at the shapes: a class that was not reported is 0. */
const TOKENS = `
  SELECT agent AS value, SUM(input + cache_read + cache_write + output) AS high, 0 AS low FROM rollup_agent GROUP BY agent`;

const isUnfiltered = ({ units, models, filters }: CellQuery): boolean =>
  units === null && models === null && filters.length === 0;

function costLimbs(cost: CostChoice): string {
  const [high, low] = [`coalesce(SUM(${COSTS[cost].high}), 0)`, `coalesce(SUM(${COSTS[cost].low}), 0)`];
  return `${high} + (${low} >> 32) AS high, ${low} & 4294967295 AS low`;
}

const countSql = (rows: UsageRows, query: CellQuery): string =>
  isUnfiltered(query)
    ? 'SELECT COUNT(DISTINCT agent) FROM rollup_agent'
    : `SELECT COUNT(DISTINCT u.agent_id) FROM (${rows.sql}) u WHERE 1 ${filters(query)}`;
