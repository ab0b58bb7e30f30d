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

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @param key  the same for equal names; a name that is a text is its own key */
  number(key: string | T, name: T): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#told + this.#added.length;
    this.#numbers.set(typeof key === 'string' ? ownText(key) : key, number);
    this.#added.push(name);
    return number;
  }

  /** Whether so many names are remembered that they are to be forgotten. */
  get isFull(): boolean {
    return this.#numbers.size > this.#limit;
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
  }
}
