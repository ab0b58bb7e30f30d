import type { Database } from '../../load-driver.js';
import { AgentIndex, CellIndex } from './cell-index.js';
import { Cells } from './rollup-cells.js';
import { FIGURES } from './rollup-figures.js';
import { DAY_KEYS, foldedToDays, foldedToMonths, UNIT_KEYS } from './rollup-folds.js';

const AGENT_KEYS = ['agent', 'recording', 'shape'];
const LATENCY_KEYS = ['month', 'recording', 'model', 'bucket'];
const PRICE_KEYS = ['day', 'price'];

/** Rows of one statement. */
const ROWS = 30;

/** Totals gathered since they were last written; those of months and days follow from those of units. */
export type Totals = ReturnType<typeof emptyTotals>;

export const emptyTotals = () => ({
  units: new Cells(UNIT_KEYS.length, FIGURES.length, new CellIndex()),
  agents: new Cells(AGENT_KEYS.length, FIGURES.length, new AgentIndex()),
  latencies: new Cells(LATENCY_KEYS.length, 1, new CellIndex()),
  prices: new Cells(PRICE_KEYS.length, 1, new CellIndex()),
});

/** @param isLong  whether a shape is of buckets of several days */
export function rollupWriter(db: Database, isLong: (shape: number) => boolean) {
  const unit = upserter(db, 'rollup_unit', UNIT_KEYS, FIGURES);
  const month = upserter(db, 'rollup_month', UNIT_KEYS, FIGURES);
  const day = upserter(db, 'rollup_day', DAY_KEYS, FIGURES);
  const agent = upserter(db, 'rollup_agent', AGENT_KEYS, FIGURES);
  const latency = upserter(db, 'rollup_latency', LATENCY_KEYS, ['events']);
  const price = upserter(db, 'rollup_price', PRICE_KEYS, ['events']);
  /** Of units, and so of months and days. */
  const units = (cells: Totals['units']): void => {
    unit(cells);
    month(foldedToMonths(cells, isLong));
    day(foldedToDays(cells));
  };
  const all = (totals: Totals): void => {
    units(totals.units);
    agent(totals.agents);
    latency(totals.latencies);
    price(totals.prices);
  };
  return { units, all };
}

/** Adds cells to a table; cells in which nothing is left are removed. */
function upserter(db: Database, table: string, keys: readonly string[], figures: readonly string[]) {
  const columns = [...keys, ...figures];
  const width = columns.length;
  const statement = (rows: number) =>
    db.prepare(`INSERT INTO ${table} (${columns}) VALUES ${Array(rows).fill(`(${columns.map(() => '?')})`)}
      ON CONFLICT DO UPDATE SET ${figures.map((name) => `${name} = ${name} + excluded.${name}`)}`);
  const many = statement(ROWS);
  const one = statement(1);
  const sweep = db.prepare(`DELETE FROM ${table} WHERE events = 0`);
  return (cells: Cells<never>): void => {
    const values: number[] = [];
    for (let first = 0; first < cells.size; ) {
      const rows = cells.size - first >= ROWS ? ROWS : 1;
      for (let row = 0; row < rows; row++) cells.copy(first + row, values, row * width);
      values.length = rows * width;
      (rows === ROWS ? many : one).run(...values);
      first += rows;
    }
    if (cells.hasLosses()) sweep.run();
  };
}
