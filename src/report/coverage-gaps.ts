/** Days a recording covers, and the runs of days between them on which it has nothing. */

import { dayNumber, dayText } from './local-days.js';

export interface Gap {
  /** First and last day without events, `YYYY-MM-DD`, both inclusive. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

/** Calendar dates `YYYY-MM-DD`, both inclusive; `null`: where the recording begins or ends. */
export interface AskedDays {
  readonly first: string | null;
  readonly last: string | null;
}

export interface CoveredDay {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** Those of the day; a bucket of several days is on each of them. */
  readonly events: bigint;
  /** Of those, the ones that do not go on from the day before. */
  readonly begun: bigint;
}

export interface Covered {
  /** On the days asked for, each once. */
  readonly events: bigint;
  /** Of the days asked for, those with events, ascending. */
  readonly days: readonly Pick<CoveredDay, 'day' | 'events'>[];
  readonly gaps: readonly Gap[];
}

/**
 * @param days  ascending
 * @example coveredDays([{ day: '2026-10-01', events: 1n, begun: 1n }, { day: '2026-10-04', events: 2n, begun: 2n }],
 *          { first: null, last: null }).gaps // [{ from: '2026-10-02', to: '2026-10-03', days: 2 }]
 */
export function coveredDays(days: readonly CoveredDay[], { first, last }: AskedDays): Covered {
  const asked = days.filter(({ day }) => (first === null || day >= first) && (last === null || day <= last));
  const edges = [first === null ? [] : [dayNumber(first) - 1], last === null ? [] : [dayNumber(last) + 1]] as const;
  const marks = [...edges[0], ...asked.map(({ day }) => dayNumber(day)), ...edges[1]];
  const gaps = marks.slice(1).flatMap((next, i) => gapBetween(marks[i]!, next));
  const events = asked.reduce((sum, { day, ...of }) => sum + (day === first ? of.events : of.begun), 0n);
  return { events, days: asked.map(({ begun: _, ...day }) => day), gaps };
}

const gapBetween = (before: number, next: number): readonly Gap[] =>
  next - before < 2 ? [] : [{ from: dayText(before + 1), to: dayText(next - 1), days: next - before - 1 }];
