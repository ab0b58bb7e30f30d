/** What meters say of a window: totals by everything that decides what usage costs and whose it is. */

import type { MeterPrice } from '../../hub/statement/meter-line.js';
import type { Database } from '../../load-driver.js';
import type { Mode } from '../../pricing/price.js';
import type { Grain } from '../../report/grain.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { MeterCell, MeterQuery } from '../meter-cell.js';
import { cellKey } from './cell-key.js';
import { DAYS } from './cell-sql.js';
import { COSTS } from './cost-sql.js';
import { dayTexts } from './day-texts.js';
import { rowObjects } from './row-objects.js';
import { type SumRow, sum, sumColumns, sumLimbs, sumsOfClasses } from './sums.js';
import { hasQuantities } from './top-values.js';
import { eventSql, windowValues } from './usage-rows.js';

type MeterRow = SumRow &
  Recording & {
    unit: string | null;
    model: string;
    provider: string;
    mode: Mode;
    charge: Charge;
    unpriced: string | null;
    key_day: bigint | null;
    key_days: bigint;
    key_grain: Grain;
    key_price: bigint | null;
    key_covered: bigint;
    key_kind: 'billed' | 'computed' | 'claimed';
    currency: string | null;
    events: bigint;
  };

/** Only the events have all that is asked, so no rollup answers. In no order. */
export function readMeterLines(db: Database, query: MeterQuery): MeterCell[] {
  const priceOf = priceReader(db);
  const quantities = quantitiesByCell(db, query);
  const textOf = dayTexts();
  const cells: MeterCell[] = [];
  for (const row of rowObjects<MeterRow>(db, linesSql(db, query), windowValues(query.window))) {
    const named = quantities.size === 0 ? [] : (quantities.get(cellKey(row)) ?? []);
    const day = textOf(row.key_day, row.key_grain, row.key_days);
    cells.push({ ...cellFrom(row, priceOf(row.key_price)), day, quantities: Object.fromEntries(named) });
  }
  return cells;
}

function cellFrom(row: MeterRow, price: MeterPrice | null): Omit<MeterCell, 'day' | 'quantities'> {
  const { unit, role, source, account, model, provider, mode, charge, unpriced, currency, key_kind: kind } = row;
  return {
    ...{ unit, recording: { role, source, account }, model, provider, mode, charge, price, unpriced },
    isCovered: row.key_covered === 1n,
    cost: currency === null ? null : { kind, currency, pico: sum(row, 'cost') },
    grain: row.key_grain,
    events: row.events,
    requests: sum(row, 'requests'),
    tokens: sumsOfClasses(row),
  };
}

const COUNTS = ['requests', 'input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning'];

/** Columns a line is told apart by. */
const keys = ({ cost, days }: MeterQuery): string[] => [
  ...['recording', 'unit', 'model', 'provider', 'mode', 'charge', 'price', 'unpriced', 'grain'].map(
    (column) => `u.${column} AS key_${column}`,
  ),
  'u.is_covered AS key_covered',
  `${DAYS[days].day} AS key_day`,
  `${DAYS[days].days} AS key_days`,
  `${COSTS[cost].currency} AS key_currency`,
  `${COSTS[cost].kind} AS key_kind`,
];

function grouped(db: Database, query: MeterQuery, columns: readonly string[], join = '', also = ''): string {
  const names = keys(query).map((key) => key.slice(key.lastIndexOf(' ') + 1));
  return `SELECT ${[...keys(query), ...columns]} FROM (${eventSql(db, query.window)}) u ${join}
    WHERE u.is_counted GROUP BY ${names} ${also}`;
}

const linesSql = (db: Database, query: MeterQuery): string => {
  const { high, low } = COSTS[query.cost];
  const sums = [
    'SUM(u.events) AS events',
    ...COUNTS.map((name) => sumColumns(name, `u.${name}`)),
    sumLimbs('cost', high, low),
  ];
  return `SELECT g.*, r.role, r.source, r.account, unit.name AS unit, model.name AS model, provider.name AS provider,
      mode.name AS mode, charge.name AS charge, reason.name AS unpriced, currency.name AS currency
    FROM (${grouped(db, query, sums)}) g
    JOIN recording r ON r.id = g.key_recording
    LEFT JOIN unit ON unit.id = g.key_unit
    JOIN model ON model.id = g.key_model
    JOIN provider ON provider.id = g.key_provider
    JOIN mode ON mode.id = g.key_mode
    JOIN charge ON charge.id = g.key_charge
    LEFT JOIN reason ON reason.id = g.key_unpriced
    LEFT JOIN currency ON currency.id = g.key_currency`;
};

/** Prices by id, each read once, so that lines of one price share it. */
function priceReader(db: Database): (id: bigint | null) => MeterPrice | null {
  const find = db
    .prepare<unknown[], MeterPrice>('SELECT source, as_of AS asOf, model, region, mode, tier FROM price WHERE id = ?')
    .safeIntegers(false);
  const known = new Map<bigint | null, MeterPrice | null>([[null, null]]);
  return (id) => {
    if (!known.has(id)) known.set(id, find.get(id)!);
    return known.get(id)!;
  };
}

/** Sums of quantities by name, of each line that has any. */
function quantitiesByCell(db: Database, query: MeterQuery): Map<string, [string, bigint][]> {
  const cells = new Map<string, [string, bigint][]>();
  if (!hasQuantities(db)) return cells;
  const join = 'JOIN quantity q ON q.ts = u.ts AND q.recording = u.recording AND q.id = u.id';
  const columns = ['q.name AS name', sumColumns('value', 'q.value')];
  const sql = grouped(db, query, columns, join, ', q.name ORDER BY q.name');
  for (const row of db.prepare<unknown[], SumRow>(sql).all(windowValues(query.window))) {
    const key = cellKey(row);
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key)!.push([row.name as string, sum(row, 'value')]);
  }
  return cells;
}
