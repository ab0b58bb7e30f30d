/** Days in a row, for what compares days. */

import type { DayAhead, DayFigure } from '../../../src/budget/ledger/forecast.js';

const DAY = 86_400_000;

/** So many days after Monday, 2026-08-03. */
export const dayAt = (days: number): DayAhead => ({
  day: new Date(Date.parse('2026-08-03') + days * DAY).toISOString().slice(0, 10),
  weekday: (days % 7) + 1,
});

export const daysOf = (points: readonly bigint[]): DayFigure[] =>
  points.map((each, i) => ({ ...dayAt(i), points: each }));

/** The `length` days after the first `days`. */
export const daysAfter = (days: number, length: number): DayAhead[] =>
  Array.from({ length }, (_, i) => dayAt(days + i));

/** The same days again and again. */
export const repeated = (points: readonly bigint[], length: number): bigint[] =>
  Array.from({ length }, (_, i) => points[i % points.length]!);
