/**
 * Totals kept at import, so that most reports need not read the events: by day, unit and model; by day; by agent over all
 * time; latencies by month and model. Days are those of the ledger's home zone.
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
import type { Dictionaries, FacetIds } from './dictionaries.js';
import type { BatchIds } from './event-columns.js';
import { NumberTable } from './number-table.js';

export const FIGURES = [
  ...(['events', 'requests', 'input', 'cache_read', 'cache_write', 'output', 'reasoning'] as const),
  ...(['billed_high', 'billed_low', 'claimed_high', 'claimed_low', 'computed_high', 'computed_low'] as const),
] as const;

/** A count beyond this, and a sum of millions of it might not fit 64 bits. */
export const LARGEST_COUNT = 2 ** 38;
const DAY_MS = 86_400_000;
/** Cells gathered before they are written. */
const CELLS = 200_000;

export interface Rollups {
  /** Adds (`sign` 1) or takes away (-1) the figures of one row of a batch. */
  readonly apply: (batch: EntryBatch, ids: BatchIds, row: number, sign: 1 | -1) => void;
  /** Writes what was gathered. Must precede a commit, and any question to the rollups. */
  readonly flush: () => void;
  /** Drops what was gathered; must follow a rollback. */
  readonly forget: () => void;
}

/** Sums by key, gathered in columns. */
class Cells {
  readonly #width: number;
  readonly #rows = new NumberTable();
  readonly #odd = new Map<string, number>();
  readonly #keys: (readonly number[])[] = [];
  #sums: Float64Array;

  constructor(width: number) {
    this.#width = width;
    this.#sums = new Float64Array(1024 * width);
  }

  get size(): number {
    return this.#keys.length;
  }

  /** Offset of the sums of a cell. */
  at(key: number | string, columns: () => readonly number[]): number {
    const known = typeof key === 'number' ? this.#rows.find(key) : (this.#odd.get(key) ?? -1);
    if (known !== -1) return known;
    const offset = this.#keys.length * this.#width;
    if (typeof key === 'number') this.#rows.set(key, offset);
    else this.#odd.set(key, offset);
    this.#keys.push(columns());
    if (offset + this.#width > this.#sums.length) {
      const larger = new Float64Array(this.#sums.length * 2);
      larger.set(this.#sums);
      this.#sums = larger;
    }
    return offset;
  }

  get sums(): Float64Array {
    return this.#sums;
  }

  /** Indexes of all cells in the order of their keys. */
  inOrder(): Uint32Array {
    const keys = this.#keys;
    return Uint32Array.from(keys.keys()).sort((a, b) => compareKeys(keys[a]!, keys[b]!));
  }

  /** Puts key and sums of a cell into a list, from a place on. */
  copy(index: number, into: number[], at: number): void {
    const key = this.#keys[index]!;
    for (let i = 0; i < key.length; i++) into[at + i] = key[i]!;
    const [from, to] = [index * this.#width, at + key.length];
    for (let i = 0; i < this.#width; i++) into[to + i] = this.#sums[from + i]!;
  }

  /** Whether some cell lost as many events as it got, or more: it may be empty in the table then. */
  hasLosses(): boolean {
    for (let at = 0; at < this.#keys.length * this.#width; at += this.#width) if (this.#sums[at]! <= 0) return true;
    return false;
  }

  *entries(): Generator<{ readonly key: readonly number[]; readonly sums: Float64Array }> {
    for (const [index, key] of this.#keys.entries()) {
      const offset = index * this.#width;
      yield { key, sums: this.#sums.subarray(offset, offset + this.#width) };
    }
  }
}

/** What a cell has besides its day and unit. */
interface Kind {
  readonly index: number;
  readonly recording: number;
  readonly model: number;
  readonly provider: number;
  readonly shape: number;
}

/** Values of one row, in the order of `FIGURES`. */
type Figures = Float64Array;

export function rollupsOf(db: Database, ids: Dictionaries, timeZone: string, onInexact: () => void): Rollups {
  const dayOf = localDayNumbers();
  const write = rollupWriter(db);
  const figures = new Float64Array(FIGURES.length);
  let kinds = new Map<number | string, Kind>();
  let units = new Cells(FIGURES.length);
  let agents = new Cells(FIGURES.length);
  let latencies = new Cells(1);
  let isInexact = false;

  function kindOf(facet: FacetIds, recording: number, bits: number, days: number): Kind {
    const plain = (recording * 2 ** 22 + facet.id) * 4096 + bits;
    const key = days === 0 ? plain : `${plain} ${days}`;
    const known = kinds.get(key);
    if (known !== undefined) return known;
    const shape = ids.shape(shapeOf(facet, bits, days));
    const kind = { index: kinds.size, recording, model: facet.model, provider: facet.provider, shape };
    kinds.set(key, kind);
    return kind;
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
    const bits = bitsOf(batch, row, GRAINS.indexOf(grainOf(ts, until)), isForeign);
    const crosses = until !== null && dayText === undefined && dayOf(until - 1, timeZone) !== day;
    const kind = kindOf(facet, recording, bits, spanDays(ts, until) || (crosses ? 2 : 0));
    if (!fill(figures, batch, row)) isInexact = true;
    const unit = indexes.unit[row] === -1 ? 0 : of.unit[indexes.unit[row]!]!;
    const agent = indexes.agent[row] === -1 ? 0 : of.agent[indexes.agent[row]!]!;
    const { recording: r, model, provider, shape } = kind;
    addTo(units, keyOf(day, unit, kind), () => [day, r, unit, model, provider, shape], figures, sign);
    addTo(agents, agent * 2 ** 22 + kind.index, () => [agent, r, shape], figures, sign);
    const latency = numbers.latency[row]!;
    if (until === null && !Number.isNaN(latency)) {
      const [month, bucket] = [monthOf(day), bucketOf(latency)];
      const cell = latencies.at((month * 2 ** 22 + kind.index) * 1024 + bucket, () => [month, r, model, bucket]);
      latencies.sums[cell]! += sign;
    }
    if (units.size + agents.size > CELLS) flush();
  }

  function flush(): void {
    if (isInexact) onInexact();
    isInexact = false;
    write.units(units);
    write.days(units);
    write.agents(agents);
    write.latencies(latencies);
    forget();
  }

  function forget(): void {
    kinds = new Map();
    units = new Cells(FIGURES.length);
    agents = new Cells(FIGURES.length);
    latencies = new Cells(1);
  }
  return { apply, flush, forget };
}

/** Calendar months since 1970-01 of a day number. */
const monthOf = (day: number): number => {
  const date = new Date(day * DAY_MS);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
};

/** A number where all parts are within their bits, else a text: 16 for the day, 14 for the unit, 22 for the kind. */
const keyOf = (day: number, unit: number, { index }: Kind): number | string =>
  day >= 0 && day < 2 ** 16 && unit < 2 ** 14 && index < 2 ** 22
    ? (day * 2 ** 14 + unit) * 2 ** 22 + index
    : `${day} ${unit} ${index}`;

function addTo(
  cells: Cells,
  key: number | string,
  columns: () => readonly number[],
  figures: Figures,
  sign: 1 | -1,
): void {
  const at = cells.at(key, columns);
  const { sums } = cells;
  for (let i = 0; i < figures.length; i++) sums[at + i]! += sign * figures[i]!;
}

// --- one row ----------------------------------------------------------------------------------------------------

const GRAINS = ['request', 'minute', 'hour', 'day', 'range'] as const;
const [REPORTED_BITS, USED_BIT, CLAIM_BIT, FOREIGN_BIT, ASSIGNED_BIT, GRAIN_SHIFT] = [
  5,
  1 << 5,
  1 << 6,
  1 << 7,
  1 << 8,
  9,
];

/** Token classes of a cell, each a bit of `reported`: input, cache read, cache write, output, reasoning. */
function bitsOf(
  { numbers, indexes, texts, quantities }: EntryBatch,
  row: number,
  grain: number,
  isForeign: boolean,
): number {
  const [input, read, output, reasoning] = [
    numbers.input[row]!,
    numbers.cacheRead[row]!,
    numbers.output[row]!,
    numbers.reasoning[row]!,
  ];
  const [write5m, write1h] = [numbers.cacheWrite5m[row]!, numbers.cacheWrite1h[row]!];
  const used = input > 0 || read > 0 || output > 0 || write5m > 0 || write1h > 0 || hasQuantity(quantities.get(row));
  const claimed = numbers.claimed[row]!;
  const isClaimKnown = !Number.isNaN(claimed) && (claimed !== 0 || texts.claimed.has(row) || !used);
  return (
    (Number.isNaN(input) ? 0 : 1) |
    (Number.isNaN(read) ? 0 : 2) |
    (Number.isNaN(write5m) && Number.isNaN(write1h) ? 0 : 4) |
    (Number.isNaN(output) ? 0 : 8) |
    (Number.isNaN(reasoning) ? 0 : 16) |
    (used ? USED_BIT : 0) |
    (isClaimKnown ? CLAIM_BIT : 0) |
    (isForeign ? FOREIGN_BIT : 0) |
    (indexes.unit[row] === -1 ? 0 : ASSIGNED_BIT) |
    (grain << GRAIN_SHIFT)
  );
}

const hasQuantity = (quantities: Readonly<Record<string, bigint>> | undefined): boolean =>
  quantities !== undefined && Object.values(quantities).some((amount) => amount !== 0n);

const shapeOf = (facet: FacetIds, bits: number, days: number) => ({
  grain: GRAINS[bits >> GRAIN_SHIFT]!,
  days,
  isForeign: bits & FOREIGN_BIT ? 1 : 0,
  isUsed: bits & USED_BIT ? 1 : 0,
  isAssigned: bits & ASSIGNED_BIT ? 1 : 0,
  reported: bits & (2 ** REPORTED_BITS - 1),
  charge: facet.charge,
  isCovered: facet.isCovered,
  billedCurrency: facet.billedCurrency,
  claimedCurrency: bits & CLAIM_BIT ? facet.claimedCurrency : null,
  computedCurrency: facet.computedCurrency,
});

/** Figures of a row, in the order of `FIGURES`; false when one of them is so large that sums might not stay exact. */
function fill(figures: Figures, { numbers, large }: EntryBatch, row: number): boolean {
  const counts = [
    numbers.requests[row]!,
    numbers.input[row]! || 0,
    numbers.cacheRead[row]! || 0,
    (numbers.cacheWrite5m[row]! || 0) + (numbers.cacheWrite1h[row]! || 0),
    numbers.output[row]! || 0,
    numbers.reasoning[row]! || 0,
  ];
  figures[0] = 1;
  figures.set(counts, 1);
  putAmount(figures, 7, numbers.billed[row]!, large.billed.get(row));
  putAmount(figures, 9, numbers.claimed[row]!, large.claimed.get(row));
  putAmount(figures, 11, numbers.computed[row]!, large.computed.get(row));
  return counts.every((count) => count <= LARGEST_COUNT);
}

const LIMB = 2 ** 32;

/** High and low 32 bits, as two's complement has them, so that sums of millions stay exact. */
function putAmount(figures: Figures, at: number, pico: number, large: bigint | undefined): void {
  if (large !== undefined) {
    figures[at] = Number(large >> 32n);
    figures[at + 1] = Number(large & 0xffff_ffffn);
  } else if (Number.isNaN(pico)) {
    figures[at] = 0;
    figures[at + 1] = 0;
  } else {
    const high = Math.floor(pico / LIMB);
    figures[at] = high;
    figures[at + 1] = pico - high * LIMB;
  }
}

// --- writing ----------------------------------------------------------------------------------------------------

/** Rows of one statement. */
const ROWS = 30;

function rollupWriter(db: Database) {
  const unit = upserter(db, 'rollup_unit', ['day', 'recording', 'unit', 'model', 'provider', 'shape'], FIGURES);
  const day = upserter(db, 'rollup_day', ['day', 'recording', 'shape'], FIGURES);
  const agent = upserter(db, 'rollup_agent', ['agent', 'recording', 'shape'], FIGURES);
  const latency = upserter(db, 'rollup_latency', ['month', 'recording', 'model', 'bucket'], ['events']);
  return {
    units: unit,
    days: (units: Cells): void => day(foldedToDays(units)),
    agents: agent,
    latencies: latency,
  };
}

function foldedToDays(units: Cells): Cells {
  const days = new Cells(FIGURES.length);
  for (const { key, sums } of units.entries()) {
    const [day, recording, , , , shape] = key as [number, number, number, number, number, number];
    addTo(days, `${day} ${recording} ${shape}`, () => [day, recording, shape], sums, 1);
  }
  return days;
}

/** Adds cells to a table, in the order of its key; cells in which nothing is left are removed. */
function upserter(db: Database, table: string, keys: readonly string[], figures: readonly string[]) {
  const columns = [...keys, ...figures];
  const statement = (rows: number) =>
    db.prepare(`INSERT INTO ${table} (${columns}) VALUES ${Array(rows).fill(`(${columns.map(() => '?')})`)}
      ON CONFLICT DO UPDATE SET ${figures.map((name) => `${name} = ${name} + excluded.${name}`)}`);
  const many = statement(ROWS);
  const one = statement(1);
  const sweep = db.prepare(`DELETE FROM ${table} WHERE events = 0`);
  return (cells: Cells): void => {
    const ordered = cells.inOrder();
    const width = columns.length;
    const values: number[] = [];
    for (let first = 0; first < ordered.length; ) {
      const rows = ordered.length - first >= ROWS ? ROWS : 1;
      for (let row = 0; row < rows; row++) cells.copy(ordered[first + row]!, values, row * width);
      values.length = rows * width;
      (rows === ROWS ? many : one).run(values);
      first += rows;
    }
    if (cells.hasLosses()) sweep.run();
  };
}

function compareKeys(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}
