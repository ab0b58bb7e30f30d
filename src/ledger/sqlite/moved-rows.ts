/** Events that get another unit, some at a time: those alike to the rollups by unit are one row. */

import { FIGURES } from './rollup-figures.js';
import type { Kind } from './rollup-kind.js';

/** Rows gathered before they are put into cells. */
export const MOVED_ROWS = 2 ** 13;

/** Events of such a block, and the sum of their counts: floats hold what they add up to exactly. */
export const MOST_EVENTS = 2 ** 18;
export const MOST_COUNTED = 2 ** 51;

/** Rows gone through once for each rollup, as those of a `RollupBlock`. */
export interface MovedRows {
  size: number;
  readonly days: Float64Array<ArrayBuffer>;
  readonly units: Float64Array<ArrayBuffer>;
  readonly agents: Float64Array<ArrayBuffer>;
  readonly kinds: Kind[];
  readonly figures: Float64Array<ArrayBuffer>;
}

/** The same rows as they are and as they will be: they differ in unit and kind. */
export function movedPair(): readonly [before: MovedRows, after: MovedRows] {
  const before = {
    size: 0,
    days: new Float64Array(MOVED_ROWS),
    units: new Float64Array(MOVED_ROWS),
    agents: new Float64Array(MOVED_ROWS),
    kinds: [],
    figures: new Float64Array(MOVED_ROWS * FIGURES.length),
  };
  return [before, { ...before, units: new Float64Array(MOVED_ROWS), kinds: [] }];
}
