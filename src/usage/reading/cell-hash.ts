import type { PlainRow } from '../source.js';

/** 32 bits of cells of a row, four bytes at a time; mixed after each, as a product takes nothing down to lower bits. */
export function hashOfCells({ bytes, width, starts, ends }: PlainRow, cells: readonly number[]): number {
  let hash: number = width;
  for (let c = 0; c < cells.length; c++) {
    let at = starts[cells[c]!]! * width;
    const end = ends[cells[c]!]! * width;
    hash = mixed(hash, end - at);
    for (; at + 4 <= end; at += 4) hash = mixed(hash, bytes.getInt32(at, true));
    for (; at < end; at++) hash = mixed(hash, bytes.getUint8(at));
  }
  return hash ^ (hash >>> 13);
}

function mixed(hash: number, by: number): number {
  const product = Math.imul(hash ^ by, 0x9e3779b1);
  return product ^ (product >>> 15);
}
