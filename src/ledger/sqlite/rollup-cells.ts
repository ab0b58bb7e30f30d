/** Sums by key, gathered in columns: `keys` numbers a key, `figures` sums a cell. Which key has which cell others know. */
export class Cells {
  readonly #keyWidth: number;
  readonly #width: number;
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

  /** A new cell, whose key is the numbers in `columns`. */
  open(columns: readonly number[]): number {
    const cell = this.#size++;
    if (this.#size * this.#keyWidth > this.#keys.length) {
      this.#keys = doubled(this.#keys);
      this.#sums = doubled(this.#sums);
    }
    this.#keys.set(columns, cell * this.#keyWidth);
    return cell;
  }

  /** Adds figures to a cell, `sign` times. */
  add(cell: number, figures: Float64Array, sign: 1 | -1): void {
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
