/** Which cells the rows of a block belong to, one of each rollup; new ones are opened. */

import { bucketOf } from '../../report/latency.js';
import { agentKey } from './cell-index.js';
import type { RollupBlock } from './rollup-block.js';
import type { Kind } from './rollup-kind.js';
import type { Totals } from './rollup-writer.js';

const DAY_MS = 86_400_000;

/** What cells are found by. */
type Rows = Pick<RollupBlock, 'size' | 'days' | 'units' | 'agents' | 'latencies' | 'prices' | 'kinds'>;

/** Puts the cell of each row of the block into `cells`; -1: it has none. */
type FindCells<Of extends keyof Totals, Row extends keyof Rows = keyof Rows> = (
  cells: Int32Array,
  totals: Totals[Of],
  block: Pick<Rows, Row>,
) => void;

export const findUnits: FindCells<'units', 'size' | 'days' | 'units' | 'kinds'> = (
  cells,
  units,
  { size, days, units: of, kinds },
) => {
  for (let row = 0; row < size; row++) {
    const [day, unit, kind] = [days[row]!, of[row]!, kinds[row]!];
    const key = unitKey(day, unit, kind);
    const { recording, model, provider, shape } = kind;
    const cell = units.find(key);
    cells[row] = cell === -1 ? units.open(key, [day, recording, unit, model, provider, shape]) : cell;
  }
};

export const findAgents: FindCells<'agents', 'size' | 'agents' | 'kinds'> = (
  cells,
  agents,
  { size, agents: of, kinds },
) => {
  for (let row = 0; row < size; row++) {
    const { recording, shape, shapeIndex } = kinds[row]!;
    const key = agentKey(of[row]!, shapeIndex);
    const cell = agents.find(key);
    cells[row] = cell === -1 ? agents.open(key, [of[row]!, recording, shape]) : cell;
  }
};

export const findPrices: FindCells<'prices'> = (cells, prices, { size, days, prices: of }) => {
  for (let row = 0; row < size; row++) {
    cells[row] = -1;
    const [day, price] = [days[row]!, of[row]!];
    if (Number.isNaN(price)) continue;
    const key = day >= 0 ? day * 2 ** 22 + price : `${day} ${price}`;
    const cell = prices.find(key);
    cells[row] = cell === -1 ? prices.open(key, [day, price]) : cell;
  }
};

export function latencyFinder(): FindCells<'latencies'> {
  const monthOf = months();
  return (cells, latencies, { size, days, latencies: of, kinds }) => {
    for (let row = 0; row < size; row++) {
      cells[row] = -1;
      if (Number.isNaN(of[row]!)) continue;
      const { index, recording, model } = kinds[row]!;
      const [month, bucket] = [monthOf(days[row]!), bucketOf(of[row]!)];
      const key = (month * 2 ** 22 + index) * 1024 + bucket;
      const cell = latencies.find(key);
      cells[row] = cell === -1 ? latencies.open(key, [month, recording, model, bucket]) : cell;
    }
  };
}

/** Calendar months since 1970-01 of day numbers; the month of the last one is remembered. */
function months(): (day: number) => number {
  let [lastDay, lastMonth] = [Number.NaN, 0];
  return (day) => {
    if (day === lastDay) return lastMonth;
    const date = new Date(day * DAY_MS);
    lastDay = day;
    lastMonth = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
    return lastMonth;
  };
}

/** A number where all parts are within their bits, else a text: 16 for the day, 14 for the unit, 22 for the kind. */
const unitKey = (day: number, unit: number, { index }: Kind): number | string =>
  day >= 0 && day < 2 ** 16 && unit < 2 ** 14 && index < 2 ** 22
    ? (day * 2 ** 14 + unit) * 2 ** 22 + index
    : `${day} ${unit} ${index}`;
