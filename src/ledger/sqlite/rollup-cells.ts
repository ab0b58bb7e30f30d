import type { Index } from './cell-index.js';

/** Sums by key, gathered in columns: `keys` numbers a row of a table is known by, `figures` sums a cell. */
export class Cells<Key> {
  readonly #keyWidth: number;
  readonly #width: number;
  readonly #index: Index<Key>;
  #size = 0;
  #keys: Float64Array;
  #sums: Float64Array;

  constructor(keys: number, figures: number, index: Index<Key>) {
    this.#index = index;
    this.#keyWidth = keys;
    this.#width = figures;
    this.#keys = new Float64Array(1024 * keys);
    this.#sums = new Float64Array(1024 * figures);
  }

  get size(): number {
    return this.#size;
  }

  /** The cell of a key; -1: there is none. */
  find(key: Key): number {
    return this.#index.find(key);
  }

  /** A new cell, of a key that has none; `columns` is what its row is known by. */
  open(key: Key, columns: readonly number[]): number {
    const cell = this.#size++;
    if (this.#size * this.#keyWidth > this.#keys.length) {
      this.#keys = doubled(this.#keys);
      this.#sums = doubled(this.#sums);
    }
    this.#keys.set(columns, cell * this.#keyWidth);
    this.#index.set(key, cell);
    return cell;
  }

  /** Adds the figures of rows, one after the other in `figures`, to a cell each, `sign` times. */
  add(cells: Int32Array, rows: number, figures: Float64Array, sign: 1 | -1): void {
    const [sums, width] = [this.#sums, this.#width];
    for (let row = 0; row < rows; row++) {
      const [to, from] = [cells[row]! * width, row * width];
      for (let i = 0; i < width; i++) sums[to + i]! += sign * figures[from + i]!;
    }
  }

  /** Adds `sign` to the first figure of each of these cells; -1 is none. */
  count(cells: Int32Array, rows: number, sign: 1 | -1): void {
    for (let row = 0; row < rows; row++) if (cells[row] !== -1) this.#sums[cells[row]! * this.#width]! += sign;
  }

  key(cell: number): Float64Array {
    return this.#keys.subarray(cell * this.#keyWidth, (cell + 1) * this.#keyWidth);
  }

  figures(cell: number): Float64Array {
    return this.#sums.subarray(cell * this.#width, (cell + 1) * this.#width);
  }

  /** Puts key and sums of a cell into a list, from a place on. */
  copy(cell: number, into: number[], at: number): void {
    const [keys, sums] = [this.#keys, this.#sums];
    const [ofKey, ofSums] = [cell * this.#keyWidth, cell * this.#width];
    for (let i = 0; i < this.#keyWidth; i++) into[at + i] = keys[ofKey + i]!;
    for (let i = 0; i < this.#width; i++) into[at + this.#keyWidth + i] = sums[ofSums + i]!;
  }

  /** Whether some cell lost as many events (its first figure) as it got, or more: it may be empty in the table then. */
  hasLosses(): boolean {
    for (let cell = 0; cell < this.#size; cell++) if (this.#sums[cell * this.#width]! <= 0) return true;
    return false;
  }
}

function doubled(values: Float64Array): Float64Array {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
}
