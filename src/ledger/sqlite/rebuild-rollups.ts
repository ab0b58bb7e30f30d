import type { Database } from '../../load-driver.js';
import type { Window } from '../../report/query.js';
import type { Dictionaries, Shape } from './dictionaries.js';
import { writeHomeZone } from './home-zone.js';
import { firstOfMonthSql } from './local-day-sql.js';
import { FIGURES, LARGEST_COUNT } from './rollup-figures.js';
import { DAY_KEYS, UNIT_KEYS } from './rollup-folds.js';
import { eventSql, windowValues } from './usage-rows.js';

const TABLES = ['rollup_unit', 'rollup_month', 'rollup_day', 'rollup_agent', 'rollup_latency', 'rollup_price'];

export function clearRollups(db: Database): void {
  for (const table of TABLES) db.exec(`DELETE FROM ${table}`);
}

/** Makes all rollups anew from the events, for the days of a zone. Needs a transaction around it. */
export function rebuildRollups(db: Database, ids: Dictionaries, timeZone: string): void {
  clearRollups(db);
  const exact = largestCount(db) <= LARGEST_COUNT;
  writeHomeZone(db, { timeZone, exact });
  if (!exact) return;
  const everything = { from: null, to: null, firstDay: null, lastDay: null, timeZone };
  const shapes = shapeReader(ids);
  fill(db, 'rollup_unit', ['day', 'recording', 'ifnull(unit, 0)', 'model', 'provider'], everything, shapes);
  fill(db, 'rollup_agent', ['ifnull(agent, 0)', 'recording'], everything, shapes);
  fold(db, 'rollup_month', [MONTH, ...UNIT_KEYS.slice(1)]);
  fold(db, 'rollup_day', DAY_KEYS);
  db.prepare(LATENCIES(eventSql(db, everything))).run(windowValues(everything));
  db.prepare(PRICES(eventSql(db, everything))).run(windowValues(everything));
}

/** As `rollup-folds.ts` does. */
function fold(db: Database, table: string, keys: readonly string[]): void {
  db.exec(`INSERT INTO ${table} SELECT ${keys}, ${FIGURES.map((name) => `SUM(${name})`)}
    FROM rollup_unit r GROUP BY ${keys.map((_, i) => i + 1)}`);
}

const MONTH = `iif((SELECT days FROM shape s WHERE s.id = r.shape) > 0, day, ${firstOfMonthSql('day')})`;

function largestCount(db: Database): number {
  const classes = ['requests', 'input', 'cache_read', 'output', 'reasoning'].map((name) => `coalesce(max(${name}), 0)`);
  const writes = 'coalesce(max(coalesce(cache_write_5m, 0) + coalesce(cache_write_1h, 0)), 0)';
  return Number(
    db
      .prepare(`SELECT max(${[...classes, writes]}) FROM event`)
      .pluck()
      .get(),
  );
}

const SHAPE = [
  ...['grain', 'days', 'is_foreign', 'is_used', 'is_assigned'],
  '(input IS NOT NULL) + 2 * (cache_read IS NOT NULL) + 4 * (cache_write IS NOT NULL) + 8 * (output IS NOT NULL) + 16 * (reasoning IS NOT NULL)',
  ...['charge', 'is_covered', 'billed_currency', 'claimed_currency', 'computed_currency'],
];

const amount = (name: string): string[] => [`total(${name}_high)`, `total(${name}_low)`];

/** `total` sums in floats, which are exact below 2^53; NULL adds nothing. */
const SUMS = [
  'COUNT(*)',
  ...['requests', 'input', 'cache_read', 'cache_write', 'output', 'reasoning'].map(
    (name) => `coalesce(SUM(${name}), 0)`,
  ),
  ...['billed', 'claimed', 'computed'].flatMap(amount),
];

function fill(
  db: Database,
  table: string,
  keys: readonly string[],
  window: Window,
  shapeOf: (columns: readonly unknown[]) => number,
): void {
  const grouped = `SELECT ${[...keys, ...SHAPE, ...SUMS]} FROM (${eventSql(db, window)})
    GROUP BY ${[...keys, ...SHAPE].map((_, i) => i + 1)}`;
  const width = keys.length + 1 + FIGURES.length;
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${Array(width).fill('?')})`);
  const rows = db.prepare<unknown[], unknown[]>(grouped).raw().safeIntegers(false).all(windowValues(window));
  const end = keys.length + SHAPE.length;
  for (const row of rows)
    insert.run(...row.slice(0, keys.length), shapeOf(row.slice(keys.length, end)), ...row.slice(end));
}

const shapeReader =
  (ids: Dictionaries) =>
  (columns: readonly unknown[]): number => {
    const [grain, days, isForeign, isUsed, isAssigned, reported, charge, isCovered] = columns as [
      Shape['grain'],
      ...number[],
    ];
    const [billedCurrency, claimedCurrency, computedCurrency] = columns.slice(8) as (number | null)[];
    return ids.shape({
      ...{ grain, days: days!, isForeign: isForeign!, isUsed: isUsed!, isAssigned: isAssigned!, reported: reported! },
      ...{ charge: charge!, isCovered: isCovered! },
      ...{ billedCurrency: billedCurrency!, claimedCurrency: claimedCurrency!, computedCurrency: computedCurrency! },
    });
  };

const LATENCIES = (events: string): string => `
  INSERT INTO rollup_latency
  SELECT (CAST(strftime('%Y', day * 86400, 'unixepoch') AS INTEGER) - 1970) * 12
      + CAST(strftime('%m', day * 86400, 'unixepoch') AS INTEGER) - 1 AS month,
    recording, model, latency_bucket(latency_ms) AS bucket, COUNT(*)
  FROM (${events}) WHERE until IS NULL AND latency_ms IS NOT NULL GROUP BY 1, 2, 3, 4`;

const PRICES = (events: string): string => `
  INSERT INTO rollup_price
  SELECT e.day, f.price, COUNT(*) FROM (${events}) e JOIN facet f ON f.id = e.facet
  WHERE f.price IS NOT NULL GROUP BY 1, 2`;
