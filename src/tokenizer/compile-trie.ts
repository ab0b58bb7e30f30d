/** Builds the double-array trie of `vocabulary.ts`. */

import type { Vocabulary } from './vocabulary.js';

const BLOCK = 256;
/** Blocks at the end in which room is still looked for; older ones are nearly full. Bounds the time, costs a few cells. */
const OPEN_BLOCKS = 16;
/** `base << 9` must fit 31 bits. */
const MAX_CELLS = 1 << 22;

/** Tokens that share their first `depth` bytes: `order[from … to − 1]`. */
interface Branch {
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  readonly cell: number;
}

/**
 * Trie over the bytes of tokens; index = id, `null` = hole.
 * Two nodes never share a base, so a label alone tells a node's children from its neighbours'. The block of cell 0, the root, holds
 * nothing else: base 0 means "no children". Time about O(bytes).
 */
export function compileTrie(tokens: readonly (Uint8Array | null)[]): Vocabulary['trie'] {
  const order = tokens.flatMap((token, id) => (token === null ? [] : [id]));
  order.sort((a, b) => compareBytes(tokens[a]!, tokens[b]!));
  const cells = new CellSpace();
  const branches: Branch[] = [{ from: 0, to: order.length, depth: 0, cell: 0 }];
  for (let branch = branches.pop(); branch !== undefined; branch = branches.pop()) {
    const { to, depth, cell } = branch;
    let from = branch.from;
    const shortest = order[from]!;
    if (tokens[shortest]!.length === depth) {
      cells.setToken(cell, shortest);
      from++;
    }
    const groups = splitByByte(order, tokens, from, to, depth);
    if (groups.length === 0) continue;
    const base = cells.placeChildren(
      cell,
      groups.map(({ byte }) => byte),
    );
    for (const { byte, start, end } of groups)
      branches.push({ from: start, to: end, depth: depth + 1, cell: base ^ byte });
  }
  return cells.finish();
}

function splitByByte(
  order: readonly number[],
  tokens: readonly (Uint8Array | null)[],
  from: number,
  to: number,
  depth: number,
): { byte: number; start: number; end: number }[] {
  const groups: { byte: number; start: number; end: number }[] = [];
  for (let i = from; i < to; i++) {
    const byte = tokens[order[i]!]![depth]!;
    const last = groups.at(-1);
    if (last?.byte === byte) last.end = i + 1;
    else groups.push({ byte, start: i, end: i + 1 });
  }
  return groups;
}

/** The growing array of cells, with the free cells of the open blocks in a doubly linked list. */
class CellSpace {
  #trie = new Int32Array(2 * BLOCK);
  #next = new Int32Array(BLOCK);
  #previous = new Int32Array(BLOCK);
  #usedBase = new Uint8Array(BLOCK);
  #cells = BLOCK;
  /** First free cell of the open blocks; 0: none (cell 0 is the root). */
  #firstFree = 0;
  #lastFree = 0;

  setToken(cell: number, id: number): void {
    this.#trie[cell * 2 + 1] = id + 1;
  }

  /** Gives the cell children for these bytes and answers their base. */
  placeChildren(cell: number, bytes: readonly number[]): number {
    const base = this.#findBase(bytes);
    this.#usedBase[base] = 1;
    this.#trie[cell * 2] = (base << 9) | (this.#trie[cell * 2]! & 0x1ff);
    for (const byte of bytes) {
      const child = base ^ byte;
      this.#unlink(child);
      this.#trie[child * 2] = byte + 1;
    }
    return base;
  }

  finish(): Int32Array {
    return this.#trie.slice(0, this.#cells * 2);
  }

  #findBase(bytes: readonly number[]): number {
    for (let free = this.#firstFree; free !== 0; free = this.#next[free]!) {
      const base = free ^ bytes[0]!;
      if (this.#usedBase[base] === 0 && bytes.every((byte) => this.#isFree(base ^ byte))) return base;
    }
    return this.#addBlock();
  }

  #isFree(cell: number): boolean {
    return this.#trie[cell * 2] === 0;
  }

  /** Appends a block of free cells and closes the oldest open one. Answers the new block's first cell, a base that fits any children. */
  #addBlock(): number {
    const start = this.#cells;
    if (start + BLOCK > MAX_CELLS) throw new RangeError('the vocabulary is too large for the trie');
    this.#grow(start + BLOCK);
    for (let cell = start; cell < start + BLOCK; cell++) this.#append(cell);
    const closed = start - OPEN_BLOCKS * BLOCK;
    while (this.#firstFree !== 0 && this.#firstFree < closed) this.#unlink(this.#firstFree);
    return start;
  }

  #grow(cells: number): void {
    this.#cells = cells;
    if (cells <= this.#next.length) return;
    const capacity = cells * 2;
    const enlarge = <T extends Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.#trie = enlarge(this.#trie, new Int32Array(capacity * 2));
    this.#next = enlarge(this.#next, new Int32Array(capacity));
    this.#previous = enlarge(this.#previous, new Int32Array(capacity));
    this.#usedBase = enlarge(this.#usedBase, new Uint8Array(capacity));
  }

  #append(cell: number): void {
    this.#previous[cell] = this.#lastFree;
    this.#next[cell] = 0;
    if (this.#lastFree === 0) this.#firstFree = cell;
    else this.#next[this.#lastFree] = cell;
    this.#lastFree = cell;
  }

  #unlink(cell: number): void {
    const previous = this.#previous[cell]!;
    const next = this.#next[cell]!;
    if (previous === 0) this.#firstFree = next;
    else this.#next[previous] = next;
    if (next === 0) this.#lastFree = previous;
    else this.#previous[next] = previous;
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}
