import { ownText } from '../own-text.js';
import { CellTable } from '../reading/cell-table.js';
import { csvCountOf, EXACT_DIGITS } from '../reading/count.js';
import { textOf } from '../reading/fields.js';
import { tagsOf } from '../reading/tags.js';
import type { PlainRow } from '../source.js';
import { LARGEST_PLAIN_LATENCY, latencyOf } from '../time/latency.js';
import { parseTime, quickTime, type RecordTime } from '../time/record-time.js';
import { putUuidIn, UUID_BYTES } from '../uuid.js';
import { FIELD, type FieldNumber } from './columns.js';
import { type Layout, layoutOf } from './layout.js';
import type { Alike, OwnRow } from './row.js';

/** What was made of this many different cells is remembered. */
const REMEMBERED = 200_000;

/** What was made of one kind of cells so far. */
interface Known<Made> {
  readonly cells: readonly number[];
  readonly table: CellTable;
  /** By number, from that of the table's first on. */
  made: Made[];
  /** Of the row read last. */
  mark: number;
}

/** A row without quotes, read where it stands. */
export class PlainOwnRow implements OwnRow {
  #layout: Layout = layoutOf([], {});
  #at: PlainRow = NOWHERE;
  /** By the place of what is alike. */
  #known: Known<unknown>[] = [];
  readonly #uuid = new Uint8Array(UUID_BYTES);
  /** Whether the texts cut out now are kept beyond the row: then they must not keep the text of the file alive. */
  #isKept = false;

  be(at: PlainRow, layout: Layout): this {
    if (layout !== this.#layout) this.#known = [];
    this.#layout = layout;
    this.#at = at;
    return this;
  }

  cell(field: FieldNumber): string | undefined {
    const place = this.#layout.places[field]!;
    return place === -1 ? undefined : this.#cellAt(place);
  }

  field(field: FieldNumber): string {
    return this.#layout.printed[field]!;
  }

  text(field: FieldNumber): string | null {
    const place = this.#layout.places[field]!;
    if (place === -1) return null;
    const cell = this.#cellAt(place);
    return this.#isPlainAt(place) ? cell : textOf(cell, this.field(field));
  }

  uuid(field: FieldNumber): Uint8Array | null {
    const place = this.#layout.places[field]!;
    if (place === -1) return null;
    const { codes, starts, ends } = this.#at;
    return putUuidIn(this.#uuid, 0, codes, starts[place]!, ends[place]!) ? this.#uuid : null;
  }

  count(field: FieldNumber): number | null {
    const place = this.#layout.places[field]!;
    if (place === -1) return null;
    const count = this.#digitsAt(place);
    return count >= 0 ? count : csvCountOf(this.#cellAt(place), this.field(field));
  }

  latency(): number | null {
    const place = this.#layout.places[FIELD.latency_ms]!;
    if (place === -1) return null;
    const latency = this.#digitsAt(place);
    return latency >= 0 && latency <= LARGEST_PLAIN_LATENCY ? latency : latencyOf(this.#cellAt(place));
  }

  time(timeZone: string): RecordTime | null {
    const place = this.#layout.places[FIELD.timestamp]!;
    if (place === -1) return null;
    const { codes, starts, ends } = this.#at;
    const at = quickTime(codes, starts[place]!, ends[place]!);
    if (at !== -1) return { at, day: null, until: null };
    const time = this.#cellAt(place);
    return time === '' ? null : parseTime(time, timeZone, this.field(FIELD.timestamp));
  }

  tags(): Readonly<Record<string, string>> {
    return tagsOf(Object.fromEntries(this.#layout.tagPlaces.map(([tag, place]) => [tag, this.#cellAt(place)])));
  }

  alike<Made>(of: Alike<Made>): Made {
    const known = (this.#known[of.place] as Known<Made> | undefined) ?? this.#startKnowing(of);
    const { table, cells } = known;
    if (cells.length === 0 && known.mark !== -1) return known.made[0]!;
    known.mark = table.find(this.#at, cells);
    if (known.mark !== -1) return known.made[known.mark - table.first]!;
    const made = this.#makeToKeep(of);
    known.mark = table.add(this.#at, cells);
    if (known.mark === table.first) known.made = [];
    if (known.mark !== -1) known.made.push(made);
    return made;
  }

  mark(of: Alike<unknown>): number {
    return this.#known[of.place]?.mark ?? -1;
  }

  #startKnowing<Made>(of: Alike<Made>): Known<Made> {
    const { places, tagPlaces } = this.#layout;
    const cells = of.fields.map((field) => places[field]!).filter((place) => place !== -1);
    const tags = of.tags ? tagPlaces.map(([, place]) => place) : [];
    const known: Known<Made> = { cells: [...cells, ...tags], table: new CellTable(REMEMBERED), made: [], mark: -1 };
    this.#known[of.place] = known;
    return known;
  }

  #makeToKeep<Made>(of: Alike<Made>): Made {
    const before = this.#isKept; // what is made of a row may be made of other things that are alike
    this.#isKept = true;
    try {
      return of.make(this);
    } finally {
      this.#isKept = before;
    }
  }

  #cellAt(place: number): string {
    const { starts, ends } = this.#at;
    const cell = this.#at.cut(starts[place]!, ends[place]!);
    return this.#isKept ? ownText(cell) : cell;
  }

  /** Printable ASCII without any blank: what nearly every name and id is, and what `textOf` leaves as it is. */
  #isPlainAt(place: number): boolean {
    const { codes, starts, ends } = this.#at;
    const [start, end] = [starts[place]!, ends[place]!];
    if (start === end || end - start > LONGEST_PLAIN_TEXT) return false;
    for (let i = start; i < end; i++) if (codes[i]! <= 0x20 || codes[i]! > 0x7e) return false;
    return true;
  }

  /** The value of a cell of digits alone; -1 for any other. */
  #digitsAt(place: number): number {
    const { codes, starts, ends } = this.#at;
    const [start, end] = [starts[place]!, ends[place]!];
    if (start === end || end - start > EXACT_DIGITS) return -1;
    let value = 0;
    for (let i = start; i < end; i++) {
      const digit = codes[i]! - 48;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
    return value;
  }
}

/** Shorter than any limit of a text. */
const LONGEST_PLAIN_TEXT = 100;

const NOWHERE: PlainRow = {
  columns: [],
  codes: new Uint8Array(0),
  bytes: new DataView(new ArrayBuffer(0)),
  width: 1,
  cut: () => '',
  starts: new Int32Array(0),
  ends: new Int32Array(0),
};
