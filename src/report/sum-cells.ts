/** Cells added up as far as their recordings are read. */

import type { Cell, Presence } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import type { CostChoice } from './query.js';
import type { Reading } from './recording-day.js';
import { addCell, noSums, type Sums } from './sums.js';

export interface ReadCell {
  readonly cell: Cell;
  readonly reading: Reading;
}

export const isRead = ({ tokens, money }: Reading): boolean => tokens || money;

export function sumOf(cells: readonly ReadCell[]): Sums {
  const sums = noSums();
  for (const { cell, reading } of cells) addCell(sums, cell, reading);
  return sums;
}

/** The sums of everything the recordings read hold of these cells; for budgets and totals. */
export function sumCells(cells: readonly Cell[], presence: readonly Presence[], cost: CostChoice): Sums {
  const { read } = chooseRecordings(presence, cost);
  return sumOf(cells.map((cell) => ({ cell, reading: read(cell.recording, cell.day) })));
}
