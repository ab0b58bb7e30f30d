/**
 * Totals kept at import, so that most reports need not read the events: by day, unit and model, and by month; by day and
 * model; by agent over all time; price lists by day; latencies by month and model. Days are those of the ledger's home zone.
 *
 * Every change of an event applies its figures to them, added or taken away; they are gathered in memory and written
 * before a transaction ends. Figures too large to be sure that sums stay within 64 bits mark the rollups as not exact:
 * then every report reads the events.
 */

import type { Database } from '../../load-driver.js';
import { bucketOf } from '../../report/latency.js';
import type { EntryBatch } from '../entry-batch.js';
import { agentKey } from './cell-index.js';
import type { Dictionaries } from './dictionaries.js';
import type { BatchIds } from './event-columns.js';
import { BLOCK, RollupBlock } from './rollup-block.js';
import type { Kind } from './rollup-kind.js';
import { emptyTotals, rollupWriter, type Totals } from './rollup-writer.js';

const DAY_MS = 86_400_000;
/** Cells gathered before they are written: some 150 bytes each. Agents come back all the time, days do not. */
const MOST_UNIT_CELLS = 50_000;
const MOST_AGENT_CELLS = 500_000;
/** Kinds of cells remembered. */
const MOST_KINDS = 50_000;
/** Sums are gathered as floats, which are exact below 2^53. */
const SURE_TO_FIT = 2 ** 52;
/** Rows whose low limbs, each below 2^32, add up to less than 2^53. */
const MOST_ROWS = 2 ** 21 - 1;

export interface Rollups {
  /** Adds (`sign` 1) or takes away (-1) the figures of the rows of a batch, but for those left out. */
  readonly apply: (batch: EntryBatch, ids: BatchIds, sign: 1 | -1, leftOut?: ReadonlySet<number>) => void;
  /** Writes what was gathered. Must precede a commit, and any question to the rollups. */
  readonly flush: () => void;
}

/** @param onInexact  told once, when the rollups must be given up; nothing is written to them any more */
export function rollupsOf(db: Database, ids: Dictionaries, timeZone: string, onInexact: () => void): Rollups {
  const block = new RollupBlock(ids, timeZone);
  const write = rollupWriter(db, (shape) => block.isLong(shape));
  const add = blockAdder();
  let totals = emptyTotals();
  /** No sum of counts of a cell can be beyond it. */
  let gathered = 0;
  let rows = 0;
  let isGivenUp = false;

  function apply(batch: EntryBatch, of: BatchIds, sign: 1 | -1, leftOut: ReadonlySet<number> = NONE): void {
    for (let row = 0; row < batch.size; row++) {
      if (leftOut.has(row)) continue;
      block.add(batch, of, row);
      if (block.size === BLOCK) addBlock(sign);
    }
    if (block.size > 0) addBlock(sign);
  }

  function addBlock(sign: 1 | -1): void {
    add(totals, block, sign);
    gathered += block.largest;
    rows += block.size;
    block.clear();
    const isFull = totals.agents.size > MOST_AGENT_CELLS || block.kindsKept > MOST_KINDS;
    if (isFull || gathered > SURE_TO_FIT || rows > MOST_ROWS - BLOCK) flush();
    else if (totals.units.size > MOST_UNIT_CELLS && block.isExact) {
      write.units(totals.units);
      totals = { ...totals, units: emptyTotals().units };
    }
  }

  function flush(): void {
    if (block.isExact) write.all(totals);
    else if (!isGivenUp) onInexact();
    isGivenUp = !block.isExact;
    block.forgetKinds();
    totals = emptyTotals();
    gathered = 0;
    rows = 0;
  }
  return { apply, flush };
}

const NONE: ReadonlySet<number> = new Set();

/** Adds the rows of a block to all totals. */
function blockAdder(): (totals: Totals, block: RollupBlock, sign: 1 | -1) => void {
  const monthOf = months();
  const cells = new Int32Array(BLOCK);

  function findUnits(units: Totals['units'], { size, days, units: of, kinds }: RollupBlock): void {
    for (let row = 0; row < size; row++) {
      const [day, unit, kind] = [days[row]!, of[row]!, kinds[row]!];
      const key = keyOf(day, unit, kind);
      const { recording, model, provider, shape } = kind;
      const cell = units.find(key);
      cells[row] = cell === -1 ? units.open(key, [day, recording, unit, model, provider, shape]) : cell;
    }
  }

  function findAgents(agents: Totals['agents'], { size, agents: of, kinds }: RollupBlock): void {
    for (let row = 0; row < size; row++) {
      const { recording, shape, shapeIndex } = kinds[row]!;
      const key = agentKey(of[row]!, shapeIndex);
      const cell = agents.find(key);
      cells[row] = cell === -1 ? agents.open(key, [of[row]!, recording, shape]) : cell;
    }
  }

  function findLatencies(latencies: Totals['latencies'], { size, days, latencies: of, kinds }: RollupBlock): void {
    for (let row = 0; row < size; row++) {
      cells[row] = -1;
      if (Number.isNaN(of[row]!)) continue;
      const { index, recording, model } = kinds[row]!;
      const [month, bucket] = [monthOf(days[row]!), bucketOf(of[row]!)];
      const key = (month * 2 ** 22 + index) * 1024 + bucket;
      const cell = latencies.find(key);
      cells[row] = cell === -1 ? latencies.open(key, [month, recording, model, bucket]) : cell;
    }
  }

  function findPrices(prices: Totals['prices'], { size, days, prices: of }: RollupBlock): void {
    for (let row = 0; row < size; row++) {
      cells[row] = -1;
      const [day, price] = [days[row]!, of[row]!];
      if (Number.isNaN(price)) continue;
      const key = day >= 0 ? day * 2 ** 22 + price : `${day} ${price}`;
      const cell = prices.find(key);
      cells[row] = cell === -1 ? prices.open(key, [day, price]) : cell;
    }
  }

  return ({ units, agents, latencies, prices }, block, sign) => {
    findUnits(units, block);
    units.add(cells, block.size, block.figures, sign);
    findAgents(agents, block);
    agents.add(cells, block.size, block.figures, sign);
    findLatencies(latencies, block);
    latencies.count(cells, block.size, sign);
    findPrices(prices, block);
    prices.count(cells, block.size, sign);
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
const keyOf = (day: number, unit: number, { index }: Kind): number | string =>
  day >= 0 && day < 2 ** 16 && unit < 2 ** 14 && index < 2 ** 22
    ? (day * 2 ** 14 + unit) * 2 ** 22 + index
    : `${day} ${unit} ${index}`;
