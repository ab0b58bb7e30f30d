/** The time that recordings have in common: what lies outside of it is no loss, since one of them was not looking. */

import type { CallRecord, Recorded } from './call-record.js';
import type { Grid } from './grid.js';

/** Cells of a grid, `[from, to)`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** From the first to the last cell with a record, whole: who recorded any of an hour is taken to have seen all of it. */
export function spanOf(records: readonly CallRecord[], grid: Grid): Span | null {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const record of records) {
    const cell = grid.cellOf(record);
    if (cell < from) from = cell;
    if (cell + grid.size > to) to = cell + grid.size;
  }
  return from < to ? { from, to } : null;
}

/** Ends the user typed, in ms; `null`: open. */
export interface AskedTime {
  readonly from: number | null;
  readonly to: number | null;
}

/**
 * What every recording covers; `null`: nothing. Where the user typed an end, all are taken to be whole there, but a bill
 * still ends where it ends, since its last hours come late.
 */
export function commonTime(recordings: readonly Recorded[], grid: Grid, asked: AskedTime): Span | null {
  const spans = recordings.map(({ side, records }) => ({ side, span: spanOf(records, grid) }));
  if (spans.some(({ span }) => span === null)) return null;
  const ends = spans.filter(({ side }) => asked.to === null || side === 'bill').map(({ span }) => span!.to);
  const from = asked.from === null ? Math.max(...spans.map(({ span }) => span!.from)) : grid.cellFrom(asked.from);
  const to = Math.min(...ends, ...(asked.to === null ? [] : [grid.cellFrom(asked.to)]));
  return from < to ? { from, to } : null;
}

export type Place = 'before' | 'inside' | 'after';

export function placeIn({ from, to }: Span, grid: Grid, record: CallRecord): Place {
  const cell = grid.cellOf(record);
  return cell < from ? 'before' : cell >= to ? 'after' : 'inside';
}
