/** What rollups sum of an event. */

import type { EntryBatch } from '../entry-batch.js';

export const FIGURES = [
  ...(['events', 'requests', 'input', 'cache_read', 'cache_write', 'output', 'reasoning'] as const),
  ...(['billed_high', 'billed_low', 'claimed_high', 'claimed_low', 'computed_high', 'computed_low'] as const),
] as const;

/** A count beyond this, and a sum of millions of it might not fit 64 bits. */
export const LARGEST_COUNT = 2 ** 38;

/** Values of rows, in the order of `FIGURES`. */
export type Figures = Float64Array;

/** Puts the figures of a row at a place; false when one of them is so large that sums might not stay exact. */
export function fillFigures(figures: Figures, at: number, { numbers, large }: EntryBatch, row: number): boolean {
  figures[at] = 1;
  figures[at + 1] = numbers.requests[row]!;
  figures[at + 2] = numbers.input[row]! || 0;
  figures[at + 3] = numbers.cacheRead[row]! || 0;
  figures[at + 4] = (numbers.cacheWrite5m[row]! || 0) + (numbers.cacheWrite1h[row]! || 0);
  figures[at + 5] = numbers.output[row]! || 0;
  figures[at + 6] = numbers.reasoning[row]! || 0;
  putAmount(figures, at + 7, numbers.billed[row]!, large.billed.get(row));
  putAmount(figures, at + 9, numbers.claimed[row]!, large.claimed.get(row));
  putAmount(figures, at + 11, numbers.computed[row]!, large.computed.get(row));
  return largestOf(figures, at) <= LARGEST_COUNT;
}

const LIMB = 2 ** 32;

/** High and low 32 bits, as two's complement has them, so that sums of millions stay exact. */
function putAmount(figures: Figures, at: number, pico: number, large: bigint | undefined): void {
  if (large !== undefined) {
    figures[at] = Number(large >> 32n);
    figures[at + 1] = Number(large & 0xffff_ffffn);
  } else if (Number.isNaN(pico)) {
    figures[at] = 0;
    figures[at + 1] = 0;
  } else {
    const high = Math.floor(pico / LIMB);
    figures[at] = high;
    figures[at + 1] = pico - high * LIMB;
  }
}

/** The largest of the counts of a row; limbs of amounts are below `LIMB`. */
export const largestOf = (figures: Figures, at: number): number =>
  Math.max(figures[at + 1]!, figures[at + 2]!, figures[at + 3]!, figures[at + 4]!, figures[at + 5]!, figures[at + 6]!);
