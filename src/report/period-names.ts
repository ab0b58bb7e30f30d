/** Names of runs of days, and the run of the same kind that follows. */

import { Temporal } from 'temporal-polyfill';
import { daysOf, monthOf, quarterOf, weekOf, yearOf } from './calendar.js';

/** Calendar dates `YYYY-MM-DD`, both inclusive. */
interface DayRun {
  readonly firstDay: string;
  readonly lastDay: string;
}

const KINDS: readonly ((day: string) => string)[] = [yearOf, quarterOf, monthOf, weekOf, (day) => day];

/**
 * The shortest name of these days: that of a year, a quarter, a month, a week or a day, where they are one.
 *
 * @example periodName({ firstDay: '2026-10-01', lastDay: '2026-10-31' }) // '2026-10'
 * @example periodName({ firstDay: '2026-10-01', lastDay: '2026-10-12' }) // '2026-10-01..2026-10-12'
 */
export function periodName({ firstDay, lastDay }: DayRun): string {
  const kind = kindOf({ firstDay, lastDay });
  return kind === null ? `${firstDay}..${lastDay}` : kind(firstDay);
}

/** The next of its kind: after a month the next month, after twelve days twelve days. */
export function periodAfter({ firstDay, lastDay }: DayRun): DayRun {
  const next = Temporal.PlainDate.from(lastDay).add({ days: 1 });
  const kind = kindOf({ firstDay, lastDay });
  if (kind !== null) return runOf(kind(next.toString()));
  const length = Temporal.PlainDate.from(firstDay).until(lastDay, { largestUnit: 'days' });
  return { firstDay: next.toString(), lastDay: next.add(length).toString() };
}

const kindOf = ({ firstDay, lastDay }: DayRun) =>
  KINDS.find((kind) => {
    const run = runOf(kind(firstDay));
    return run.firstDay === firstDay && run.lastDay === lastDay;
  }) ?? null;

/** Names of this kind stand for the same days, whatever day it is. */
function runOf(name: string): DayRun {
  const { first, last } = daysOf(name, ANY_DAY);
  return { firstDay: first.toString(), lastDay: last.toString() };
}

const ANY_DAY = Temporal.PlainDate.from('1970-01-01');
