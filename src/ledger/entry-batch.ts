/**
 * Entries in columns: what an importer hands to a ledger, some thousands at a time. Columns of numbers cross from one
 * thread to another without being copied, and names that repeat are told once.
 */

import type { Origin } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';
import type { Facet } from './facet.js';
import type { IdColumn } from './id-column.js';
import type { Told } from './told-names.js';

/** Columns of whole numbers; NaN is none. */
export const NUMBER_COLUMNS = [
  ...(['ts', 'until', 'requests', 'input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h', 'output'] as const),
  ...(['reasoning', 'latency', 'billed', 'claimed', 'computed', 'record'] as const),
] as const;
export type NumberColumn = (typeof NUMBER_COLUMNS)[number];

/** Columns of numbers told in `names`; -1 is none. */
export const NAME_COLUMNS = ['recording', 'facet', 'origin', 'unit', 'agent', 'session'] as const;
export type NameColumn = (typeof NAME_COLUMNS)[number];

export interface Names {
  readonly recording: Told<Recording>;
  readonly facet: Told<Facet>;
  readonly origin: Told<Origin>;
  readonly unit: Told<string>;
  readonly agent: Told<string>;
  readonly session: Told<string>;
}

export interface EntryBatch {
  readonly size: number;
  /** Entries there is room for. */
  readonly capacity: number;
  /** What all columns of numbers, indexes and ids lie in. */
  readonly memory: ArrayBuffer;
  readonly ids: IdColumn;
  readonly numbers: Readonly<Record<NumberColumn, Float64Array>>;
  readonly indexes: Readonly<Record<NameColumn, Int32Array>>;
  readonly names: Names;
  /** By row, where there are any: calendar dates of buckets, amounts as stated, amounts beyond 2^53, quantities. */
  readonly days: ReadonlyMap<number, string>;
  readonly texts: Readonly<Record<'billed' | 'claimed', ReadonlyMap<number, string>>>;
  readonly large: Readonly<Record<'billed' | 'claimed' | 'computed', ReadonlyMap<number, bigint>>>;
  readonly quantities: ReadonlyMap<number, Readonly<Record<string, bigint>>>;
}
