import type { ComputedCost } from '../pricing/cost.js';
import type { Origin, UsageEvent } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';
import type { Marks } from '../usage/source.js';
import { UUID_BYTES } from '../usage/uuid.js';
import { addFigures, batchOfColumns, type Columns, emptyColumns } from './batch-columns.js';
import type { EntryBatch } from './entry-batch.js';
import { type Facet, facetOf, isFacetOf } from './facet.js';
import { setId } from './id-column.js';
import type { Entry } from './ledger.js';
import { Interner } from './told-names.js';

/** Names remembered of a kind. */
const NAMES_REMEMBERED = 200_000;
/** Facets of one price kept for comparing. */
const FACETS_COMPARED = 64;

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

  /** @param marks  of names that the reader knows to be equal; see `Marks` */
  add({ recording, id, event, unit, record, marks = NO_MARKS }: Added, computed: ComputedCost): void {
    const columns = this.#columns;
    const { indexes } = columns;
    const isBill = recording.role === 'bill';
    const row = addFigures(columns, event, isBill, computed);
    if (marks.uuid === null) setId(columns.ids, row, id);
    else columns.ids.bytes.set(marks.uuid, row * UUID_BYTES);
    columns.numbers.record[row] = record;
    indexes.recording[row] = this.#recordingNumber(recording);
    indexes.facet[row] = this.#facetNumber(event, isBill, computed);
    indexes.origin[row] = this.#originNumber(event.origin, marks.origin);
    indexes.unit[row] = unit === null ? -1 : this.#unit.number(unit, unit);
    indexes.agent[row] = numberOf(this.#agent, event.agent, marks.agent);
    indexes.session[row] = numberOf(this.#session, event.session, marks.session);
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
    return batchOfColumns(columns, names);
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

  #originNumber(origin: Origin, mark: number): number {
    if (mark !== -1) return this.#origin.numberOfMark(mark, () => originKey(origin), origin);
    const met = this.#met.get(origin);
    if (met !== undefined) return met;
    const number = this.#origin.number(originKey(origin), origin);
    this.#met.set(origin, number);
    return number;
  }
}

function numberOf(names: Interner<string>, name: string | null, mark: number): number {
  if (name === null) return -1;
  return mark === -1 ? names.number(name, name) : names.numberOfMark(mark, () => name, name);
}

type Added = Omit<Entry, 'computed'> & { readonly marks?: Marks | undefined };

const NO_MARKS: Marks = { uuid: null, origin: -1, agent: -1, session: -1 };

const originKey = (o: Origin): string =>
  JSON.stringify([
    ...[o.unit, o.key, o.workspace, o.project, o.team, o.user, o.service, o.consumer, o.path],
    Object.entries(o.tags).sort(),
  ]);

/** Entries as one batch. */
export function batchOf(entries: readonly Entry[]): EntryBatch {
  const builder = new EntryBatchBuilder(Math.max(entries.length, 1));
  for (const entry of entries) builder.add(entry, entry.computed);
  return builder.take();
}
