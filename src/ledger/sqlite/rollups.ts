/**
 * Totals kept at import, so that most reports need not read the events: by day, unit and model; by day; by agent over all
 * time; price lists by day; latencies by month and model. Days are those of the ledger's home zone.
 *
 * Every change of an event applies its figures to them, added or taken away; they are gathered in memory and written
 * before a transaction ends. Figures too large to be sure that sums stay within 64 bits mark the rollups as not exact:
 * then every report reads the events.
 */

import type { Database } from '../../load-driver.js';
import { grainOf, spanDays } from '../../report/grain.js';
import { bucketOf } from '../../report/latency.js';
import { dayNumber, localDayNumbers } from '../../report/local-days.js';
import type { EntryBatch } from '../entry-batch.js';
import type { Dictionaries } from './dictionaries.js';
import type { BatchIds } from './event-columns.js';
import { FIGURES, fillFigures, largestOf } from './rollup-figures.js';
import { type Kind, kindKeeper } from './rollup-kind.js';
import { bitsOf } from './rollup-shape.js';
import { emptyTotals, rollupWriter } from './rollup-writer.js';

const DAY_MS = 86_400_000;
/** Cells gathered before they are written: some 150 bytes each. Agents come back all the time, days do not. */
const MOST_UNIT_CELLS = 200_000;
const MOST_AGENT_CELLS = 500_000;
const ONE = Float64Array.of(1);
/** Sums are gathered as floats, which are exact below 2^53. */
const SURE_TO_FIT = 2 ** 52;
/** Rows whose low limbs, each below 2^32, add up to less than 2^53. */
const MOST_ROWS = 2 ** 21 - 1;

export interface Rollups {
  /** Adds (`sign` 1) or takes away (-1) the figures of one row of a batch. */
  readonly apply: (batch: EntryBatch, ids: BatchIds, row: number, sign: 1 | -1) => void;
  /** Writes what was gathered. Must precede a commit, and any question to the rollups. */
  readonly flush: () => void;
  /** Drops what was gathered; must follow a rollback. */
  readonly forget: () => void;
}

export function rollupsOf(db: Database, ids: Dictionaries, timeZone: string, onInexact: () => void): Rollups {
  const dayOf = localDayNumbers();
  const monthOf = months();
  const write = rollupWriter(db);
  const figures = new Float64Array(FIGURES.length);
  const kinds = kindKeeper(ids);
  let totals = emptyTotals();
  let isInexact = false;
  /** No sum of counts of a cell can be beyond it. */
  let gathered = 0;
  let rows = 0;

  function addToUnit(day: number, unit: number, kind: Kind, sign: 1 | -1): void {
    const { units, unitIndex } = totals;
    const key = keyOf(day, unit, kind);
    const { recording, model, provider, shape } = kind;
    let cell = unitIndex.find(key);
    if (cell === -1) {
      cell = units.open([day, recording, unit, model, provider, shape]);
      unitIndex.set(key, cell);
    }
    units.add(cell, figures, sign);
  }

  function addToAgent(agent: number, { recording, shape, shapeIndex }: Kind, sign: 1 | -1): void {
    const { agents, agentIndex } = totals;
    let cell = agentIndex.find(agent, shapeIndex);
    if (cell === -1) {
      cell = agents.open([agent, recording, shape]);
      agentIndex.set(agent, shapeIndex, cell);
    }
    agents.add(cell, figures, sign);
  }

  function addLatency(month: number, latency: number, { index, recording, model }: Kind, sign: 1 | -1): void {
    const { latencies, latencyIndex } = totals;
    const bucket = bucketOf(latency);
    const key = (month * 2 ** 22 + index) * 1024 + bucket;
    let cell = latencyIndex.find(key);
    if (cell === -1) {
      cell = latencies.open([month, recording, model, bucket]);
      latencyIndex.set(key, cell);
    }
    latencies.add(cell, ONE, sign);
  }

  function addPrice(day: number, price: number, sign: 1 | -1): void {
    const { prices, priceIndex } = totals;
    const key = day >= 0 ? day * 2 ** 22 + price : `${day} ${price}`;
    let cell = priceIndex.find(key);
    if (cell === -1) {
      cell = prices.open([day, price]);
      priceIndex.set(key, cell);
    }
    prices.add(cell, ONE, sign);
  }

  function apply(batch: EntryBatch, of: BatchIds, row: number, sign: 1 | -1): void {
    const { numbers, indexes } = batch;
    const ts = numbers.ts[row]!;
    const end = numbers.until[row]!;
    const until = Number.isNaN(end) ? null : end;
    const dayText = batch.days.get(row);
    const day = dayText === undefined ? dayOf(ts, timeZone) : dayNumber(dayText);
    const isForeign = dayText !== undefined && !(dayOf(ts, timeZone) === day && dayOf(ts - 1, timeZone) < day);
    const facet = of.facet[indexes.facet[row]!]!;
    const recording = of.recording[indexes.recording[row]!]!;
    const bits = bitsOf(batch, row, grainOf(ts, until), isForeign);
    const lastDay = until === null || dayText !== undefined ? day : dayOf(until - 1, timeZone);
    const days = lastDay > day ? lastDay - day + 1 : dayText === undefined ? 0 : spanDays(ts, until);
    const kind = kinds.kindOf(facet, recording, bits, days);
    if (!fillFigures(figures, batch, row)) isInexact = true;
    addToUnit(day, indexes.unit[row] === -1 ? 0 : of.unit[indexes.unit[row]!]!, kind, sign);
    addToAgent(indexes.agent[row] === -1 ? 0 : of.agent[indexes.agent[row]!]!, kind, sign);
    const latency = numbers.latency[row]!;
    if (until === null && !Number.isNaN(latency)) addLatency(monthOf(day), latency, kind, sign);
    if (facet.price !== null) addPrice(day, facet.price, sign);
    gathered += largestOf(figures);
    rows += 1;
    const isFull = totals.units.size > MOST_UNIT_CELLS || totals.agents.size > MOST_AGENT_CELLS;
    if (isFull || gathered > SURE_TO_FIT || rows === MOST_ROWS) flush();
  }

  function flush(): void {
    if (isInexact) {
      forget();
      onInexact();
      return;
    }
    write(totals);
    forget();
  }

  function forget(): void {
    kinds.forget();
    totals = emptyTotals();
    gathered = 0;
    rows = 0;
  }
  return { apply, flush, forget };
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
