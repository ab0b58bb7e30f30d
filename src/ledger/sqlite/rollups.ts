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
import { Cells } from './rollup-cells.js';

export const FIGURES = [
  ...(['events', 'requests', 'input', 'cache_read', 'cache_write', 'output', 'reasoning'] as const),
  ...(['billed_high', 'billed_low', 'claimed_high', 'claimed_low', 'computed_high', 'computed_low'] as const),
] as const;

/** A count beyond this, and a sum of millions of it might not fit 64 bits. */
export const LARGEST_COUNT = 2 ** 38;
const DAY_MS = 86_400_000;
/** Cells gathered before they are written: some 150 bytes each. Agents come back all the time, days do not. */
const MOST_UNIT_CELLS = 200_000;
const MOST_AGENT_CELLS = 500_000;
const ONE = [1];
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

const UNIT_KEYS = ['day', 'recording', 'unit', 'model', 'provider', 'shape'];
const DAY_KEYS = ['day', 'recording', 'shape'];
const AGENT_KEYS = ['agent', 'recording', 'shape'];
const LATENCY_KEYS = ['month', 'recording', 'model', 'bucket'];
const PRICE_KEYS = ['day', 'price'];

/** What a cell has besides its day and unit. Many facets are of one kind: they differ in what no rollup tells. */
interface Kind {
  /** Of recording, model, provider and shape. */
  readonly index: number;
  /** Of recording and shape alone. */
  readonly shapeIndex: number;
  readonly recording: number;
  readonly model: number;
  readonly provider: number;
  readonly shape: number;
}

/** Values of one row, in the order of `FIGURES`. */
type Figures = Float64Array;

export function rollupsOf(db: Database, ids: Dictionaries, timeZone: string, onInexact: () => void): Rollups {
  const dayOf = localDayNumbers();
  const monthOf = months();
  const write = rollupWriter(db);
  const figures = new Float64Array(FIGURES.length);
  let kinds = new Map<number | string, Kind>();
  let numbers = new Map<string, number>();
  let units = new Cells(UNIT_KEYS.length, FIGURES.length);
  let agents = new Cells(AGENT_KEYS.length, FIGURES.length);
  let latencies = new Cells(LATENCY_KEYS.length, 1);
  let prices = new Cells(PRICE_KEYS.length, 1);
  let isInexact = false;
  /** No sum of counts of a cell can be beyond it. */
  let gathered = 0;
  let rows = 0;

  const numberOf = (key: string): number => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };

  function kindOf(facet: FacetIds, recording: number, bits: number, days: number): Kind {
    const plain = (recording * 2 ** 22 + facet.id) * 4096 + bits;
    const key = days === 0 ? plain : `${plain} ${days}`;
    const known = kinds.get(key);
    if (known !== undefined) return known;
    const shape = ids.shape(shapeOf(facet, bits, days));
    const { model, provider } = facet;
    const index = numberOf(`${recording} ${model} ${provider} ${shape}`);
    const kind = { index, shapeIndex: numberOf(`${recording} ${shape}`), recording, model, provider, shape };
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
    const lastDay = until === null || dayText !== undefined ? day : dayOf(until - 1, timeZone);
    const kind = kindOf(
      facet,
      recording,
      bits,
      lastDay > day ? lastDay - day + 1 : dayText === undefined ? 0 : spanDays(ts, until),
    );
    if (!fill(figures, batch, row)) isInexact = true;
    const unit = indexes.unit[row] === -1 ? 0 : of.unit[indexes.unit[row]!]!;
    const agent = indexes.agent[row] === -1 ? 0 : of.agent[indexes.agent[row]!]!;
    const { recording: r, model, provider, shape } = kind;
    const unitKey = keyOf(day, unit, kind);
    const ofUnit = units.find(unitKey);
    units.add(ofUnit === -1 ? units.open(unitKey, [day, r, unit, model, provider, shape]) : ofUnit, figures, sign);
    const agentKey = agent * 2 ** 22 + kind.shapeIndex;
    const ofAgent = agents.find(agentKey);
    agents.add(ofAgent === -1 ? agents.open(agentKey, [agent, r, shape]) : ofAgent, figures, sign);
    const latency = numbers.latency[row]!;
    if (until === null && !Number.isNaN(latency)) {
      const [month, bucket] = [monthOf(day), bucketOf(latency)];
      const key = (month * 2 ** 22 + kind.index) * 1024 + bucket;
      const cell = latencies.find(key);
      latencies.add(cell === -1 ? latencies.open(key, [month, r, model, bucket]) : cell, ONE, sign);
    }
    if (facet.price !== null) {
      const key = day >= 0 ? day * 2 ** 22 + facet.price : `${day} ${facet.price}`;
      const cell = prices.find(key);
      prices.add(cell === -1 ? prices.open(key, [day, facet.price]) : cell, ONE, sign);
    }
    gathered += largestOf(figures);
    rows += 1;
    const isFull = units.size > MOST_UNIT_CELLS || agents.size > MOST_AGENT_CELLS;
    if (isFull || gathered > SURE_TO_FIT || rows === MOST_ROWS) flush();
  }

  function flush(): void {
    if (isInexact) {
      forget();
      onInexact();
      return;
    }
    write.units(units);
    write.days(units);
    write.agents(agents);
    write.latencies(latencies);
    write.prices(prices);
    forget();
  }

  function forget(): void {
    kinds = new Map();
    numbers = new Map();
    units = new Cells(UNIT_KEYS.length, FIGURES.length);
    agents = new Cells(AGENT_KEYS.length, FIGURES.length);
    latencies = new Cells(LATENCY_KEYS.length, 1);
    prices = new Cells(PRICE_KEYS.length, 1);
    gathered = 0;
    rows = 0;
  }
  return { apply, flush, forget };
}

/** The largest of the counts of a row; limbs of amounts are below `LIMB`. */
const largestOf = (figures: Figures): number =>
  Math.max(figures[1]!, figures[2]!, figures[3]!, figures[4]!, figures[5]!, figures[6]!);

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
  figures[0] = 1;
  figures[1] = numbers.requests[row]!;
  figures[2] = numbers.input[row]! || 0;
  figures[3] = numbers.cacheRead[row]! || 0;
  figures[4] = (numbers.cacheWrite5m[row]! || 0) + (numbers.cacheWrite1h[row]! || 0);
  figures[5] = numbers.output[row]! || 0;
  figures[6] = numbers.reasoning[row]! || 0;
  putAmount(figures, 7, numbers.billed[row]!, large.billed.get(row));
  putAmount(figures, 9, numbers.claimed[row]!, large.claimed.get(row));
  putAmount(figures, 11, numbers.computed[row]!, large.computed.get(row));
  for (let i = 1; i < 7; i++) if (figures[i]! > LARGEST_COUNT) return false;
  return true;
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
  const day = upserter(db, 'rollup_day', DAY_KEYS, FIGURES);
  return {
    units: upserter(db, 'rollup_unit', UNIT_KEYS, FIGURES),
    days: (units: Cells): void => day(foldedToDays(units)),
    agents: upserter(db, 'rollup_agent', AGENT_KEYS, FIGURES),
    latencies: upserter(db, 'rollup_latency', LATENCY_KEYS, ['events']),
    prices: upserter(db, 'rollup_price', PRICE_KEYS, ['events']),
  };
}

function foldedToDays(units: Cells): Cells {
  const days = new Cells(DAY_KEYS.length, FIGURES.length);
  for (let cell = 0; cell < units.size; cell++) {
    const [day, recording, , , , shape] = units.key(cell) as unknown as [number, number, ...number[]];
    const key = `${day} ${recording} ${shape}`;
    const known = days.find(key);
    days.add(known === -1 ? days.open(key, [day, recording, shape!]) : known, units.figures(cell), 1);
  }
  return days;
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
  return (cells: Cells): void => {
    const values: number[] = [];
    for (let first = 0; first < cells.size; ) {
      const rows = cells.size - first >= ROWS ? ROWS : 1;
      for (let row = 0; row < rows; row++) cells.copy(first + row, values, row * width);
      values.length = rows * width;
      (rows === ROWS ? many : one).run(values);
      first += rows;
    }
    if (cells.hasLosses()) sweep.run();
  };
}
