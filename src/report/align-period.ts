/** Days, weeks and months of one period beside those of another. */

import { Temporal } from 'temporal-polyfill';
import { daysOfSpan, isRange } from './day-text.js';
import type { Dimension } from './dimension.js';
import { periodsOf } from './dimensions.js';
import type { Window } from './query.js';

/** The value in one period that a value of another one is compared with. */
export type Align = (dimension: Dimension, value: string | null) => string | null;

/**
 * Aligns two periods: their first days (weeks, months, ...) with each other, their second ones, and so on. A day that
 * the other period does not have, such as the 31st, keeps its own name; so does what is of no time.
 */
export function alignPeriods(now: Window, before: Window): Align {
  const pairs = new Map<Dimension, ReadonlyMap<string, string>>();
  const pairsOf = (dimension: Dimension, periodOf: (day: string) => string): ReadonlyMap<string, string> => {
    const known = pairs.get(dimension) ?? pairsBetween(periodsIn(before, periodOf), periodsIn(now, periodOf));
    pairs.set(dimension, known);
    return known;
  };
  return (dimension, value) => {
    if (value === null) return null;
    if (dimension === 'hour') {
      const day = pairsOf('day', (each) => each).get(value.slice(0, 10));
      return day === undefined || isRange(value) ? value : day + value.slice(10);
    }
    const periodOf = periodsOf(dimension);
    return periodOf === null ? value : (pairsOf(dimension, periodOf).get(value) ?? value);
  };
}

function pairsBetween(from: readonly string[], to: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set(to);
  return new Map(from.map((name, i) => [name, to[i] ?? (taken.has(name) ? `${name} (before)` : name)]));
}

/** The periods that days of a window are in, in order. */
function periodsIn(window: Window, periodOf: (day: string) => string): string[] {
  return [...new Set(daysIn(window).map(periodOf))];
}

/** Every calendar day of a window, cut ones too; none where an end is open. */
export function daysIn({ from, to, timeZone }: Window): string[] {
  if (from === null || to === null) return [];
  const dayAt = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();
  return daysOfSpan({ first: dayAt(from).toString(), last: dayAt(to - 1).toString() });
}
