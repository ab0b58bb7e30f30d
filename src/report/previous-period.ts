/** The period that another one is compared with. */

import { badOption } from '../errors/command-line.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { type Days, daysOf } from './calendar.js';
import { dayAt, dayStart, type PeriodChoice, type PeriodContext, window, windowOfDays } from './period.js';
import type { Window } from './query.js';

/**
 * The window to compare with: `previous`, or a period by its name.
 *
 * Previous is the period of equal length before. Whole months are preceded by as many whole months, so that a quarter or
 * a year is by the one before; `mtd` by the same days of the last month, as far as it has them; other days by as many
 * days; anything else by as many milliseconds.
 *
 * @param compare  `previous`, or what `--period` takes
 * @param period   as it was typed for `current`
 * @throws BAD_PERIOD, BAD_OPTION when `current` has an open end and so no length
 */
export function windowBefore(
  compare: string,
  current: Window,
  { period }: PeriodChoice,
  { now, timeZone }: PeriodContext,
): Window {
  if (compare !== 'previous') return windowOfDays(daysOfCompared(compare, dayAt(now, timeZone)), timeZone);
  const { from, to } = current;
  if (from === null || to === null)
    throw badOption('--compare', compare, 'needs a period with two ends', 'add one: --period 2026-10');
  const days = wholeDays(from, to, timeZone);
  if (days === null) return window(from - (to - from), from, timeZone);
  return windowOfDays(period?.trim().toLowerCase() === 'mtd' ? sameDaysOfLastMonth(days) : daysBefore(days), timeZone);
}

/** @throws BAD_PERIOD, at its own flag */
function daysOfCompared(compare: string, today: Parameters<typeof daysOf>[1]): Days {
  try {
    return daysOf(compare.trim(), today);
  } catch (error) {
    throw error instanceof TokenhubError ? error.movedTo({ field: '--compare' }) : error;
  }
}

/** The days of a window that begins and ends with a day; `null` for any other. */
function wholeDays(from: number, to: number, timeZone: string): Days | null {
  const [first, next] = [dayAt(from, timeZone), dayAt(to, timeZone)];
  if (dayStart(first, timeZone) !== from || dayStart(next, timeZone) !== to) return null;
  return { first, last: next.subtract({ days: 1 }) };
}

function daysBefore({ first, last }: Days): Days {
  const next = last.add({ days: 1 });
  const length =
    first.day === 1 && next.day === 1
      ? first.until(next, { largestUnit: 'months' })
      : first.until(next, { largestUnit: 'days' });
  return { first: first.subtract(length), last: first.subtract({ days: 1 }) };
}

/** 31 October is compared with 30 September. */
const sameDaysOfLastMonth = ({ first, last }: Days): Days => ({
  first: first.subtract({ months: 1 }),
  last: last.subtract({ months: 1 }),
});
