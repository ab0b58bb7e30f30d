/** Tokens of each day, line by line. */

import { daysIn } from './align-period.js';
import { daySpan, daysOfSpan } from './day-text.js';
import type { ReportLines } from './lines.js';
import type { Window } from './query.js';
import type { ReadCell } from './sum-cells.js';
import { totalOf } from './sums.js';

/** One entry per day of the window, in order; `null`: nothing was used. Buckets of several days are in none. */
export type DailyTokens = readonly (bigint | null)[];

/** Tokens per day of every line, then of all; where an end of the window is open, from the first to the last day used. */
export function dailyTokens({ now, lines }: ReportLines, window: Window): { lines: DailyTokens[]; total: DailyTokens } {
  const days = window.from === null || window.to === null ? usedDays(now) : daysIn(window);
  return { lines: lines.map(({ cells }) => tokensOn(days, cells)), total: tokensOn(days, now) };
}

function usedDays(cells: readonly ReadCell[]): string[] {
  const days = [...new Set(cells.map(({ cell }) => cell.day))].map(daySpan);
  const first = days.reduce((least, span) => (span.first < least ? span.first : least), days[0]?.first ?? '');
  const last = days.reduce((most, span) => (span.last > most ? span.last : most), '');
  return days.length === 0 ? [] : daysOfSpan({ first, last });
}

function tokensOn(days: readonly string[], cells: readonly ReadCell[]): DailyTokens {
  const sums = new Map<string, bigint>();
  for (const { cell, reading } of cells) {
    const tokens = reading.tokens ? totalOf(cell.tokens) : null;
    if (tokens !== null) sums.set(cell.day, (sums.get(cell.day) ?? 0n) + tokens);
  }
  return days.map((day) => sums.get(day) ?? null);
}
