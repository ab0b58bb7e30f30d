import type { Database } from '../../load-driver.js';
import type { Cell } from '../../report/cell.js';
import type { Grain } from '../../report/grain.js';
import type { LatencyHistogram } from '../../report/latency.js';
import type { CellQuery } from '../../report/query.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import { cellKey } from './cell-key.js';
import { cellSql, filterValues, grouped, needsOf } from './cell-sql.js';
import { dayTexts } from './day-texts.js';
import { keptLatencies } from './kept-latencies.js';
import { rowObjects } from './row-objects.js';
import { REPORTED, rowsBeyond } from './rows-beyond.js';
import { type SumRow, sum, sumColumns, sumOrNull } from './sums.js';
import { hasQuantities, type TopValues, topValues } from './top-values.js';
import { rowsOfSome, type UsageRows, usageRows, windowValues } from './usage-rows.js';

export type CellRow = SumRow &
  Recording & {
    key_day: bigint | null;
    key_days: bigint;
    key_grain: Grain;
    charge: Charge;
    currency: string | null;
    key_kind: 'billed' | 'computed' | 'claimed';
  };

/**
 * Totals of the events asked for, by recording, day, grain, charge, the query's dimensions, currency and kind of cost;
 * where only the first rows are asked for, those of the others together, if they are known without reading each.
 */
export function readCells(db: Database, query: CellQuery): Cell[] {
  const rows = usageRows(db, query.window, needsOf(query), query.days);
  const values = { ...windowValues(query.window), ...filterValues(query) };
  const top = topValues(db, rows, query, values);
  return top === null ? readEach(db, rows, query, values) : readTop(db, rows, query, { ...top, values });
}

function readEach(db: Database, rows: UsageRows, query: CellQuery, values: object): Cell[] {
  const quantities = quantitiesByCell(db, usageRows(db, query.window, ['event'], query.days), query, values);
  const latencyOf = query.latency ? latencyReader(db, query, values) : null;
  const textOf = dayTexts();
  const cells: Cell[] = [];
  for (const row of rowObjects<CellRow>(db, cellSql(rows, query), values)) {
    const key = quantities.size === 0 ? '' : cellKey(row);
    const latency = latencyOf === null ? null : latencyOf(row);
    const day = textOf(row.key_day, row.key_grain, row.key_days);
    cells.push(cellFrom(row, query, { day, latency, quantities: quantities.get(key) ?? [], others: null }));
  }
  return cells;
}

/** The cells of the values kept, and what all hold beyond those. */
function readTop(
  db: Database,
  rows: UsageRows,
  query: CellQuery,
  { of, kept, others, values }: TopValues & { readonly values: object },
): Cell[] {
  const undivided: CellQuery = { ...query, by: [] };
  const ofKept = (from: UsageRows) => rowsOfSome(from, of, kept);
  const read = (from: UsageRows, asked: CellQuery) =>
    db.prepare<unknown[], CellRow>(cellSql(from, asked, REPORTED)).all(values);
  const all = usageRows(db, query.window, needsOf(undivided), query.days);
  const rest = rowsBeyond(read(all, undivided), read(ofKept(rows), undivided));
  const events = usageRows(db, query.window, ['event'], query.days);
  const amounts = (from: UsageRows, asked: CellQuery) => quantitiesByCell(db, from, asked, values);
  const amountsOfKept = amounts(ofKept(events), query);
  const amountsOfRest = amountsBeyond(amounts(events, undivided), amounts(ofKept(events), undivided));
  const beside = { day: '', latency: null };
  return [
    ...read(ofKept(rows), query).map((row) =>
      cellFrom(row, query, { ...beside, quantities: amountsOfKept.get(cellKey(row)) ?? [], others: null }),
    ),
    ...rest.map((row) =>
      cellFrom(row, undivided, { ...beside, quantities: amountsOfRest.get(cellKey(row)) ?? [], others }),
    ),
  ];
}

/** What of a cell is not in its row as it is. */
interface Beside extends Pick<Cell, 'day' | 'latency' | 'others'> {
  readonly quantities: readonly Amount[];
}

function cellFrom(row: CellRow, { by }: CellQuery, { day, latency, quantities, others }: Beside): Cell {
  const { role, source, account, key_grain: grain, charge, currency, key_kind: kind } = row;
  return {
    recording: { role, source, account },
    day,
    grain,
    charge,
    others,
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
    quantities: Object.fromEntries(quantities.map(({ name, value }) => [name, value])),
    latency,
    cost: currency === null ? null : { currency, pico: sum(row, 'cost'), kind },
    usedEvents: row.used_events as bigint,
    planEvents: row.plan_events as bigint,
    planTokens: sum(row, 'plan'),
    unassignedEvents: row.unassigned_events as bigint,
    unassignedTokens: sum(row, 'unassigned'),
  };
}

// --- quantities -------------------------------------------------------------------------------------------------

/** Of a cell, and how many events have the quantity. */
interface Amount {
  readonly name: string;
  readonly value: bigint;
  readonly events: bigint;
}
type Amounts = Map<string, Amount[]>;

/** Sums of quantities by name, for each cell that has any. They stand with the events alone, whose `rows` these are. */
function quantitiesByCell(db: Database, rows: UsageRows, query: CellQuery, values: object): Amounts {
  const cells: Amounts = new Map();
  if (!hasQuantities(db)) return cells;
  const join = 'JOIN quantity q ON q.ts = u.ts AND q.recording = u.recording AND q.id = u.id';
  const columns = ['q.name AS name', 'COUNT(*) AS events', sumColumns('value', 'q.value')];
  const sql = grouped(rows, query, columns, join, ', q.name ORDER BY q.name');
  for (const row of db.prepare<unknown[], SumRow>(sql).all(values)) {
    const key = cellKey(row);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key)!.push({ name: row.name as string, value: sum(row, 'value'), events: row.events as bigint });
  }
  return cells;
}

/** What a sum of many holds beyond that of some of them. */
function amountsBeyond(all: Amounts, some: Amounts): Amounts {
  const beyond = ([key, amounts]: [string, Amount[]]): [string, Amount[]] => {
    const known = new Map((some.get(key) ?? []).map((amount) => [amount.name, amount]));
    const less = amounts.map(({ name, value, events }) => {
      const part = known.get(name);
      return { name, value: value - (part?.value ?? 0n), events: events - (part?.events ?? 0n) };
    });
    return [key, less.filter(({ events }) => events !== 0n)];
  };
  return new Map([...all].map(beyond));
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
