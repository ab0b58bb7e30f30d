/** Daily buckets that an edge of the window cuts: shown on a line of their own, never split. */

import type { Cell, Presence } from './cell.js';
import { costTexts } from './costs.js';
import { localDays } from './local-days.js';
import type { ReportQuery, Window } from './query.js';
import { sumCells } from './sum-cells.js';
import { totalOf } from './sums.js';

/** What the daily buckets of one calendar date hold. */
export interface Straddling {
  readonly day: string;
  readonly events: bigint;
  readonly tokens: bigint | null;
  /** Decimal text by currency. */
  readonly cost: Readonly<Record<string, string>>;
}

/**
 * A window for each calendar date that an edge cuts: daily buckets of that date and nothing else. None when the edges
 * are the first instants of days.
 */
export function cutWindows({ from, to, firstDay, lastDay, timeZone }: Window): Window[] {
  const dayOf = localDays();
  const days = new Set<string>();
  if (from !== null && firstDay !== null && dayOf(from, timeZone) < firstDay) days.add(dayOf(from, timeZone));
  if (to !== null && lastDay !== null && dayOf(to - 1, timeZone) > lastDay) days.add(dayOf(to - 1, timeZone));
  return [...days].map((day) => ({ from: 0, to: 0, firstDay: day, lastDay: day, timeZone }));
}

/** The line of one such date; `null` when there is no bucket of it. */
export function straddlingOf(
  { firstDay }: Window,
  cells: readonly Cell[],
  presence: readonly Presence[],
  cost: ReportQuery['cost'],
): Straddling | null {
  const sums = sumCells(cells, presence, cost);
  if (firstDay === null || sums.events === 0n) return null;
  return {
    day: firstDay,
    events: sums.events,
    tokens: totalOf(sums.tokens),
    cost: costTexts(Object.fromEntries(sums.cost)),
  };
}
