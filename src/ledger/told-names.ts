import { ownText } from '../usage/own-text.js';

/** Names told since the batch before; the first of them has the number `start`. A start of 0 forgets all before. */
export interface Told<T> {
  readonly start: number;
  readonly added: readonly T[];
}

/** Numbers given to names, in order of appearance. */
export class Interner<T> {
  readonly #limit: number;
  readonly #numbers = new Map<string | T, number>();
  #told = 0;
  #added: T[] = [];
  /** By mark, from `#firstMark` on: the number of its name, and one more; 0: not met. */
  #marked = new Int32Array(1024);
  #firstMark = 0;
  /** Marks met are below it. */
  #marks = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param key  the same for equal names; a name that is a text is its own key */
  number(key: string | T, name: T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#add(name);
    this.#numbers.set(typeof key === 'string' ? ownText(key) : key, number);
    return number;
  }

  /**
   * The number of a name that a reader has marked with a number of its own; where it is met unmarked, too, it has two.
   *
   * @param key  as of `number`
   */
  numberOfMark(mark: number, key: () => string | T, name: T): number {
    const place = mark - this.#firstMark;
    if (place < 0) return this.number(key(), name); // marked before names were forgotten
    while (place >= this.#marked.length) this.#marked = doubled(this.#marked);
    const known = this.#marked[place]!;
    if (known !== 0) return known - 1;
    const number = this.#add(name);
    this.#marked[place] = number + 1;
    this.#marks = Math.max(this.#marks, mark + 1);
    return number;
  }

  #add(name: T): number {
    this.#added.push(name);
    return this.#told + this.#added.length - 1;
  }

  /** Whether so many names are remembered that they are to be forgotten. */
  get isFull(): boolean {
    return this.#told > this.#limit;
  }

  tell(): Told<T> {
    const told = { start: this.#told, added: this.#added };
    this.#told += this.#added.length;
    this.#added = [];
    return told;
  }

  forget(): void {
    this.#numbers.clear();
    this.#told = 0;
    this.#firstMark = this.#marks;
    this.#marked.fill(0);
  }
}

function doubled(numbers: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
