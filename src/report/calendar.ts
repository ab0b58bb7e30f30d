/** Calendar days, weeks, months and quarters, by the names people give them. */

import { Temporal } from 'temporal-polyfill';
import { badPeriod } from '../errors/periods.js';
import { daySpan } from './day-text.js';

/** Calendar days `[first, last]`, both inclusive. */
export interface Days {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
}

/**
 * The days a period stands for, seen from `today`.
 *
 * @param period  `2026`, `2026-10`, `2026-Q4`, `2026-W41`, `2026-10-05`, `2026-10-01..2026-10-12`, `today`, `yesterday`, `this-week`,
 *                `this-month`, `mtd`, `last-month`
 * @throws BAD_PERIOD
 */
export function daysOf(period: string, today: Temporal.PlainDate): Days {
  const named = NAMED.get(period.toLowerCase());
  if (named !== undefined) return named(today);
  for (const [pattern, days] of WRITTEN) {
    const match = pattern.exec(period);
    if (match !== null) return writtenDays(period, () => days(match[1] ?? '', Number(match[2])));
  }
  throw badPeriod(period);
}

/** The ISO 8601 week of a day: `weekOf('2027-01-01')` is `'2026-W53'`. */
export function weekOf(day: string): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day);
  return `${String(yearOfWeek).padStart(4, '0')}-W${String(weekOfYear).padStart(2, '0')}`;
}

/** The month of a day: `'2026-10'`. */
export const monthOf = (day: string): string => day.slice(0, 7);

/** First and last day of a month: `'2026-02'` has `'2026-02-01'` and `'2026-02-28'`. */
export function daysOfMonth(month: string): { readonly first: string; readonly last: string } {
  const { first, last } = lasting(firstOf(month.slice(0, 4), Number(month.slice(5))), { months: 1 });
  return { first: first.toString(), last: last.toString() };
}

/** Every month that a day from the first to the last one is in, ascending. */
export function monthsOf(firstDay: string, lastDay: string): string[] {
  const months: string[] = [];
  let month = Temporal.PlainYearMonth.from(monthOf(firstDay));
  for (; month.toString() <= monthOf(lastDay); month = month.add({ months: 1 })) months.push(month.toString());
  return months;
}

/** The quarter of a day: `'2026-Q4'`. */
export const quarterOf = (day: string): string => `${yearOf(day)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** The year of a day: `'2026'`. */
export const yearOf = (day: string): string => day.slice(0, 4);

/**
 * The first day of the billing cycle that a day is in.
 *
 * @param start  day of the month on which cycles start, 1 to 31; in a shorter month they start on its last day
 * @example cycleOf('2026-03-01', 31) // '2026-02-28'
 */
export function cycleOf(day: string, start: number): string {
  const date = Temporal.PlainDate.from(day);
  const startIn = (month: Temporal.PlainDate) => month.with({ day: Math.min(start, month.daysInMonth) });
  const here = startIn(date);
  return (Temporal.PlainDate.compare(here, date) <= 0 ? here : startIn(date.subtract({ months: 1 }))).toString();
}

/**
 * A period of the calendar that days are in, for what lasts from one day to another: the period both are in, else the
 * days themselves.
 *
 * @param days      `YYYY-MM-DD`, or the first and the last day, `2026-08-01..2026-08-31`
 * @param periodOf  the period of one day
 */
export function periodOfDays(days: string, periodOf: (day: string) => string): string {
  const { first, last } = daySpan(days);
  const period = periodOf(first);
  return first === last || period === periodOf(last) ? period : days;
}

const NAMED: ReadonlyMap<string, (today: Temporal.PlainDate) => Days> = new Map([
  ['today', (today) => ({ first: today, last: today })],
  ['yesterday', (today) => lasting(today.subtract({ days: 1 }), { days: 1 })],
  ['this-week', (today) => lasting(today.subtract({ days: today.dayOfWeek - 1 }), { days: 7 })],
  ['this-month', (today) => lasting(today.with({ day: 1 }), { months: 1 })],
  ['mtd', (today) => ({ first: today.with({ day: 1 }), last: today })],
  ['last-month', (today) => lasting(today.with({ day: 1 }).subtract({ months: 1 }), { months: 1 })],
]);

const WRITTEN: readonly (readonly [RegExp, (start: string, part: number) => Days])[] = [
  [/^(\d{4})$/, (year) => lasting(firstOf(year, 1), { months: 12 })],
  [/^(\d{4})-(\d{2})$/, (year, month) => lasting(firstOf(year, month), { months: 1 })],
  [/^(\d{4})-Q([1-4])$/i, (year, quarter) => lasting(firstOf(year, quarter * 3 - 2), { months: 3 })],
  [/^(\d{4})-W(\d{2})$/i, (year, week) => isoWeek(Number(year), week)],
  [/^(\d{4}-\d{2}-\d{2})$/, (day) => lasting(Temporal.PlainDate.from(day), { days: 1 })],
  [/^(\d{4}-\d{2}-\d{2}\.\.\d{4}-\d{2}-\d{2})$/, fromTo],
];

function fromTo(days: string): Days {
  const [first, last] = days.split('..').map((day) => Temporal.PlainDate.from(day));
  if (Temporal.PlainDate.compare(first!, last!) > 0) throw new RangeError('it ends before it begins');
  return { first: first!, last: last! };
}

function writtenDays(period: string, days: () => Days): Days {
  try {
    return days();
  } catch (cause) {
    throw badPeriod(period, cause);
  }
}

const firstOf = (year: string, month: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year: Number(year), month, day: 1 }, { overflow: 'reject' });

/** The days of a length of time from a first day on. */
const lasting = (first: Temporal.PlainDate, length: { months: number } | { days: number }): Days => ({
  first,
  last: first.add(length).subtract({ days: 1 }),
});

/** Week 1 is the one with 4 January in it; weeks begin on Monday. */
function isoWeek(year: number, week: number): Days {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  if (week < 1 || monday.yearOfWeek !== year) throw new RangeError(`${year} has no week ${week}`);
  return lasting(monday, { days: 7 });
}
