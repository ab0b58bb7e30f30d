/** Which key has which cell. */

import { NumberTable } from './number-table.js';

export interface Index<Key> {
  /** -1: there is none. */
  readonly find: (key: Key) => number;
  /** Of a key that has none. */
  readonly set: (key: Key, cell: number) => void;
}

/** By keys that are whole numbers from 0, or texts. */
export class CellIndex implements Index<number | string> {
  readonly #known = new NumberTable();
  readonly #odd = new Map<string, number>();

  find(key: number | string): number {
    return typeof key === 'number' ? this.#known.find(key) : (this.#odd.get(key) ?? -1);
  }

  set(key: number | string, cell: number): void {
    if (typeof key === 'number') this.#known.set(key, cell);
    else this.#odd.set(key, cell);
  }
}

/** Agents of higher ids are looked up otherwise, so that memory is bounded. */
const MOST_AGENTS = 2 ** 22;
/** More than there are shapes in an import. */
const SHAPES = 2 ** 22;

/** Key of a cell of the rollup by agents. */
export const agentKey = (agent: number, shape: number): number => agent * SHAPES + shape;

/**
 * By `agentKey`. An agent has few cells, which are chained; nothing is hashed, as every look-up that misses the
 * processor's caches costs, and agents come in any order.
 */
export class AgentIndex implements Index<number> {
  readonly #high = new NumberTable();
  /** By agent: the cell last given to it, and one more; 0: none. */
  #last = new Int32Array(1024);
  /** By cell: the one given to its agent before, and one more; 0: none. */
  #before = new Int32Array(1024);
  #shapes = new Int32Array(1024);

  find(key: number): number {
    const agent = Math.floor(key / SHAPES);
    if (agent >= MOST_AGENTS) return this.#high.find(key);
    if (agent >= this.#last.length) return -1;
    const shape = key - agent * SHAPES;
    let cell = this.#last[agent]! - 1;
    while (cell !== -1 && this.#shapes[cell] !== shape) cell = this.#before[cell]! - 1;
    return cell;
  }

  set(key: number, cell: number): void {
    const agent = Math.floor(key / SHAPES);
    if (agent >= MOST_AGENTS) {
      this.#high.set(key, cell);
      return;
    }
    while (agent >= this.#last.length) this.#last = doubled(this.#last);
    while (cell >= this.#shapes.length) {
      this.#shapes = doubled(this.#shapes);
      this.#before = doubled(this.#before);
    }
    this.#shapes[cell] = key - agent * SHAPES;
    this.#before[cell] = this.#last[agent]!;
    this.#last[agent] = cell + 1;
  }
}

function doubled(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2);
  larger.set(values);
  return larger;
}
