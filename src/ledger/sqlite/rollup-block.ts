/** Some rows of a batch with what the rollups need of each: its cells' keys and its figures. */

import { grainOf, spanDays } from '../../report/grain.js';
import { dayNumber, localDayNumbers } from '../../report/local-days.js';
import type { EntryBatch } from '../entry-batch.js';
import type { Dictionaries } from './dictionaries.js';
import type { BatchIds } from './event-columns.js';
import { FIGURES, fillFigures, largestOf } from './rollup-figures.js';
import { type Kind, kindKeeper } from './rollup-kind.js';
import { bitsOf } from './rollup-shape.js';

/** Rows of a block. What it holds stays in the processor's nearest cache. */
export const BLOCK = 256;

/** Rows of one batch, gone through once for each rollup: so look-ups of several rows wait for memory at the same time. */
export class RollupBlock {
  readonly days = new Float64Array(BLOCK);
  readonly units = new Float64Array(BLOCK);
  readonly agents = new Float64Array(BLOCK);
  /** NaN: none, or that of a bucket. */
  readonly latencies = new Float64Array(BLOCK);
  /** NaN: none. */
  readonly prices = new Float64Array(BLOCK);
  readonly kinds: Kind[] = [];
  /** Of each row, in the order of `FIGURES`. */
  readonly figures = new Float64Array(BLOCK * FIGURES.length);
  size = 0;
  /** False once a figure of any row was so large that sums might not stay exact; it stays so. */
  isExact = true;
  /** The largest counts of the rows, added. */
  largest = 0;
  readonly #timeZone: string;
  readonly #dayOf = localDayNumbers();
  readonly #kinds: ReturnType<typeof kindKeeper>;

  constructor(ids: Dictionaries, timeZone: string) {
    this.#kinds = kindKeeper(ids);
    this.#timeZone = timeZone;
  }

  clear(): void {
    this.size = 0;
    this.largest = 0;
  }

  add(batch: EntryBatch, of: BatchIds, row: number): void {
    const { numbers, indexes } = batch;
    const place = this.size++;
    const facet = of.facet[indexes.facet[row]!]!;
    const isSingle = Number.isNaN(numbers.until[row]!);
    this.kinds[place] = this.#kindAt(batch, of, row, place);
    this.units[place] = indexes.unit[row] === -1 ? 0 : of.unit[indexes.unit[row]!]!;
    this.agents[place] = indexes.agent[row] === -1 ? 0 : of.agent[indexes.agent[row]!]!;
    this.latencies[place] = isSingle ? numbers.latency[row]! : Number.NaN;
    this.prices[place] = facet.price ?? Number.NaN;
    if (!fillFigures(this.figures, place * FIGURES.length, batch, row)) this.isExact = false;
    this.largest += largestOf(this.figures, place * FIGURES.length);
  }

  /** Whether a shape met is that of buckets of several days. */
  isLong(shape: number): boolean {
    return this.#kinds.isLong(shape);
  }

  get kindsKept(): number {
    return this.#kinds.size();
  }

  /** So that memory is bounded. Numbers of kinds are given out anew. */
  forgetKinds(): void {
    this.#kinds.forget();
  }

  #kindAt(batch: EntryBatch, of: BatchIds, row: number, place: number): Kind {
    const { numbers, indexes, days } = batch;
    const [dayOf, timeZone] = [this.#dayOf, this.#timeZone];
    const ts = numbers.ts[row]!;
    const end = numbers.until[row]!;
    const until = Number.isNaN(end) ? null : end;
    const dayText = days.get(row);
    const day = dayText === undefined ? dayOf(ts, timeZone) : dayNumber(dayText);
    const isForeign = dayText !== undefined && !(dayOf(ts, timeZone) === day && dayOf(ts - 1, timeZone) < day);
    const lastDay = until === null || dayText !== undefined ? day : dayOf(until - 1, timeZone);
    const length = lastDay > day ? lastDay - day + 1 : dayText === undefined ? 0 : spanDays(ts, until);
    this.days[place] = day;
    const bits = bitsOf(batch, row, grainOf(ts, until), isForeign);
    return this.#kinds.kindOf(of.facet[indexes.facet[row]!]!, of.recording[indexes.recording[row]!]!, bits, length);
  }
}
