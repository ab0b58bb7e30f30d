import type { Database } from '../../load-driver.js';
import type { Cell } from '../../report/cell.js';
import type { Grain } from '../../report/grain.js';
import type { LatencyHistogram } from '../../report/latency.js';
import type { CellQuery } from '../../report/query.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import { COSTS } from './cost-sql.js';
import { dayTexts } from './day-texts.js';
import { dimensionSql, filterNeeds, filterSql, filterValue } from './fields.js';
import { keptLatencies } from './kept-latencies.js';
import { firstOfMonthSql } from './local-day-sql.js';
import { plainSum, type SumRow, sum, sumColumns, sumLimbs, sumOrNull } from './sums.js';
import { type RowColumn, type UsageRows, usageRows, windowValues } from './usage-rows.js';

export type CellRow = SumRow &
  Recording & {
    day: bigint | null;
    days: bigint;
    grain: Grain;
    charge: Charge;
    currency: string | null;
    kind: 'billed' | 'computed' | 'claimed';
  };

/** Totals of the events asked for, by recording, day, grain, charge, the query's dimensions, currency and kind of cost. */
export function readCells(db: Database, query: CellQuery): Cell[] {
  const rows = usageRows(db, query.window, needsOf(query), query.days);
  const values = { ...windowValues(query.window), ...filterValues(query) };
  const quantities = quantitiesByCell(db, query, values);
  const latencyOf = query.latency ? latencyReader(db, query, values) : null;
  const textOf = dayTexts();
  const cells: Cell[] = [];
  for (const row of db.prepare<unknown[], CellRow>(cellSql(rows, query)).iterate(values)) {
    const key = quantities.size === 0 ? '' : cellKey(row);
    const latency = latencyOf === null ? null : latencyOf(row);
    const day = textOf(row.day, row.grain, row.days);
    cells.push(cellFrom(row, query, { day, latency, quantities: quantities.get(key) ?? [] }));
  }
  return cells;
}

const needsOf = ({ by, units, models, filters }: CellQuery): RowColumn[] => [
  ...by.flatMap((dimension) => dimensionSql(dimension).needs),
  ...filters.flatMap(filterNeeds),
  ...(units === null ? [] : (['unit'] as const)),
  ...(models === null ? [] : (['model'] as const)),
];

/** What of a cell is not in its row as it is. */
interface Beside extends Pick<Cell, 'day' | 'latency'> {
  readonly quantities: readonly (readonly [string, bigint])[];
}

function cellFrom(row: CellRow, { by }: CellQuery, { day, latency, quantities }: Beside): Cell {
  const { role, source, account, grain, charge, currency, kind } = row;
  return {
    recording: { role, source, account },
    day,
    grain,
    charge,
    values: by.map((_, i) => row[`value_${i}`] as string | null),
    requests: sum(row, 'requests'),
    events: row.events as bigint,
    tokens: {
      input: sumOrNull(row, 'input'),
      cacheRead: sumOrNull(row, 'cache_read'),
      cacheWrite: sumOrNull(row, 'cache_write'),
      output: sumOrNull(row, 'output'),
      reasoning: sumOrNull(row, 'reasoning'),
    },
    quantities: Object.fromEntries(quantities),
    latency,
    cost: currency === null ? null : { currency, pico: sum(row, 'cost'), kind },
    usedEvents: row.used_events as bigint,
    planEvents: row.plan_events as bigint,
    planTokens: sum(row, 'plan'),
    unassignedEvents: row.unassigned_events as bigint,
    unassignedTokens: sum(row, 'unassigned'),
  };
}

// --- SQL --------------------------------------------------------------------------------------------------------

const TOTAL = '(coalesce(u.input, 0) + coalesce(u.cache_read, 0) + coalesce(u.cache_write, 0) + coalesce(u.output, 0))';

function sums({ fits }: UsageRows, { cost }: CellQuery): string[] {
  const count = fits ? plainSum : sumColumns;
  return [
    'SUM(u.events) AS events',
    count('requests', 'u.requests'),
    count('input', 'u.input'),
    count('cache_read', 'u.cache_read'),
    count('cache_write', 'u.cache_write'),
    count('output', 'u.output'),
    count('reasoning', 'u.reasoning'),
    sumLimbs('cost', COSTS[cost].high, COSTS[cost].low),
    'SUM(u.is_used * (1 - u.is_covered) * u.events) AS used_events',
    'SUM(u.is_covered * u.events) AS plan_events',
    count('plan', `iif(u.is_covered, ${TOTAL}, NULL)`),
    'SUM((1 - u.is_assigned) * u.events) AS unassigned_events',
    count('unassigned', `iif(u.is_assigned, NULL, ${TOTAL})`),
  ];
}

/** The day of a row and how many it lasts, as far as cells are told apart by them. */
const DAYS: Readonly<Record<CellQuery['days'], { readonly day: string; readonly days: string }>> = {
  each: { day: 'u.day', days: 'u.days' },
  month: {
    day: `iif(u.grain = 'range', u.day, ${firstOfMonthSql('u.day')})`,
    days: `iif(u.grain = 'range', u.days, 0)`,
  },
  all: { day: 'NULL', days: '0' },
};

/** Columns a cell is told apart by: names in the result, and what they are of a row. */
const keys = ({ by, cost, days }: CellQuery): (readonly [string, string])[] => [
  ['key_recording', 'u.recording'],
  ['key_day', DAYS[days].day],
  ['key_days', DAYS[days].days],
  ['key_grain', 'u.grain'],
  ['key_charge', 'u.charge'],
  ['key_currency', COSTS[cost].currency],
  ['key_kind', COSTS[cost].kind],
  ...by.map((dimension, i) => [`key_${i}`, dimensionSql(dimension).key] as const),
];

/** The rows asked for, grouped to cells; `join` may multiply them, `also` groups further. */
const grouped = (rows: UsageRows, query: CellQuery, columns: readonly string[], join = '', also = ''): string => `
  SELECT ${keys(query).map(([name, expression]) => `${expression} AS ${name}`)}, ${columns}
  FROM (${rows.sql}) u ${query.by.some((dimension) => dimensionSql(dimension).isOfOrigin) ? 'JOIN origin o ON o.id = u.origin' : ''} ${join}
  WHERE ${rows.from === 'events' ? 'u.is_counted' : '1'} ${filters(query)}
  GROUP BY ${keys(query).map(([name]) => name)} ${also}`;

function cellSql(rows: UsageRows, query: CellQuery): string {
  const values = query.by.map(
    (dimension, i) => `${dimensionSql(dimension).value.replace('?', `g.key_${i}`)} AS value_${i}`,
  );
  const order = [
    ...['r.role', 'r.source', 'r.account', 'day', 'grain', 'charge'],
    ...query.by.map((_, i) => `value_${i}`),
    ...['currency', 'kind'],
  ];
  return `
    SELECT g.*, r.role, r.source, r.account, g.key_day AS day, g.key_days AS days, g.key_grain AS grain,
      ch.name AS charge, c.name AS currency, g.key_kind AS kind ${values.map((value) => `, ${value}`).join('')}
    FROM (${grouped(rows, query, sums(rows, query))}) g
    JOIN recording r ON r.id = g.key_recording
    JOIN charge ch ON ch.id = g.key_charge
    LEFT JOIN currency c ON c.id = g.key_currency
    ORDER BY ${order}`;
}

const filters = ({ units, models, filters: conditions }: CellQuery): string => {
  const unassigned = units?.includes(null) ? 'OR u.unit IS NULL' : '';
  return [
    units === null ? '' : `AND (u.unit IN (${idsOf('unit', '$units')}) ${unassigned})`,
    models === null ? '' : `AND u.model IN (${idsOf('model', '$models')})`,
    ...conditions.map((condition, i) => `AND ${filterSql(condition, i)}`),
  ].join(' ');
};

const idsOf = (table: string, names: string): string =>
  `SELECT id FROM ${table} WHERE name IN (SELECT value FROM json_each(${names}))`;

const filterValues = ({ units, models, filters: conditions }: CellQuery) => ({
  units: JSON.stringify((units ?? []).filter((unit) => unit !== null)),
  models: JSON.stringify(models ?? []),
  ...Object.fromEntries(conditions.map((condition, i) => [`filter_${i}`, filterValue(condition)])),
});

// --- quantities -------------------------------------------------------------------------------------------------

/** Sums of quantities by name, for each cell that has any. They stand with the events alone. */
function quantitiesByCell(db: Database, query: CellQuery, values: object): Map<string, (readonly [string, bigint])[]> {
  const cells = new Map<string, (readonly [string, bigint])[]>();
  if (db.prepare('SELECT 1 FROM quantity LIMIT 1').get() === undefined) return cells;
  const rows = usageRows(db, query.window, ['event'], query.days);
  const join = 'JOIN quantity q ON q.ts = u.ts AND q.recording = u.recording AND q.id = u.id';
  const sql = grouped(
    rows,
    query,
    ['q.name AS name', sumColumns('value', 'q.value')],
    join,
    ', q.name ORDER BY q.name',
  );
  for (const row of db.prepare<unknown[], SumRow>(sql).all(values)) {
    const key = cellKey(row);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key)!.push([row.name as string, sum(row, 'value')]);
  }
  return cells;
}

// --- latencies --------------------------------------------------------------------------------------------------

/** Single requests by the bucket of their latency, for each cell that has any. */
function latencyReader(db: Database, query: CellQuery, values: object): (row: CellRow) => LatencyHistogram {
  const kept = keptLatencies(db, query);
  if (kept !== null) return kept;
  const cells = latenciesByCell(db, query, values);
  return (row) => cells.get(cellKey(row)) ?? new Map();
}

function latenciesByCell(db: Database, query: CellQuery, values: object): Map<string, LatencyHistogram> {
  const cells = new Map<string, Map<number, bigint>>();
  const rows = usageRows(db, query.window, ['event'], query.days);
  const bucket = 'iif(u.until IS NULL AND u.latency_ms IS NOT NULL, latency_bucket(u.latency_ms), NULL)';
  const sql = grouped(rows, query, [`${bucket} AS bucket`, 'COUNT(*) AS events'], '', ', bucket');
  for (const row of db.prepare<unknown[], SumRow>(sql).all(values)) {
    if (row.bucket === null) continue;
    const key = cellKey(row);
    if (!cells.has(key)) cells.set(key, new Map());
    cells.get(key)!.set(Number(row.bucket), row.events as bigint);
  }
  return cells;
}

/** The same text for the same cell in both results: numbers and texts told apart, order of the columns fixed. */
const cellKey = (row: SumRow): string =>
  JSON.stringify(
    Object.entries(row)
      .filter(([name]) => name.startsWith('key_'))
      .map(([, value]) => (typeof value === 'bigint' ? Number(value) : value)),
  );
