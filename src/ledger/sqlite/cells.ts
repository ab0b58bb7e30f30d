import type { Cell, Grain } from '../../report/cell.js';
import type { LatencyHistogram } from '../../report/latency.js';
import type { CellQuery } from '../../report/query.js';
import type { Recording } from '../../usage/recording.js';
import { dimensionSql, filterSql, filterValue } from './fields.js';
import type { Database } from './load-driver.js';
import { COSTS, countedOnce, eventsOfWindow, GRAIN, totalOf, USED, windowValues } from './selection.js';
import { type SumRow, sum, sumColumns, sumOrNull } from './sums.js';

type CellRow = SumRow &
  Recording & { day: string; grain: Grain; currency: string | null; kind: 'billed' | 'computed' | 'claimed' };

/** Totals of the events asked for, by recording, day, grain, the query's dimensions, currency and kind of cost. */
export function readCells(db: Database, query: CellQuery): Cell[] {
  const values = { ...windowValues(query.window), ...filterValues(query) };
  const rows = db.prepare<unknown[], CellRow>(cellSql(db, query)).all(values);
  const quantities = quantitiesByCell(db, query, values);
  const latencies = query.latency ? latenciesByCell(db, query, values) : null;
  return rows.map((row) => ({
    ...cellFrom(row, query, quantities.get(cellKey(row)) ?? []),
    latency: latencies === null ? null : (latencies.get(cellKey(row)) ?? new Map()),
  }));
}

function cellFrom(
  row: CellRow,
  { by }: CellQuery,
  quantities: readonly (readonly [string, bigint])[],
): Omit<Cell, 'latency'> {
  const { role, source, account, day, grain, currency, kind } = row;
  return {
    recording: { role, source, account },
    day,
    grain,
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
    cost: currency === null ? null : { currency, pico: sum(row, 'cost'), kind },
    usedEvents: row.used_events as bigint,
    planEvents: 0n,
    planTokens: 0n,
    charges: new Map(),
    unassignedEvents: row.unassigned_events as bigint,
    unassignedTokens: sum(row, 'unassigned'),
  };
}

// --- SQL --------------------------------------------------------------------------------------------------------

const cacheWrite = `CASE WHEN e.cache_write_5m IS NULL AND e.cache_write_1h IS NULL THEN NULL
  ELSE coalesce(e.cache_write_5m, 0) + coalesce(e.cache_write_1h, 0) END`;

const sums = ({ cost }: CellQuery): string[] => [
  'COUNT(*) AS events',
  sumColumns('requests', 'e.requests'),
  sumColumns('input', 'e.input'),
  sumColumns('cache_read', 'e.cache_read'),
  sumColumns('cache_write', cacheWrite),
  sumColumns('output', 'e.output'),
  sumColumns('reasoning', 'e.reasoning'),
  sumColumns('cost', COSTS[cost].amount),
  `SUM(${USED}) AS used_events`,
  'SUM(e.unit IS NULL) AS unassigned_events',
  sumColumns('unassigned', `CASE WHEN e.unit IS NULL THEN ${totalOf('e')} END`),
];

/** Columns a cell is told apart by: names in the result, and what they are of an event. */
const keys = ({ by, cost }: CellQuery): (readonly [string, string])[] => [
  ['key_recording', 'e.recording'],
  ['key_day', 'e.on_day'],
  ['key_grain', GRAIN],
  ['key_currency', COSTS[cost].currency],
  ['key_kind', COSTS[cost].kind],
  ...by.map((dimension, i) => [`key_${i}`, dimensionSql(dimension).key] as const),
];

/** The events asked for, grouped to cells; `join` may multiply them, `also` groups further. */
const grouped = (db: Database, query: CellQuery, columns: readonly string[], join = '', also = ''): string => `
  SELECT ${keys(query).map(([name, expression]) => `${expression} AS ${name}`)}, ${columns}
  FROM (${eventsOfWindow(query.window)}) e ${query.by.some((dimension) => dimensionSql(dimension).isOfOrigin) ? 'JOIN origin o ON o.id = e.origin' : ''} ${join}
  WHERE ${countedOnce(db)} ${filters(query)}
  GROUP BY ${keys(query).map(([name]) => name)} ${also}`;

function cellSql(db: Database, query: CellQuery): string {
  const values = query.by.map(
    (dimension, i) => `${dimensionSql(dimension).value.replace('?', `g.key_${i}`)} AS value_${i}`,
  );
  const order = [
    'r.role',
    'r.source',
    'r.account',
    'day',
    'grain',
    ...query.by.map((_, i) => `value_${i}`),
    'currency',
    'kind',
  ];
  return `
    SELECT g.*, r.role, r.source, r.account, g.key_day AS day, g.key_grain AS grain, c.name AS currency, g.key_kind AS kind
      ${values.map((value) => `, ${value}`).join('')}
    FROM (${grouped(db, query, sums(query))}) g
    JOIN recording r ON r.id = g.key_recording
    LEFT JOIN currency c ON c.id = g.key_currency
    ORDER BY ${order}`;
}

const filters = ({ units, models, filters: conditions }: CellQuery): string => {
  const unassigned = units?.includes(null) ? 'OR e.unit IS NULL' : '';
  return [
    units === null ? '' : `AND (e.unit IN (${idsOf('unit', '$units')}) ${unassigned})`,
    models === null ? '' : `AND e.model IN (${idsOf('model', '$models')})`,
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

/** Sums of quantities by name, for each cell that has any. */
function quantitiesByCell(db: Database, query: CellQuery, values: object): Map<string, (readonly [string, bigint])[]> {
  const cells = new Map<string, (readonly [string, bigint])[]>();
  if (db.prepare('SELECT 1 FROM quantity LIMIT 1').get() === undefined) return cells;
  const join = 'JOIN quantity q ON q.recording = e.recording AND q.id = e.id';
  const sql = grouped(db, query, ['q.name AS name', sumColumns('value', 'q.value')], join, ', q.name ORDER BY q.name');
  for (const row of db.prepare<unknown[], SumRow>(sql).all(values)) {
    const key = cellKey(row);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key)!.push([row.name as string, sum(row, 'value')]);
  }
  return cells;
}

// --- latencies --------------------------------------------------------------------------------------------------

/** Single requests by the bucket of their latency, for each cell that has any. */
function latenciesByCell(db: Database, query: CellQuery, values: object): Map<string, LatencyHistogram> {
  const cells = new Map<string, Map<number, bigint>>();
  const bucket = 'iif(e.day IS NULL, latency_bucket(e.latency_ms), NULL)';
  const sql = grouped(db, query, [`${bucket} AS bucket`, 'COUNT(*) AS events'], '', ', bucket');
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
