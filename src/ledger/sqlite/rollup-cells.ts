import { NumberTable } from './number-table.js';

/** Sums by key, gathered in columns: `keys` numbers a key, `figures` sums a cell. */
export class Cells {
  readonly #keyWidth: number;
  readonly #width: number;
  readonly #known = new NumberTable();
  /** Cells whose key is no number. */
  readonly #odd = new Map<string, number>();
  #size = 0;
  #keys: Float64Array;
  #sums: Float64Array;

  constructor(keys: number, figures: number) {
    this.#keyWidth = keys;
    this.#width = figures;
    this.#keys = new Float64Array(1024 * keys);
    this.#sums = new Float64Array(1024 * figures);
  }

  get size(): number {
    return this.#size;
  }

  /** The cell of a key: a whole number from 0, or a text; -1 when there is none. */
  find(key: number | string): number {
    return typeof key === 'number' ? this.#known.find(key) : (this.#odd.get(key) ?? -1);
  }

  /** A new cell. `columns` are what the key stands for in the table. */
  open(key: number | string, columns: readonly number[]): number {
    const cell = this.#size++;
    if (typeof key === 'number') this.#known.set(key, cell);
    else this.#odd.set(key, cell);
    if (this.#size * this.#keyWidth > this.#keys.length) {
      this.#keys = doubled(this.#keys);
      this.#sums = doubled(this.#sums);
    }
    this.#keys.set(columns, cell * this.#keyWidth);
    return cell;
  }

  /** Adds figures to a cell, `sign` times. */
  add(cell: number, figures: ArrayLike<number>, sign: 1 | -1): void {
    const [sums, at] = [this.#sums, cell * this.#width];
    for (let i = 0; i < this.#width; i++) sums[at + i]! += sign * figures[i]!;
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
