import type { PlainRow } from '../source.js';
import { hashOfCells } from './cell-hash.js';

/** Bytes of an entry before its cells: its number. */
const HEAD = 4;
/** A cell is kept behind its length, in two bytes; a longer one is kept in no table. */
const LENGTH_BYTES = 2;
const LONGEST = 0xffff;
/** A code below it takes a byte; any other three, of which the first is this. */
const WIDE = 0x80;
const WIDE_BYTES = 3;

/**
 * Numbers of cells in order of appearance, found where they stand, so that no text is cut out only to be looked up: a hash
 * table with open addressing over one piece of memory that holds every key. Look-ups that miss the processor's caches are
 * what costs, so a key is as short as can be and has its number beside it.
 */
export class CellTable {
  readonly #limit: number;
  readonly #hashOf: typeof hashOfCells;
  /** Two numbers a slot: the hash of the cells, and the place of their entry in `#entries`, 0 where there is none. */
  #slots = new Int32Array(2048);
  #entries: Uint8Array = new Uint8Array(16_384);
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
      if (slots[slot] === hash && this.#holds(entry, row, cells)) return this.#first + this.#numberAt(entry);
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
    while (this.#end + HEAD + length > this.#entries.length) this.#entries = doubled(this.#entries);
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

  #keep(number: number, { codes, starts, ends }: PlainRow, cells: readonly number[]): void {
    const entries = this.#entries;
    let at = this.#end;
    for (let shift = 0; shift < 32; shift += 8) entries[at++] = number >>> shift;
    for (const cell of cells) {
      const [start, end] = [starts[cell]!, ends[cell]!];
      entries[at++] = end - start;
      entries[at++] = (end - start) >>> 8;
      for (let i = start; i < end; i++) {
        const code = codes[i]!;
        if (code >= WIDE) {
          entries[at++] = WIDE;
          entries[at++] = code >>> 8;
        }
        entries[at++] = code;
      }
    }
    this.#end = at;
  }

  #numberAt(entry: number): number {
    const entries = this.#entries;
    return entries[entry]! | (entries[entry + 1]! << 8) | (entries[entry + 2]! << 16) | (entries[entry + 3]! << 24);
  }

  #holds(entry: number, { codes, starts, ends }: PlainRow, cells: readonly number[]): boolean {
    const entries = this.#entries;
    let at = entry + HEAD;
    for (let c = 0; c < cells.length; c++) {
      const [start, end] = [starts[cells[c]!]!, ends[cells[c]!]!];
      if ((entries[at]! | (entries[at + 1]! << 8)) !== end - start) return false;
      at += LENGTH_BYTES;
      for (let i = start; i < end; i++) {
        const code = codes[i]!;
        if (code >= WIDE && !(entries[at++] === WIDE && entries[at++] === code >>> 8)) return false;
        if (entries[at++] !== (code & 0xff)) return false;
      }
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
function lengthOf({ codes, starts, ends }: PlainRow, cells: readonly number[]): number {
  let length = 0;
  for (const cell of cells) {
    const [start, end] = [starts[cell]!, ends[cell]!];
    if (end - start > LONGEST) return -1;
    length += LENGTH_BYTES;
    for (let i = start; i < end; i++) length += codes[i]! < WIDE ? 1 : WIDE_BYTES;
  }
  return length;
}

function doubled(bytes: Uint8Array): Uint8Array {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}
