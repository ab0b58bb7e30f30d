/** Cells added up as far as their recordings are read. */

import { accountSpans } from './account-spans.js';
import type { Cell, Presence } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import type { CostChoice } from './query.js';
import { addCell, addUnsplit, noSums, type Sums } from './sums.js';
import type { Reading } from './view.js';

export interface ReadCell {
  readonly cell: Cell;
  readonly reading: Reading;
}

export const isRead = ({ tokens, money }: Reading): boolean => tokens || money;

/** The sums of one line of a report: of a row, of the total, or of what a budget's filter lets through. */
export function sumOf(cells: readonly ReadCell[]): Sums {
  const sums = noSums();
  for (const { cell, reading } of cells) addCell(sums, cell, reading);
  for (const { cell } of unsplit(cells)) addUnsplit(sums, cell);
  return sums;
}

/**
 * Usage whose cost is on a bill that says nothing of this line.
 *
 * Where an account's tokens of a day are read from one recording and its money from another, a line that has such
 * tokens but no money of that account and day does not know what they cost: a bill without units, split by unit, puts
 * all of its money into another line. These tokens count as unpriced in their line. The total has the bill as well, so
 * there they are not.
 */
function unsplit(cells: readonly ReadCell[]): ReadCell[] {
  if (cells.every(({ reading }) => reading.tokens === reading.money)) return [];
  const partOf = accountSpans(cells.map(({ cell }) => cell));
  const withMoney = new Set(
    cells.flatMap(({ cell, reading }) => (reading.money && saysCost(cell) ? [partOf(cell)] : [])),
  );
  return cells.filter(
    ({ cell, reading }) => reading.tokens && !reading.money && cell.usedEvents > 0n && !withMoney.has(partOf(cell)),
  );
}

/** It has a cost, or its own usage is counted as unpriced already. */
const saysCost = ({ cost, usedEvents }: Cell): boolean => cost !== null || usedEvents > 0n;

/** The sums of everything the recordings read hold of these cells; for budgets and totals. */
export function sumCells(cells: readonly Cell[], presence: readonly Presence[], cost: CostChoice): Sums {
  const { readCell } = chooseRecordings(presence, cost);
  return sumOf(cells.map((cell) => ({ cell, reading: readCell(cell) })));
}
