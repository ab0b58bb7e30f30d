import { badField } from '../../errors/usage-records.js';
import { ownText } from '../own-text.js';
import { type Fields, fieldsOf, isFields, shown, textOf, valueAt } from '../reading/fields.js';
import type { ColumnsOf } from '../reading/remember-columns.js';
import { tagsOf } from '../reading/tags.js';
import type { RawRecord } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime, type RecordTime } from '../time/record-time.js';
import { FIELD, type FieldNumber, OWN_FIELDS } from './columns.js';
import { type Layout, layoutOf } from './layout.js';
import type { Alike, OwnRow } from './row.js';

export type ReadCount = (value: unknown, field: string) => number | null;

/** What was made of this many rows' cells is remembered. */
const REMEMBERED = 100_000;

/** A record of JSON, or a row of texts. */
export class ValueRow implements OwnRow {
  readonly #readCount: ReadCount;
  readonly #known = new Map<Alike<unknown>, Map<string, unknown>>();
  #layout: Layout = layoutOf([], {});
  #fields: Fields = {};
  #cells: readonly string[] | null = null;

  constructor(readCount: ReadCount) {
    this.#readCount = readCount;
  }

  be(record: RawRecord, layouts: ColumnsOf<Layout>): this {
    if (record.row !== undefined) {
      this.#layout = layouts.headers(record.row.columns);
      this.#cells = record.row.cells;
      return this;
    }
    this.#fields = fieldsOf(record.value, 'write one JSON object per line');
    this.#layout = layouts.keys(this.#fields);
    this.#cells = null;
    return this;
  }

  cell(field: FieldNumber): unknown {
    const { columns, places } = this.#layout;
    if (this.#cells === null) return valueIn(this.#fields, columns.fields.get(OWN_FIELDS[field]!));
    const place = places[field]!;
    return place === -1 ? undefined : this.#cells[place];
  }

  field(field: FieldNumber): string {
    return this.#layout.printed[field]!;
  }

  text(field: FieldNumber): string | null {
    return textOf(this.cell(field), this.field(field));
  }

  uuid(): null {
    return null;
  }

  count(field: FieldNumber): number | null {
    return this.#readCount(this.cell(field), this.field(field));
  }

  latency(): number | null {
    return latencyOf(this.cell(FIELD.latency_ms));
  }

  time(timeZone: string): RecordTime | null {
    const time = this.cell(FIELD.timestamp);
    return time === undefined || time === null || time === ''
      ? null
      : parseTime(time, timeZone, this.field(FIELD.timestamp));
  }

  tags(): Readonly<Record<string, string>> {
    const { tagPlaces } = this.#layout;
    const cells = this.#cells;
    return cells === null
      ? recordTags(this.#fields, this.#layout)
      : tagsOf(Object.fromEntries(tagPlaces.map(([tag, place]) => [tag, cells[place]])));
  }

  /** Of rows alone: a record of JSON may have anything anywhere. */
  mark(): -1 {
    return -1;
  }

  alike<Made>(of: Alike<Made>): Made {
    const cells = this.#cells;
    if (cells === null) return of.make(this);
    const known = (this.#known.get(of) ?? new Map()) as Map<string, Made>;
    this.#known.set(of, known);
    const tags = of.tags ? this.#layout.tagPlaces.map(([, place]) => cells[place]) : [];
    const key = JSON.stringify([...of.fields.map((field) => this.cell(field)), ...tags]);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size === REMEMBERED) known.clear();
    this.#cells = cells.map(ownText);
    const now = of.make(this);
    known.set(key, now);
    return now;
  }
}

const valueIn = (fields: Fields, column: string | undefined): unknown =>
  column === undefined ? undefined : valueAt(fields, column);

function recordTags(fields: Fields, { columns }: Layout): Readonly<Record<string, string>> {
  const tags = valueAt(fields, 'tags');
  if (Array.isArray(tags)) throw badField('tags', shown(tags), 'is no object', 'write {"tags": {"app": "portal"}}');
  const nested = isFields(tags) ? tagsOf(tags) : {};
  if (columns.tags.size === 0) return nested;
  const stated = [...columns.tags].map(([tag, column]) => [tag, valueAt(fields, column)]);
  return { ...nested, ...tagsOf(Object.fromEntries(stated)) };
}
