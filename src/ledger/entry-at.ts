import type { Amount } from '../pricing/money.js';
import type { Origin } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';
import { type EntryBatch, NAME_COLUMNS, type NameColumn, type NumberColumn } from './entry-batch.js';
import type { Facet } from './facet.js';
import { idAt } from './id-column.js';
import type { Entry } from './ledger.js';

/** All names told over the batches of one file. */
export interface KnownNames {
  readonly recording: readonly Recording[];
  readonly facet: readonly Facet[];
  readonly origin: readonly Origin[];
  readonly unit: readonly string[];
  readonly agent: readonly string[];
  readonly session: readonly string[];
}

/** Follows the batches of a file and knows all names told so far. */
export function followNames(): (batch: EntryBatch) => KnownNames {
  const known = { recording: [], facet: [], origin: [], unit: [], agent: [], session: [] } as {
    [name in NameColumn]: unknown[];
  };
  return ({ names }) => {
    for (const column of NAME_COLUMNS) {
      known[column].length = names[column].start;
      for (const name of names[column].added) known[column].push(name);
    }
    return known as unknown as KnownNames;
  };
}

/** The entry that a row of a batch stands for. */
export function entryAt(batch: EntryBatch, names: KnownNames, row: number): Entry {
  const { numbers, indexes } = batch;
  const number = (column: NumberColumn): number | null => {
    const value = numbers[column][row]!;
    return Number.isNaN(value) ? null : value;
  };
  const name = (column: 'unit' | 'agent' | 'session'): string | null => {
    const index = indexes[column][row]!;
    return index === -1 ? null : names[column][index]!;
  };
  const { billedCurrency, claimedCurrency, computed, ...facet } = names.facet[indexes.facet[row]!]!;
  const recording = names.recording[indexes.recording[row]!]!;
  const id = idAt(batch.ids, row);
  return {
    recording,
    id,
    event: {
      ...facet,
      id: id.startsWith('~') ? null : id,
      at: numbers.ts[row]!,
      day: batch.days.get(row) ?? null,
      until: number('until'),
      account: recording.account,
      origin: names.origin[indexes.origin[row]!]!,
      agent: name('agent'),
      session: name('session'),
      requests: numbers.requests[row]!,
      tokens: {
        input: number('input'),
        cacheRead: number('cacheRead'),
        cacheWrite5m: number('cacheWrite5m'),
        cacheWrite1h: number('cacheWrite1h'),
        output: number('output'),
        reasoning: number('reasoning'),
      },
      quantities: batch.quantities.get(row) ?? {},
      counter: null,
      latencyMs: number('latency'),
      statedCost: amountAt(batch, 'billed', row, billedCurrency) ?? amountAt(batch, 'claimed', row, claimedCurrency),
    },
    unit: name('unit'),
    computed: computed.known ? { ...computed, pico: picoAt(batch, 'computed', row) } : computed,
    record: numbers.record[row]!,
  };
}

const picoAt = ({ numbers, large }: EntryBatch, column: 'billed' | 'claimed' | 'computed', row: number): bigint =>
  large[column].get(row) ?? BigInt(numbers[column][row]!);

const amountAt = (
  batch: EntryBatch,
  column: 'billed' | 'claimed',
  row: number,
  currency: string | null,
): Amount | null =>
  currency === null || Number.isNaN(batch.numbers[column][row]!)
    ? null
    : { currency, pico: picoAt(batch, column, row), text: batch.texts[column].get(row) ?? null };
