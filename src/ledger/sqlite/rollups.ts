/**
 * Totals kept at import, so that most reports need not read the events: by day, unit and model, and by month; by day and
 * model; by agent over all time; price lists by day; latencies by month and model. Days are those of the ledger's home zone.
 *
 * Every change of an event applies its figures to them, added or taken away; they are gathered in memory and written
 * before a transaction ends. Figures too large to be sure that sums stay within 64 bits mark the rollups as not exact:
 * then every report reads the events.
 */

import type { Database } from '../../load-driver.js';
import type { EntryBatch } from '../entry-batch.js';
import type { Dictionaries } from './dictionaries.js';
import type { BatchIds } from './event-columns.js';
import { BLOCK, RollupBlock } from './rollup-block.js';
import { findAgents, findPrices, findUnits, latencyFinder } from './rollup-find.js';
import { emptyTotals, rollupWriter, type Totals } from './rollup-writer.js';

/** Cells gathered before they are written: some 150 bytes each. Agents come back all the time, days do not. */
const MOST_UNIT_CELLS = 50_000;
const MOST_AGENT_CELLS = 500_000;
/** Kinds of cells remembered. */
const MOST_KINDS = 50_000;
/** Sums are gathered as floats, which are exact below 2^53. */
export const SURE_TO_FIT = 2 ** 52;
/** Rows whose low limbs, each below 2^32, add up to less than 2^53. */
export const MOST_ROWS = 2 ** 21 - 1;

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
    if (!block.isExact || isFull || gathered > SURE_TO_FIT || rows > MOST_ROWS - BLOCK) flush();
    else if (totals.units.size > MOST_UNIT_CELLS) {
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

/** Adds the rows of a block to all totals, one rollup after the other. */
function blockAdder(): (totals: Totals, block: RollupBlock, sign: 1 | -1) => void {
  const findLatencies = latencyFinder();
  const cells = new Int32Array(BLOCK);
  return ({ units, agents, latencies, prices }, block, sign) => {
    findUnits(cells, units, block);
    units.add(cells, block.size, block.figures, sign);
    findAgents(cells, agents, block);
    agents.add(cells, block.size, block.figures, sign);
    findLatencies(cells, latencies, block);
    latencies.count(cells, block.size, sign);
    findPrices(cells, prices, block);
    prices.count(cells, block.size, sign);
  };
}
