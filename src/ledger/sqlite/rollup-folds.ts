/** Totals that follow from those by day, unit and model: by month instead of day, and without the unit. */

import { CellIndex } from './cell-index.js';
import { Cells } from './rollup-cells.js';
import { FIGURES } from './rollup-figures.js';

export const UNIT_KEYS = ['day', 'recording', 'unit', 'model', 'provider', 'shape'];
export const DAY_KEYS = ['day', 'recording', 'model', 'provider', 'shape'];

const DAY_MS = 86_400_000;

type UnitKey = [day: number, recording: number, unit: number, model: number, provider: number, shape: number];
type TextCells = Cells<number | string>;

export const foldedToDays = (units: TextCells): TextCells =>
  folded(units, DAY_KEYS.length, ([day, recording, , model, provider, shape]) => [
    ...[day, recording, model, provider, shape],
  ]);

/**
 * Each day becomes the first of its month; not that of a bucket of several days, which may end in another month.
 *
 * @param isLong  whether a shape is of such buckets
 */
export const foldedToMonths = (units: TextCells, isLong: (shape: number) => boolean): TextCells =>
  folded(units, UNIT_KEYS.length, ([day, recording, unit, model, provider, shape]) => [
    isLong(shape) ? day : firstOfMonth(day),
    ...[recording, unit, model, provider, shape],
  ]);

function folded(units: TextCells, keys: number, keyOf: (key: UnitKey) => readonly number[]): TextCells {
  const sums = new Cells<number | string>(keys, FIGURES.length, new CellIndex());
  const cell = new Int32Array(1);
  for (let unit = 0; unit < units.size; unit++) {
    const columns = keyOf(units.key(unit) as unknown as UnitKey);
    const key = columns.join(' ');
    cell[0] = sums.find(key);
    if (cell[0] === -1) cell[0] = sums.open(key, columns);
    sums.add(cell, 1, units.figures(unit), 1);
  }
  return sums;
}

function firstOfMonth(day: number): number {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / DAY_MS;
}
