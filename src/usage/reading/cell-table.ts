import type { PlainRow } from '../source.js';

/** Units of an entry before its cells: its number, in two. */
const HEAD = 2;
/** A cell is kept behind its length, in one unit; a longer one is kept in no table. */
const LONGEST = 0xffff;

/**
 * Numbers of cells in order of appearance, found where they stand, so that no text is cut out only to be looked up: a hash
 * table with open addressing over one piece of memory that holds every key. Look-ups that miss the processor's caches are
 * what costs, so a key has its number beside it.
 */
export class CellTable {
  readonly #limit: number;
  /** Two numbers a slot: the hash of the cells, and the place of their entry in `#entries`, 0 where there is none. */
  #slots = new Int32Array(2048);
  #entries: Uint16Array = new Uint16Array(8192);
  #end = HEAD;
  /** Of keys in the table. */
  #size = 0;
  /** Number of the first of them. */
  #first = 0;
  /** Of the cells last looked for. */
  #hash = 0;
  #slot = 0;

  /** @param limit  keys remembered; with one more all are forgotten */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** The number of these cells of a row; -1: they have none yet. */
  find(row: PlainRow, cells: readonly number[]): number {
    const hash = hashOf(row, cells);
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

  #keep(number: number, { units, starts, ends }: PlainRow, cells: readonly number[]): void {
    const entries = this.#entries;
    let at = this.#end;
    entries[at++] = number & 0xffff;
    entries[at++] = number >>> 16;
    for (const cell of cells) {
      entries[at++] = ends[cell]! - starts[cell]!;
      for (let i = starts[cell]!; i < ends[cell]!; i++) entries[at++] = units[i]!;
    }
    this.#end = at;
  }

  #numberAt(entry: number): number {
    return this.#entries[entry]! | (this.#entries[entry + 1]! << 16);
  }

  #holds(entry: number, { units, starts, ends }: PlainRow, cells: readonly number[]): boolean {
    const entries = this.#entries;
    let at = entry + HEAD;
    for (let c = 0; c < cells.length; c++) {
      const [start, end] = [starts[cells[c]!]!, ends[cells[c]!]!];
      if (entries[at++] !== end - start) return false;
      for (let i = start; i < end; i++) if (entries[at++] !== units[i]) return false;
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

/** Mixed at the end, as its lowest bits alone choose a slot. */
function hashOf({ hashes }: PlainRow, cells: readonly number[]): number {
  let hash = 0;
  for (let c = 0; c < cells.length; c++) hash = Math.imul(hash ^ hashes[cells[c]!]!, 0x9e3779b1) ^ (hash >>> 15);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return hash ^ (hash >>> 13);
}

/** Units that cells take in an entry; -1 when one of them is too long. */
function lengthOf({ starts, ends }: PlainRow, cells: readonly number[]): number {
  let length = 0;
  for (const cell of cells) {
    const own = ends[cell]! - starts[cell]!;
    if (own > LONGEST) return -1;
    length += 1 + own;
  }
  return length;
}

function doubled(units: Uint16Array): Uint16Array {
  const larger = new Uint16Array(units.length * 2);
  larger.set(units);
  return larger;
}
