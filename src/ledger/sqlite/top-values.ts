/** Which agents or sessions a report of the first rows needs apart. */

import type { Database } from '../../load-driver.js';
import type { CellQuery, CostChoice } from '../../report/query.js';
import { conditions, TOTAL } from './cell-sql.js';
import { COSTS } from './cost-sql.js';
import { idOf, type UsageRows } from './usage-rows.js';

export interface TopValues {
  /** What they are of. */
  readonly of: TopColumn;
  /** Ids, 0 for none, of those that can be among the first rows: all whose figure is not below that of the last of them. */
  readonly kept: readonly bigint[];
  /** How many others there are. */
  readonly others: number;
}

/** Dimensions of which there may be millions. */
const COLUMNS = ['agent', 'session'] as const;
export type TopColumn = (typeof COLUMNS)[number];

/** Rows from which on cells are read one by one; and how many more than those asked for may equal the last of them. */
const MOST_ROWS = 1_000;
const MOST_EQUAL = 100;

type Ranked = { value: bigint; high: bigint; low: bigint };

/** `null` where all cells are to be read one by one: asked for, few, alike, of other dimensions, or perhaps too large to be added in SQL. */
export function topValues(db: Database, rows: UsageRows, query: CellQuery, values: object): TopValues | null {
  const { top, by, latency } = query;
  const of = COLUMNS.find((name) => name === by.join());
  if (top === null || top.rows > MOST_ROWS || latency || of === undefined || !rows.fits) return null;
  const asked = { ...query, of, figure: top.by };
  const limit = top.rows + MOST_EQUAL;
  const ranked = db.prepare<unknown[], Ranked>(rankSql(rows, asked, limit)).all(values);
  const last = ranked[top.rows - 1];
  if (last === undefined) return null;
  const kept = ranked.filter(({ high, low }) => (high === last.high ? low >= last.low : high > last.high));
  if (kept.length === limit) return null;
  const count = db.prepare<unknown[], bigint>(countSql(rows, asked)).pluck().get(values)!;
  const others = Number(count) - kept.length;
  return others === 0 ? null : { of, kept: kept.map(({ value }) => value), others };
}

export const hasQuantities = (db: Database): boolean =>
  db.prepare('SELECT 1 FROM quantity LIMIT 1').get() !== undefined;

interface Ranking extends CellQuery {
  readonly of: TopColumn;
  readonly figure: 'tokens' | 'cost';
}

/** The figure in two limbs, the low one of 32 bits: amounts may not fit one number. */
function rankSql(rows: UsageRows, query: Ranking, limit: number): string {
  const figure = query.figure === 'tokens' ? `SUM(${TOTAL}) AS high, 0 AS low` : costLimbs(query.cost);
  const all = `SELECT ${idOf(query.of, 'u')} AS value, ${figure} FROM (${rows.sql}) u ${conditions(rows, query)} GROUP BY 1`;
  return `${query.figure === 'tokens' && isWhole(rows, query) ? TOKENS : all} ORDER BY high DESC, low DESC LIMIT ${limit}`;
}

/** All tokens of all agents, without a look at the shapes: a class that was not reported is 0. */
const TOKENS = `
  SELECT agent AS value, SUM(input + cache_read + cache_write + output) AS high, 0 AS low FROM rollup_agent GROUP BY agent`;

const isWhole = ({ from }: UsageRows, { units, models, filters }: CellQuery): boolean =>
  from === 'rollup_agent' && units === null && models === null && filters.length === 0;

function costLimbs(cost: CostChoice): string {
  const [high, low] = [`coalesce(SUM(${COSTS[cost].high}), 0)`, `coalesce(SUM(${COSTS[cost].low}), 0)`];
  return `${high} + (${low} >> 32) AS high, ${low} & 4294967295 AS low`;
}

const countSql = (rows: UsageRows, query: Ranking): string =>
  isWhole(rows, query)
    ? 'SELECT COUNT(DISTINCT agent) FROM rollup_agent'
    : `SELECT COUNT(DISTINCT ${idOf(query.of, 'u')}) FROM (${rows.sql}) u ${conditions(rows, query)}`;
