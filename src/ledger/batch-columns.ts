import type { ComputedCost } from '../pricing/cost.js';
import type { Amount } from '../pricing/money.js';
import type { UsageEvent } from '../usage/event.js';
import { UUID_BYTES } from '../usage/uuid.js';
import {
  type EntryBatch,
  NAME_COLUMNS,
  type NameColumn,
  type Names,
  NUMBER_COLUMNS,
  type NumberColumn,
} from './entry-batch.js';
import type { IdsToFill } from './id-column.js';

/** A batch that is being filled. */
export interface Columns {
  size: number;
  readonly capacity: number;
  readonly memory: ArrayBuffer;
  readonly ids: IdsToFill;
  readonly numbers: Record<NumberColumn, Float64Array>;
  readonly indexes: Record<NameColumn, Int32Array>;
  readonly days: Map<number, string>;
  readonly texts: Record<'billed' | 'claimed', Map<number, string>>;
  readonly large: Record<'billed' | 'claimed' | 'computed', Map<number, bigint>>;
  readonly quantities: Map<number, Readonly<Record<string, bigint>>>;
}

const ROW_BYTES = NUMBER_COLUMNS.length * 8 + NAME_COLUMNS.length * 4 + UUID_BYTES;

/** @param reused  memory of a batch that nobody needs any more */
export function emptyColumns(capacity: number, reused?: ArrayBuffer): Columns {
  const memory = reused ?? new ArrayBuffer(capacity * ROW_BYTES);
  const { bytes, numbers, indexes } = columnsIn(memory, capacity);
  return {
    size: 0,
    capacity,
    memory,
    ids: { bytes, texts: [] },
    numbers,
    indexes,
    days: new Map(),
    texts: { billed: new Map(), claimed: new Map() },
    large: { billed: new Map(), claimed: new Map(), computed: new Map() },
    quantities: new Map(),
  };
}

/** All columns in one piece of memory, so that one piece changes hands between threads. */
export function columnsIn(memory: ArrayBuffer, capacity: number) {
  let at = 0;
  const take = (bytes: number): number => {
    const start = at;
    at += bytes;
    return start;
  };
  return {
    numbers: recordOf(NUMBER_COLUMNS, () => new Float64Array(memory, take(capacity * 8), capacity)),
    indexes: recordOf(NAME_COLUMNS, () => new Int32Array(memory, take(capacity * 4), capacity)),
    bytes: new Uint8Array(memory, take(capacity * UUID_BYTES), capacity * UUID_BYTES),
  };
}

/**
 * What was filled, as a batch. Written out, as everywhere where a batch is made: objects from a spread are of many hidden
 * classes, and code that reads them for every row is compiled for each.
 */
export function batchOfColumns(columns: Columns, names: Names): EntryBatch {
  const { size, capacity, memory, ids, numbers, indexes, days, texts, large, quantities } = columns;
  return { size, capacity, memory, ids, numbers, indexes, names, days, texts, large, quantities };
}

/** Adds a row with all of an event that is no name; returns its number. */
export function addFigures(columns: Columns, event: UsageEvent, isBill: boolean, computed: ComputedCost): number {
  const { numbers } = columns;
  const { tokens } = event;
  const row = columns.size++;
  numbers.ts[row] = event.at;
  numbers.until[row] = event.until ?? Number.NaN;
  numbers.requests[row] = event.requests;
  numbers.input[row] = tokens.input ?? Number.NaN;
  numbers.cacheRead[row] = tokens.cacheRead ?? Number.NaN;
  numbers.cacheWrite5m[row] = tokens.cacheWrite5m ?? Number.NaN;
  numbers.cacheWrite1h[row] = tokens.cacheWrite1h ?? Number.NaN;
  numbers.output[row] = tokens.output ?? Number.NaN;
  numbers.reasoning[row] = tokens.reasoning ?? Number.NaN;
  numbers.latency[row] = event.latencyMs ?? Number.NaN;
  setAmount(columns, 'billed', row, isBill ? event.statedCost : null);
  setAmount(columns, 'claimed', row, isBill ? null : event.statedCost);
  setPico(columns, 'computed', row, computed.known ? computed.pico : null);
  if (event.day !== null) columns.days.set(row, event.day);
  for (const _ in event.quantities) {
    columns.quantities.set(row, event.quantities);
    break;
  }
  return row;
}

const recordOf = <K extends string, V>(keys: readonly K[], value: () => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value()])) as Record<K, V>;

function setAmount(columns: Columns, name: 'billed' | 'claimed', row: number, amount: Amount | null): void {
  setPico(columns, name, row, amount === null ? null : amount.pico);
  if (amount !== null && amount.text !== null) columns.texts[name].set(row, amount.text);
}

export function setPico(
  columns: Columns,
  name: 'billed' | 'claimed' | 'computed',
  row: number,
  pico: bigint | null,
): void {
  const number = pico === null ? Number.NaN : Number(pico);
  columns.numbers[name][row] = number;
  if (pico !== null && !Number.isSafeInteger(number)) columns.large[name].set(row, pico);
}
