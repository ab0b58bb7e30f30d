import type { PlainRow } from '../source.js';
import { hashOfCells } from './cell-hash.js';

/** Bytes of an entry before its cells: twice its number, and one more where its codes take two bytes. */
const HEAD = 4;
/** A cell is kept behind the number of its bytes, in two; a longer one is kept in no table. */
const LENGTH_BYTES = 2;
const LONGEST = 0xffff;

/**
 * Numbers of cells in order of appearance, found where they stand, so that no text is cut out only to be looked up: a hash
 * table with open addressing over one piece of memory that holds every key. Look-ups that miss the processor's caches are
 * what costs, so a key is the bytes of its cells as they stand, to compare four at a time, with its number beside it. The
 * same cells in a text of two bytes a code are others, with a number of their own.
 */
export class CellTable {
  readonly #limit: number;
  readonly #hashOf: typeof hashOfCells;
  /** Two numbers a slot: the hash of the cells, and the place of their entry in `#entries`, 0 where there is none. */
  #slots = new Int32Array(2048);
  #entries = new DataView(new ArrayBuffer(16_384));
  #end = HEAD;
  /** Of keys in the table. */
  #size = 0;
  /** Number of the first of them. */
  #first = 0;
  /** Of the cells last looked for. */
  #hash = 0;
  #slot = 0;

  /** @param limit  keys remembered; with one more all are forgotten */
  constructor(limit: number, hashOf = hashOfCells) {
    this.#limit = limit;
    this.#hashOf = hashOf;
  }

  /** The number of these cells of a row; -1: they have none yet. */
  find(row: PlainRow, cells: readonly number[]): number {
    const hash = this.#hashOf(row, cells);
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash << 1) & mask;
    for (let entry = slots[slot + 1]!; entry !== 0; entry = slots[slot + 1]!) {
      if (slots[slot] === hash && this.#holds(entry, row, cells))
        return this.#first + (this.#entries.getInt32(entry, true) >>> 1);
      slot = (slot + 2) & mask;
    }
    this.#hash = hash;
    this.#slot = slot;
    return -1;
  }

  /** Numbers the cells that `find` has just not found; -1: they are too long for it. */
  add(row: PlainRow, cells: readonly number[]): number {
    const length = lengthOf(row, cells);
    if (length === -1) return -1;
    if (this.#size === this.#limit) this.#forget();
    while (this.#end + HEAD + length > this.#entries.byteLength) this.#entries = doubled(this.#entries);
    this.#slots[this.#slot] = this.#hash;
    this.#slots[this.#slot + 1] = this.#end;
    this.#keep(this.#size++, row, cells);
    if (this.#size * 5 > this.#slots.length * 2) this.#widen();
    return this.#first + this.#size - 1;
  }

  /** Keys numbered lower were forgotten. */
  get first(): number {
    return this.#first;
  }

  #keep(number: number, { bytes, width, starts, ends }: PlainRow, cells: readonly number[]): void {
    const entries = this.#entries;
    let at = this.#end;
    entries.setInt32(at, (number << 1) | (width - 1), true);
    at += HEAD;
    for (const cell of cells) {
      const [start, end] = [starts[cell]! * width, ends[cell]! * width];
      entries.setUint16(at, end - start, true);
      at += LENGTH_BYTES;
      for (let from = start; from < end; from++) entries.setUint8(at++, bytes.getUint8(from));
    }
    this.#end = at;
  }

  #holds(entry: number, { bytes, width, starts, ends }: PlainRow, cells: readonly number[]): boolean {
    const entries = this.#entries;
    if ((entries.getInt32(entry, true) & 1) !== width - 1) return false;
    let at = entry + HEAD;
    for (let c = 0; c < cells.length; c++) {
      let from = starts[cells[c]!]! * width;
      const end = ends[cells[c]!]! * width;
      if (entries.getUint16(at, true) !== end - from) return false;
      at += LENGTH_BYTES;
      for (; from + 4 <= end; from += 4, at += 4)
        if (entries.getInt32(at, true) !== bytes.getInt32(from, true)) return false;
      for (; from < end; from++, at++) if (entries.getUint8(at) !== bytes.getUint8(from)) return false;
    }
    return true;
  }

  #widen(): void {
    const narrow = this.#slots;
    const slots = new Int32Array(narrow.length * 2);
    const mask = slots.length - 1;
    for (let old = 0; old < narrow.length; old += 2) {
      if (narrow[old + 1] === 0) continue;
      let slot = (narrow[old]! << 1) & mask;
      while (slots[slot + 1] !== 0) slot = (slot + 2) & mask;
      slots[slot] = narrow[old]!;
      slots[slot + 1] = narrow[old + 1]!;
    }
    this.#slots = slots;
  }

  #forget(): void {
    this.#first += this.#size;
    this.#size = 0;
    this.#end = HEAD;
    this.#slots.fill(0);
    this.#slot = (this.#hash << 1) & (this.#slots.length - 1);
  }
}

/** Bytes that cells take in an entry; -1 when one of them is too long. */
function lengthOf({ width, starts, ends }: PlainRow, cells: readonly number[]): number {
  let length = 0;
  for (const cell of cells) {
    const bytes = (ends[cell]! - starts[cell]!) * width;
    if (bytes > LONGEST) return -1;
    length += LENGTH_BYTES + bytes;
  }
  return length;
}

function doubled(entries: DataView): DataView<ArrayBuffer> {
  const larger = new Uint8Array(entries.byteLength * 2);
  larger.set(new Uint8Array(entries.buffer));
  return new DataView(larger.buffer);
}
