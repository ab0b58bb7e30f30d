/** The columns of an event, and how a batch of entries fills them. */

import { amountTooLarge } from '../../errors.js';
import { fitsLedger } from '../../pricing/money.js';
import type { EntryBatch, NumberColumn, Told } from '../entry-batch.js';
import type { Dictionaries, FacetIds } from './dictionaries.js';

/** In the order of the table; those of `EVENT_NUMBERS` come from columns of numbers. */
export const EVENT_COLUMNS = [
  ...(['ts', 'recording', 'id', 'day', 'until', 'facet', 'origin', 'unit', 'agent', 'session', 'requests'] as const),
  ...(['input', 'cache_read', 'cache_write_5m', 'cache_write_1h', 'output', 'reasoning', 'latency_ms'] as const),
  ...(['billed', 'billed_text', 'claimed', 'claimed_text', 'computed', 'import', 'record'] as const),
] as const;
export type EventColumn = (typeof EVENT_COLUMNS)[number];

const NUMBER_OF: Readonly<Partial<Record<EventColumn, NumberColumn>>> = {
  ts: 'ts',
  until: 'until',
  requests: 'requests',
  input: 'input',
  cache_read: 'cacheRead',
  cache_write_5m: 'cacheWrite5m',
  cache_write_1h: 'cacheWrite1h',
  output: 'output',
  reasoning: 'reasoning',
  latency_ms: 'latency',
  billed: 'billed',
  claimed: 'claimed',
  computed: 'computed',
  record: 'record',
};

export type SqlValue = string | number | bigint | null;

/** A batch with the ledger's ids in place of numbers of names. */
export interface BatchIds {
  readonly recording: readonly number[];
  readonly facet: readonly FacetIds[];
  readonly origin: readonly number[];
  readonly unit: readonly number[];
  readonly agent: readonly number[];
  readonly session: readonly number[];
}

/** Follows the batches of one file and knows the ledger's ids of all names told so far. */
export function batchIds(ids: Dictionaries): (batch: EntryBatch) => BatchIds {
  const recording: number[] = [];
  const facet: FacetIds[] = [];
  const origin: number[] = [];
  const unit: number[] = [];
  const agent: number[] = [];
  const session: number[] = [];
  return ({ names }) => {
    extend(recording, names.recording, (name) => ids.recording(name));
    extend(facet, names.facet, (name) => ids.facet(name));
    extend(origin, names.origin, (name) => ids.origin(name));
    extend(unit, names.unit, (name) => ids.name('unit', name));
    extend(agent, names.agent, (name) => ids.name('agent', name));
    extend(session, names.session, (name) => ids.name('session', name));
    return { recording, facet, origin, unit, agent, session };
  };
}

function extend<T, Id>(known: Id[], { start, added }: Told<T>, idOf: (name: T) => Id): void {
  known.length = start;
  for (const name of added) known.push(idOf(name));
}

/** Reads one column of a batch, row by row; `null`: no row has a value there. */
export type ColumnReader = (row: number) => SqlValue;

/** Readers of the columns that any row of the batch fills, in order. */
export function columnReaders(
  batch: EntryBatch,
  ids: BatchIds,
  importId: number,
): readonly (readonly [EventColumn, ColumnReader])[] {
  return EVENT_COLUMNS.flatMap((column) => {
    const reader = readerOf(column, batch, ids, importId);
    return reader === null ? [] : [[column, reader] as const];
  });
}

function readerOf(column: EventColumn, batch: EntryBatch, ids: BatchIds, importId: number): ColumnReader | null {
  const { indexes, size } = batch;
  switch (column) {
    case 'id':
      return (row) => batch.ids[row]!;
    case 'import':
      return () => importId;
    case 'recording':
      return (row) => ids.recording[indexes.recording[row]!]!;
    case 'facet':
      return (row) => ids.facet[indexes.facet[row]!]!.id;
    case 'origin':
      return (row) => ids.origin[indexes.origin[row]!]!;
    case 'unit':
    case 'agent':
    case 'session':
      return nameReader(indexes[column], ids[column], size);
    case 'day':
      return batch.days.size === 0 ? null : (row) => batch.days.get(row) ?? null;
    case 'billed_text':
      return batch.texts.billed.size === 0 ? null : (row) => batch.texts.billed.get(row) ?? null;
    case 'claimed_text':
      return batch.texts.claimed.size === 0 ? null : (row) => batch.texts.claimed.get(row) ?? null;
    case 'billed':
    case 'claimed':
    case 'computed':
      return amountReader(batch.numbers[column], batch.large[column], size);
    default:
      return numberReader(batch.numbers[NUMBER_OF[column]!], size);
  }
}

function nameReader(index: Int32Array, ids: readonly number[], size: number): ColumnReader | null {
  for (let row = 0; row < size; row++) {
    if (index[row] !== -1) return (at) => (index[at] === -1 ? null : ids[index[at]!]!);
  }
  return null;
}

function numberReader(values: Float64Array, size: number): ColumnReader | null {
  for (let row = 0; row < size; row++) {
    if (!Number.isNaN(values[row]!)) return (at) => (Number.isNaN(values[at]!) ? null : values[at]!);
  }
  return null;
}

function amountReader(values: Float64Array, large: ReadonlyMap<number, bigint>, size: number): ColumnReader | null {
  const plain = numberReader(values, size);
  if (large.size === 0) return plain;
  return (row) => {
    const pico = large.get(row);
    return pico === undefined ? plain!(row) : int64(pico, 'cost', PICO_LIMIT);
  };
}

const PICO_LIMIT = '9,223,372.036854775807 of a currency';
const MILLIONTHS_LIMIT = '9,223,372,036,854.775807';

export const quantityValue = (name: string, value: bigint): bigint => int64(value, name, MILLIONTHS_LIMIT);

/** @throws AMOUNT_TOO_LARGE for what an integer of SQLite cannot hold */
function int64(value: bigint, field: string, limit: string): bigint {
  if (!fitsLedger(value)) throw amountTooLarge(field, limit);
  return value;
}
