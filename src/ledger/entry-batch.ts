/**
 * Entries in columns: what an importer hands to a ledger, some thousands at a time. Columns of numbers cross from one
 * thread to another without being copied, and names that repeat are told once.
 */

import type { ComputedCost } from '../pricing/cost.js';
import type { Amount } from '../pricing/money.js';
import type { Origin, UsageEvent } from '../usage/event.js';
import { ownText } from '../usage/own-text.js';
import type { Recording } from '../usage/recording.js';
import type { Entry } from './ledger.js';

/** What takes few values over the events of a file, kept once. */
export type Facet = Pick<
  UsageEvent,
  'model' | 'provider' | 'mode' | 'cacheKind' | 'status' | 'tierUpTo' | 'charge' | 'plan'
> & {
  readonly billedCurrency: string | null;
  readonly claimedCurrency: string | null;
  /** The computed cost but for its amount. */
  readonly computed: ComputedTerms;
};

type Known = Extract<ComputedCost, { known: true }>;
export type ComputedTerms = Omit<Known, 'pico'> | Extract<ComputedCost, { known: false }>;

/** Names told since the batch before; the first of them has the number `start`. A start of 0 forgets all before. */
export interface Told<T> {
  readonly start: number;
  readonly added: readonly T[];
}

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
  /** What all columns of numbers and indexes lie in. */
  readonly memory: ArrayBuffer;
  readonly ids: readonly string[];
  readonly numbers: Readonly<Record<NumberColumn, Float64Array>>;
  readonly indexes: Readonly<Record<NameColumn, Int32Array>>;
  readonly names: Names;
  /** By row, where there are any: calendar dates of buckets, amounts as stated, amounts beyond 2^53, quantities. */
  readonly days: ReadonlyMap<number, string>;
  readonly texts: Readonly<Record<'billed' | 'claimed', ReadonlyMap<number, string>>>;
  readonly large: Readonly<Record<'billed' | 'claimed' | 'computed', ReadonlyMap<number, bigint>>>;
  readonly quantities: ReadonlyMap<number, Readonly<Record<string, bigint>>>;
}

/** Numbers given to names, in order of appearance. */
class Interner<T> {
  readonly #limit: number;
  readonly #numbers = new Map<string | T, number>();
  #told = 0;
  #added: T[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param key  the same for equal names; a name that is a text is its own key */
  number(key: string | T, name: T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#told + this.#added.length;
    this.#numbers.set(typeof key === 'string' ? ownText(key) : key, number);
    this.#added.push(name);
    return number;
  }

  /** Whether so many names are remembered that they are to be forgotten. */
  get isFull(): boolean {
    return this.#numbers.size > this.#limit;
  }

  tell(): Told<T> {
    const told = { start: this.#told, added: this.#added };
    this.#told += this.#added.length;
    this.#added = [];
    return told;
  }

  forget(): void {
    this.#numbers.clear();
    this.#told = 0;
  }
}

/** Names remembered of a kind. */
const NAMES_REMEMBERED = 200_000;

/** Gathers entries into batches. One builder serves one file: names are told once over all its batches. */
export class EntryBatchBuilder {
  readonly #capacity: number;
  readonly #recording = new Interner<Recording>(NAMES_REMEMBERED);
  readonly #facet = new Interner<Facet>(NAMES_REMEMBERED);
  readonly #origin = new Interner<Origin>(NAMES_REMEMBERED);
  readonly #unit = new Interner<string>(NAMES_REMEMBERED);
  readonly #agent = new Interner<string>(NAMES_REMEMBERED);
  readonly #session = new Interner<string>(NAMES_REMEMBERED);
  #metRecordings = new WeakMap<Recording, number>();
  /** Numbers of origins by the object that was met, as one stands for many events. */
  #met = new WeakMap<Origin, number>();
  #facetsOf = new Map<object | string, { readonly facet: Facet; readonly number: number }[]>();
  #columns: Columns;

  readonly #reuse: () => ArrayBuffer | undefined;

  /**
   * @param capacity  entries of a batch at most
   * @param reuse     memory of a batch that nobody needs any more, if there is any
   */
  constructor(capacity: number, reuse: () => ArrayBuffer | undefined = () => undefined) {
    this.#capacity = capacity;
    this.#reuse = reuse;
    this.#columns = emptyColumns(capacity, reuse());
  }

  get size(): number {
    return this.#columns.size;
  }

  get isFull(): boolean {
    return this.#columns.size === this.#capacity;
  }

  add({ recording, id, event, unit, record }: Omit<Entry, 'computed'>, computed: ComputedCost): void {
    const columns = this.#columns;
    const { indexes } = columns;
    const isBill = recording.role === 'bill';
    const row = addFigures(columns, event, isBill, computed);
    columns.ids[row] = id;
    columns.numbers.record[row] = record;
    indexes.recording[row] = this.#recordingNumber(recording);
    indexes.facet[row] = this.#facetNumber(event, isBill, computed);
    indexes.origin[row] = this.#originNumber(event.origin);
    indexes.unit[row] = unit === null ? -1 : this.#unit.number(unit, unit);
    indexes.agent[row] = event.agent === null ? -1 : this.#agent.number(event.agent, event.agent);
    indexes.session[row] = event.session === null ? -1 : this.#session.number(event.session, event.session);
  }

  /** The entries since the batch before. */
  take(): EntryBatch {
    const columns = this.#columns;
    this.#columns = emptyColumns(this.#capacity, this.#reuse());
    const names = {
      recording: this.#recording.tell(),
      facet: this.#facet.tell(),
      origin: this.#origin.tell(),
      unit: this.#unit.tell(),
      agent: this.#agent.tell(),
      session: this.#session.tell(),
    };
    this.#forgetMany();
    return { ...columns, names };
  }

  #forgetMany(): void {
    for (const names of [this.#unit, this.#agent, this.#session]) if (names.isFull) names.forget();
    if (this.#facet.isFull) {
      this.#facet.forget();
      this.#facetsOf = new Map();
    }
    if (this.#origin.isFull) {
      this.#origin.forget();
      this.#met = new WeakMap();
    }
  }

  /** One object stands for all events of a recording, as a rule. */
  #recordingNumber(recording: Recording): number {
    const met = this.#metRecordings.get(recording);
    if (met !== undefined) return met;
    const key = JSON.stringify([recording.role, recording.source, recording.account]);
    const number = this.#recording.number(key, recording);
    this.#metRecordings.set(recording, number);
    return number;
  }

  /** Facets of one price, or one reason why there is none, are few: the one that fits is found by comparing. */
  #facetNumber(event: UsageEvent, isBill: boolean, computed: ComputedCost): number {
    const terms = computed.known ? computed.price : computed.reason;
    const ofTerms = this.#facetsOf.get(terms);
    if (ofTerms !== undefined) {
      for (const facet of ofTerms) if (isFacetOf(facet.facet, event, isBill, computed)) return facet.number;
    }
    const facet = facetOf(event, isBill, computed);
    const number = this.#facet.number(JSON.stringify(facet), facet);
    if (ofTerms === undefined) this.#facetsOf.set(terms, [{ facet, number }]);
    else if (ofTerms.length < FACETS_COMPARED) ofTerms.push({ facet, number });
    return number;
  }

  #originNumber(origin: Origin): number {
    const met = this.#met.get(origin);
    if (met !== undefined) return met;
    const number = this.#origin.number(originKey(origin), origin);
    this.#met.set(origin, number);
    return number;
  }
}

/** Facets of one price kept for comparing. */
const FACETS_COMPARED = 64;

function isFacetOf(facet: Facet, event: UsageEvent, isBill: boolean, computed: ComputedCost): boolean {
  const currency = event.statedCost === null ? null : event.statedCost.currency;
  return (
    facet.model === event.model &&
    facet.provider === event.provider &&
    facet.status === event.status &&
    facet.mode === event.mode &&
    facet.cacheKind === event.cacheKind &&
    facet.charge === event.charge &&
    facet.tierUpTo === event.tierUpTo &&
    facet.plan === event.plan &&
    facet.billedCurrency === (isBill ? currency : null) &&
    facet.claimedCurrency === (isBill ? null : currency) &&
    (computed.known
      ? facet.computed.known && facet.computed.basis === computed.basis && facet.computed.currency === computed.currency
      : !facet.computed.known && facet.computed.plan === computed.plan)
  );
}

export function facetOf(event: UsageEvent, isBill: boolean, computed: ComputedCost): Facet {
  const { model, provider, mode, cacheKind, status, tierUpTo, charge, plan, statedCost } = event;
  return {
    ...{ model, provider, mode, cacheKind, status, tierUpTo, charge, plan },
    billedCurrency: isBill && statedCost !== null ? statedCost.currency : null,
    claimedCurrency: !isBill && statedCost !== null ? statedCost.currency : null,
    computed: withoutPico(computed),
  };
}

const withoutPico = (computed: ComputedCost): ComputedTerms => {
  if (!computed.known) return computed;
  const { pico: _, ...terms } = computed;
  return terms;
};

const originKey = (o: Origin): string =>
  JSON.stringify([
    ...[o.unit, o.key, o.workspace, o.project, o.team, o.user, o.service, o.consumer, o.path],
    Object.entries(o.tags).sort(),
  ]);

// --- columns ----------------------------------------------------------------------------------------------------

/** A batch that is being filled. */
export interface Columns {
  size: number;
  readonly capacity: number;
  readonly memory: ArrayBuffer;
  readonly ids: string[];
  readonly numbers: Record<NumberColumn, Float64Array>;
  readonly indexes: Record<NameColumn, Int32Array>;
  readonly days: Map<number, string>;
  readonly texts: Record<'billed' | 'claimed', Map<number, string>>;
  readonly large: Record<'billed' | 'claimed' | 'computed', Map<number, bigint>>;
  readonly quantities: Map<number, Readonly<Record<string, bigint>>>;
}

/** @param reused  memory of a batch that nobody needs any more */
export function emptyColumns(capacity: number, reused?: ArrayBuffer): Columns {
  const memory = reused ?? new ArrayBuffer(capacity * (NUMBER_COLUMNS.length * 8 + NAME_COLUMNS.length * 4));
  return {
    size: 0,
    capacity,
    ids: [],
    ...columnsIn(memory, capacity),
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
    memory,
    numbers: recordOf(NUMBER_COLUMNS, () => new Float64Array(memory, take(capacity * 8), capacity)),
    indexes: recordOf(NAME_COLUMNS, () => new Int32Array(memory, take(capacity * 4), capacity)),
  };
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

/** Entries as one batch. */
export function batchOf(entries: readonly Entry[]): EntryBatch {
  const builder = new EntryBatchBuilder(Math.max(entries.length, 1));
  for (const entry of entries) builder.add(entry, entry.computed);
  return builder.take();
}

// --- and back ---------------------------------------------------------------------------------------------------

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
  const id = batch.ids[row]!;
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
