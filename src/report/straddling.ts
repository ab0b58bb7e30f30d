/** Buckets that an edge of the window cuts: shown on lines of their own, never split. */

import { groupBy } from '../group-by.js';
import type { Cell, Presence } from './cell.js';
import { chooseRecordings } from './choose-recordings.js';
import { costTexts } from './costs.js';
import type { Grain } from './grain.js';
import type { ReportQuery, Window } from './query.js';
import { isRead, type ReadCell, sumOf } from './sum-cells.js';
import { totalOf } from './sums.js';

/** What the buckets of one length and one calendar date, or one range of dates, hold. */
export interface Straddling {
  /** `2026-10-05`, or `2026-10-01..2026-10-31`. */
  readonly day: string;
  readonly grain: Grain;
  readonly events: bigint;
  readonly tokens: bigint | null;
  /** Decimal text by currency. */
  readonly cost: Readonly<Record<string, string>>;
}

/** A window of the buckets that the edges of another cut; `null`: it has no edges. */
export const cutWindow = (window: Window): Window | null =>
  window.from === null && window.to === null ? null : { ...window, only: 'cut' };

/** The lines of what a ledger holds of such a window, as far as its recordings are read; in order of their days. */
export function straddlingsOf(
  cells: readonly Cell[],
  presence: readonly Presence[],
  cost: ReportQuery['cost'],
): Straddling[] {
  const { readCell } = chooseRecordings(presence, cost);
  const readCells = cells.map((cell) => ({ cell, reading: readCell(cell) })).filter(({ reading }) => isRead(reading));
  return [...groupBy(readCells, ({ cell: { day, grain } }) => `${day} ${grain}`)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, ofOne]) => straddlingOf(ofOne));
}

function straddlingOf(cells: readonly ReadCell[]): Straddling {
  const { day, grain } = cells[0]!.cell;
  const sums = sumOf(cells);
  return {
    ...{ day, grain },
    events: cells.reduce((sum, { cell }) => sum + cell.events, 0n),
    tokens: totalOf(sums.tokens),
    cost: costTexts(Object.fromEntries(sums.cost)),
  };
}
