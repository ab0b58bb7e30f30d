import { ownText } from '../own-text.js';
import { csvCountOf } from '../reading/count.js';
import { textOf } from '../reading/fields.js';
import { tagsOf } from '../reading/tags.js';
import { UnitTable } from '../reading/unit-table.js';
import type { PlainRow } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime, type RecordTime } from '../time/record-time.js';
import type { OwnField } from './columns.js';
import { type Layout, layoutOf } from './layout.js';
import type { Alike, Alikeness, OwnRow } from './row.js';

/** Digits of which a number keeps every one. */
const EXACT_DIGITS = 15;
/** Some thirty years of milliseconds; what is larger is left to `latencyOf`, which has the limit. */
const LONGEST_PLAIN_LATENCY = 1_000_000_000_000;
/** What was made of this many different cells is remembered. */
const REMEMBERED = 200_000;
/** Cells longer than this together are not looked up. */
const LONGEST_KEY = 1000;

/** What was made of one kind of cells so far. */
interface Known<Made> {
  readonly table: UnitTable<Alikeness<Made>>;
  marks: number;
}

/** A row without quotes, read where it stands. */
export class PlainOwnRow implements OwnRow {
  #layout: Layout = layoutOf([], {});
  #at: PlainRow = NOWHERE;
  readonly #known = new Map<Alike<unknown>, Known<unknown>>();
  readonly #key = new Uint16Array(LONGEST_KEY);
  /** Whether the texts cut out now are kept beyond the row: then they must not keep the text of the file alive. */
  #isKept = false;

  be(at: PlainRow, layout: Layout): this {
    if (layout !== this.#layout) this.#known.clear();
    this.#layout = layout;
    this.#at = at;
    return this;
  }

  cell(name: OwnField): string | undefined {
    const place = this.#layout.places[name];
    return place === undefined ? undefined : this.#cellAt(place);
  }

  field(name: OwnField): string {
    return this.#layout.printed[name]!;
  }

  text(name: OwnField): string | null {
    return textOf(this.cell(name), this.field(name));
  }

  count(name: OwnField): number | null {
    const place = this.#layout.places[name];
    if (place === undefined) return null;
    const count = this.#digitsAt(place);
    return count >= 0 ? count : csvCountOf(this.#cellAt(place), this.field(name));
  }

  latency(): number | null {
    const place = this.#layout.places.latency_ms;
    if (place === undefined) return null;
    const latency = this.#digitsAt(place);
    return latency >= 0 && latency <= LONGEST_PLAIN_LATENCY ? latency : latencyOf(this.#cellAt(place));
  }

  time(timeZone: string): RecordTime | null {
    const time = this.cell('timestamp');
    return time === undefined || time === '' ? null : parseTime(time, timeZone, this.field('timestamp'));
  }

  tags(): Readonly<Record<string, string>> {
    return tagsOf(Object.fromEntries(this.#layout.tagPlaces.map(([tag, place]) => [tag, this.#cellAt(place)])));
  }

  alike<Made>(of: Alike<Made>): Alikeness<Made> {
    let known = this.#known.get(of) as Known<Made> | undefined;
    if (known === undefined) {
      known = { table: new UnitTable(REMEMBERED), marks: 0 };
      this.#known.set(of, known);
    }
    const length = this.#fillKey(of);
    if (length === -1) return { made: of.make(this), mark: -1 };
    const before = known.table.find(this.#key, 0, length);
    if (before !== undefined) return before;
    const made = this.#makeToKeep(of);
    return known.table.add(this.#key, 0, length, { made, mark: known.marks++ });
  }

  #makeToKeep<Made>(of: Alike<Made>): Made {
    this.#isKept = true;
    try {
      return of.make(this);
    } finally {
      this.#isKept = false;
    }
  }

  #cellAt(place: number): string {
    const { text, starts, ends } = this.#at;
    const cell = text.slice(starts[place], ends[place]);
    return this.#isKept ? ownText(cell) : cell;
  }

  /** The value of a cell of digits alone; -1 for any other. */
  #digitsAt(place: number): number {
    const { units, starts, ends } = this.#at;
    const [start, end] = [starts[place]!, ends[place]!];
    if (start === end || end - start > EXACT_DIGITS) return -1;
    let value = 0;
    for (let i = start; i < end; i++) {
      const digit = units[i]! - 48;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }

  /** Puts the cells, each behind its length, into `#key`; returns how long they are, -1 when too long. */
  #fillKey({ fields, tags }: Alike<unknown>): number {
    const { places, tagPlaces } = this.#layout;
    let length = 0;
    for (let i = 0; i < fields.length && length !== -1; i++) {
      const place = places[fields[i]!];
      if (place !== undefined) length = this.#addToKey(place, length);
    }
    if (tags)
      for (let i = 0; i < tagPlaces.length && length !== -1; i++) length = this.#addToKey(tagPlaces[i]![1], length);
    return length;
  }

  #addToKey(place: number, at: number): number {
    const { units, starts, ends } = this.#at;
    const [start, end] = [starts[place]!, ends[place]!];
    if (at + 1 + end - start > LONGEST_KEY) return -1;
    const key = this.#key;
    key[at] = end - start;
    let next = at + 1;
    for (let i = start; i < end; i++) key[next++] = units[i]!;
    return next;
  }
}

const NOWHERE: PlainRow = {
  columns: [],
  text: '',
  units: new Uint16Array(0),
  starts: new Int32Array(0),
  ends: new Int32Array(0),
};
