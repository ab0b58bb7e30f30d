import type { PlainRow } from '../source.js';

/** 32 bits of cells of a row, four codes at a time; mixed after each, as a product takes nothing down to lower bits. */
export function hashOfCells({ codes, starts, ends }: PlainRow, cells: readonly number[]): number {
  let hash = 0;
  for (let c = 0; c < cells.length; c++) {
    const end = ends[cells[c]!]!;
    let at = starts[cells[c]!]!;
    hash = mixed(hash, end - at);
    for (; at + 4 <= end; at += 4)
      hash = mixed(hash, codes[at]! | (codes[at + 1]! << 8) | (codes[at + 2]! << 16) | (codes[at + 3]! << 24));
    for (; at < end; at++) hash = mixed(hash, codes[at]!);
  }
  return hash ^ (hash >>> 13);
}

function mixed(hash: number, by: number): number {
  const product = Math.imul(hash ^ by, 0x9e3779b1);
  return product ^ (product >>> 15);
}
