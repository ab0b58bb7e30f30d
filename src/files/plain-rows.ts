/**
 * Rows of CSV in a text without any quote: most logs hold nothing else. Such a row ends where its line does, and its
 * cells where the next delimiter stands, so that they can be read in place and no text need be cut out.
 */

import type { CodeUnits, PlainRow, RawRecord, TableRow } from '../usage/source.js';
import { recordOf, valuesOf } from './csv-record.js';
import type { PlainLines } from './csv-rows.js';
import { textOfPiece } from './decode-text.js';
import type { BadRecord, RecordBatch } from './record-batch.js';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Written out where it is made, as it is read for every row: see `batchOfColumns`. */
interface PlainText extends PlainLines {
  readonly delimiter: string;
  /** Each has a name. */
  readonly columns: readonly string[];
}

/** The records of a text, told apart one after the other. */
export class PlainRows implements RecordBatch {
  readonly #of: PlainText;
  readonly #place: RowPlace;

  /** @param place  where rows are looked at; one for all texts of a file */
  constructor(of: PlainText, place: RowPlace) {
    this.#of = of;
    this.#place = place;
  }

  *[Symbol.iterator](): Generator<RawRecord | BadRecord> {
    const { text, columns, delimiter } = this.#of;
    let { line } = this.#of;
    for (let start = 0; start < text.length; line++) {
      const next = this.#place.find(this.#of, start);
      if (this.#place.isPlain) yield new PlainRecord(this.#of, this.#place, line, start, next);
      else {
        const fields = cellsOf(textOfPiece(text, start, next), delimiter);
        if (fields.some((field) => field.trim() !== '')) yield recordOf({ line, fields, problem: null }, columns);
      }
      start = next;
    }
  }
}

/** Without the end of its line. */
const cellsOf = (row: string, delimiter: string): readonly string[] => row.replace(/\r?\n$/, '').split(delimiter);

class PlainRecord implements RawRecord {
  readonly line: number;
  readonly #of: PlainText;
  readonly #place: RowPlace;
  readonly #start: number;
  readonly #next: number;

  constructor(of: PlainText, place: RowPlace, line: number, start: number, next: number) {
    this.line = line;
    this.#of = of;
    this.#place = place;
    this.#start = start;
    this.#next = next;
  }

  get row(): TableRow {
    const { text, columns, delimiter } = this.#of;
    return { columns, cells: cellsOf(textOfPiece(text, this.#start, this.#next), delimiter) };
  }

  get value(): unknown {
    return valuesOf(this.row);
  }

  get plain(): PlainRow {
    this.#place.find(this.#of, this.#start);
    return this.#place;
  }
}

/** Where the cells of the row last looked at are. */
export class RowPlace implements PlainRow {
  columns: readonly string[] = [];
  codes: CodeUnits = new Uint8Array(0);
  bytes: DataView = new DataView(new ArrayBuffer(0));
  width: 1 | 2 = 1;
  starts = new Int32Array(0);
  ends = new Int32Array(0);
  /** Whether the row has a cell for each column, and its first says something. */
  isPlain = false;
  #of: PlainText | null = null;
  #start = -1;
  #next = -1;
  /** Of a text that is not bytes. */
  #room = new Uint16Array(0);

  /** Looks at the row that begins at `start`; returns where the next one does. */
  find(of: PlainText, start: number): number {
    if (of !== this.#of) this.#open(of);
    if (start !== this.#start) this.#next = this.#look(start, of.delimiter.charCodeAt(0));
    this.#start = start;
    return this.#next;
  }

  #open(of: PlainText): void {
    const { text, columns } = of;
    this.codes = typeof text === 'string' ? this.#codesOf(text) : text;
    this.bytes = new DataView(this.codes.buffer, this.codes.byteOffset, this.codes.byteLength);
    this.width = typeof text === 'string' ? 2 : 1;
    if (this.columns !== columns) {
      this.columns = columns;
      this.starts = new Int32Array(columns.length);
      this.ends = new Int32Array(columns.length);
    }
    this.#of = of;
    this.#start = -1;
  }

  cut(start: number, end: number): string {
    return textOfPiece(this.#of!.text, start, end);
  }

  #codesOf(text: string): Uint16Array {
    if (this.#room.length < text.length) this.#room = new Uint16Array(text.length);
    Buffer.from(this.#room.buffer).write(text, 'utf16le');
    return this.#room;
  }

  #look(start: number, delimiter: number): number {
    const { codes, starts, ends } = this;
    const { length } = this.#of!.text;
    const last = starts.length - 1;
    let cell = 0;
    starts[0] = start;
    let at = start;
    for (; at < length; at++) {
      const code = codes[at]!;
      if (code === LINE_FEED) break;
      if (code !== delimiter) continue;
      if (cell < last) {
        ends[cell] = at;
        starts[cell + 1] = at + 1;
      }
      cell += 1;
    }
    this.isPlain = cell === last && saysSomething(codes[start]!, delimiter);
    // the end of the line may have a carriage return, which is no part of the cell
    if (this.isPlain) ends[last] = at > starts[last]! && codes[at - 1] === CARRIAGE_RETURN ? at - 1 : at;
    return at + 1;
  }
}

const saysSomething = (first: number, delimiter: number): boolean =>
  first > 0x20 && first < 0x7f && first !== delimiter;
