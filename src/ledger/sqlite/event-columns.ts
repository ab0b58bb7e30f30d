/** The columns of an event, and how a batch of entries fills them. */

import { amountTooLarge } from '../../errors/money.js';
import { fitsLedger } from '../../pricing/money.js';
import type { EntryBatch, NumberColumn } from '../entry-batch.js';
import type { Told } from '../told-names.js';
import type { Dictionaries, FacetIds } from './dictionaries.js';
import { storedIdAt } from './stored-id.js';

/** In the order of the table; those of `NUMBER_OF` come from columns of numbers. */
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

export type SqlValue = string | number | bigint | Buffer | null;

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
    extendNames(unit, names.unit, 'unit', ids);
    extendNames(agent, names.agent, 'agent', ids);
    extendNames(session, names.session, 'session', ids);
    return { recording, facet, origin, unit, agent, session };
  };
}

function extend<T, Id>(known: Id[], { start, added }: Told<T>, idOf: (name: T) => Id): void {
  known.length = start;
  for (const name of added) known.push(idOf(name));
}

function extendNames(
  known: number[],
  { start, added }: Told<string>,
  table: 'unit' | 'agent' | 'session',
  ids: Dictionaries,
): void {
  known.length = start;
  for (const id of ids.namesOf(table, added)) known.push(id);
}

/** Puts one column of rows `[first, end)` into the values of a statement, `stride` places apart from `at` on. */
export type FillColumn = (values: SqlValue[], first: number, end: number, at: number, stride: number) => void;

/** What fills the columns, but for `import`, that any row of the batch has a value in, in order. */
export function columnFillers(batch: EntryBatch, ids: BatchIds): readonly (readonly [EventColumn, FillColumn])[] {
  return EVENT_COLUMNS.flatMap((column) => {
    const fill = column === 'import' ? null : fillerOf(column, batch, ids);
    return fill === null ? [] : [[column, fill] as const];
  });
}

function fillerOf(column: Exclude<EventColumn, 'import'>, batch: EntryBatch, ids: BatchIds): FillColumn | null {
  const { indexes, size } = batch;
  switch (column) {
    case 'id':
      return fillEach((row) => storedIdAt(batch.ids, row));
    case 'facet':
      return fillEach((row) => ids.facet[indexes.facet[row]!]!.id);
    case 'recording':
    case 'origin':
    case 'unit':
    case 'agent':
    case 'session':
      return fillNames(indexes[column], ids[column], size);
    case 'day':
      return batch.days.size === 0 ? null : fillEach((row) => batch.days.get(row) ?? null);
    case 'billed_text':
      return batch.texts.billed.size === 0 ? null : fillEach((row) => batch.texts.billed.get(row) ?? null);
    case 'claimed_text':
      return batch.texts.claimed.size === 0 ? null : fillEach((row) => batch.texts.claimed.get(row) ?? null);
    case 'billed':
    case 'claimed':
    case 'computed':
      return fillAmounts(batch.numbers[column], batch.large[column], size);
    default:
      return fillNumbers(batch.numbers[NUMBER_OF[column]!], size);
  }
}

const fillEach =
  (valueAt: (row: number) => SqlValue): FillColumn =>
  (values, first, end, at, stride) => {
    for (let row = first; row < end; row++, at += stride) values[at] = valueAt(row);
  };

function fillNames(index: Int32Array, ids: readonly number[], size: number): FillColumn | null {
  if (!index.subarray(0, size).some((number) => number !== -1)) return null;
  return (values, first, end, at, stride) => {
    for (let row = first; row < end; row++, at += stride) {
      const number = index[row]!;
      values[at] = number === -1 ? null : ids[number]!;
    }
  };
}

function fillNumbers(column: Float64Array, size: number): FillColumn | null {
  if (!column.subarray(0, size).some((value) => !Number.isNaN(value))) return null;
  return (values, first, end, at, stride) => {
    for (let row = first; row < end; row++, at += stride) {
      const value = column[row]!;
      values[at] = Number.isNaN(value) ? null : value;
    }
  };
}

function fillAmounts(column: Float64Array, large: ReadonlyMap<number, bigint>, size: number): FillColumn | null {
  const plain = fillNumbers(column, size);
  if (large.size === 0 || plain === null) return plain;
  return (values, first, end, at, stride) => {
    plain(values, first, end, at, stride);
    for (let row = first; row < end; row++, at += stride) {
      const pico = large.get(row);
      if (pico !== undefined) values[at] = int64(pico, 'cost', PICO_LIMIT);
    }
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
