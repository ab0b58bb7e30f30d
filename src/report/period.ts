/** From dates and periods as people write them to a half-open window of instants. No clock: `now` is given. */

import { Temporal } from 'temporal-polyfill';
import { badDate, badPeriod, emptyPeriod, periodAndDates, unknownTimeZone } from '../errors.js';
import type { Window } from './query.js';

/** As typed: `from` and `to`, or `period`, or none of them for everything. */
export interface PeriodChoice {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly period?: string | undefined;
}

export interface PeriodContext {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly now: number;
  /** IANA zone whose days are meant. */
  readonly timeZone: string;
}

/** Calendar days `[first, last]`, both inclusive. */
interface Days {
  readonly first: Temporal.PlainDate;
  readonly last: Temporal.PlainDate;
}

/**
 * The window a user asks for. Days are local days of the zone, so one may last 23 or 25 hours; `to` as a day is
 * included whole, `to` with a time of day is an exclusive end; `mtd` is from the first of the month to the end of today.
 *
 * @throws BAD_DATE, BAD_PERIOD, PERIOD_AND_DATES, EMPTY_PERIOD, UNKNOWN_TIME_ZONE
 * @example periodFrom({ period: '2026-Q4' }, { now, timeZone: 'UTC' }) // [2026-10-01, 2027-01-01)
 */
export function periodFrom({ from, to, period }: PeriodChoice, { now, timeZone }: PeriodContext): Window {
  checkZone(timeZone);
  if (period === undefined) {
    const start = from === undefined ? null : startOf(from, timeZone);
    const end = to === undefined ? null : endOf(to, timeZone);
    if (start !== null && end !== null && end <= start) throw emptyPeriod(from!, to!);
    return window(start, end, timeZone);
  }
  if (from !== undefined || to !== undefined) throw periodAndDates();
  const { first, last } = daysOf(period.trim(), today(now, timeZone));
  return window(dayStart(first, timeZone), dayStart(last.add({ days: 1 }), timeZone), timeZone);
}

function window(from: number | null, to: number | null, timeZone: string): Window {
  return {
    from,
    to,
    firstDay: from === null ? null : firstWholeDay(from, timeZone).toString(),
    lastDay: to === null ? null : firstWholeDayAfter(to, timeZone).subtract({ days: 1 }).toString(),
    timeZone,
  };
}

/** The first day that begins at the instant or after it. */
function firstWholeDay(at: number, timeZone: string): Temporal.PlainDate {
  const day = today(at, timeZone);
  return dayStart(day, timeZone) === at ? day : day.add({ days: 1 });
}

/** The first day that does not end before the instant, or at it. */
const firstWholeDayAfter = (at: number, timeZone: string): Temporal.PlainDate => today(at, timeZone);

const today = (now: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate();

const dayStart = (day: Temporal.PlainDate, timeZone: string): number =>
  day.toZonedDateTime(timeZone).epochMilliseconds;

function checkZone(timeZone: string): void {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
  } catch {
    throw unknownTimeZone(timeZone);
  }
}

// --- dates ------------------------------------------------------------------------------------------------------

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

const startOf = (text: string, timeZone: string): number => boundary('--from', text.trim(), 0, timeZone);
const endOf = (text: string, timeZone: string): number => boundary('--to', text.trim(), 1, timeZone);

/** Instant of a date or a time; a bare day means its first instant plus `days`. */
function boundary(flag: string, text: string, days: number, timeZone: string): number {
  try {
    if (DAY.test(text)) return dayStart(Temporal.PlainDate.from(text).add({ days }), timeZone);
    if (LOCAL_TIME.test(text)) return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    if (INSTANT.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
  } catch (cause) {
    throw badDate(flag, text, cause);
  }
  throw badDate(flag, text);
}

// --- periods ----------------------------------------------------------------------------------------------------

function daysOf(period: string, now: Temporal.PlainDate): Days {
  const named = NAMED[period.toLowerCase()];
  if (named !== undefined) return named(now);
  for (const [pattern, days] of WRITTEN) {
    const match = pattern.exec(period);
    if (match !== null) return writtenDays(period, () => days(match[1] ?? '', match[2] ?? ''));
  }
  throw badPeriod(period);
}

function writtenDays(period: string, days: () => Days): Days {
  try {
    return days();
  } catch {
    throw badPeriod(period);
  }
}

const NAMED: Readonly<Record<string, (today: Temporal.PlainDate) => Days>> = Object.assign(Object.create(null), {
  today: (day: Temporal.PlainDate) => ({ first: day, last: day }),
  yesterday: (day: Temporal.PlainDate) => months(day.subtract({ days: 1 }), { days: 1 }),
  'this-week': (day: Temporal.PlainDate) => months(day.subtract({ days: day.dayOfWeek - 1 }), { days: 7 }),
  'this-month': (day: Temporal.PlainDate) => months(day.with({ day: 1 }), { months: 1 }),
  mtd: (day: Temporal.PlainDate) => ({ first: day.with({ day: 1 }), last: day }),
  'last-month': (day: Temporal.PlainDate) => months(day.with({ day: 1 }).subtract({ months: 1 }), { months: 1 }),
});

const WRITTEN: readonly (readonly [RegExp, (year: string, part: string) => Days])[] = [
  [/^(\d{4})$/, (year) => months(date(year, 1), { months: 12 })],
  [/^(\d{4})-(\d{2})$/, (year, month) => months(date(year, Number(month)), { months: 1 })],
  [/^(\d{4})-Q([1-4])$/i, (year, quarter) => months(date(year, Number(quarter) * 3 - 2), { months: 3 })],
  [/^(\d{4})-W(\d{2})$/i, (year, week) => isoWeek(Number(year), Number(week))],
  [/^(\d{4}-\d{2}-\d{2})$/, (day) => months(Temporal.PlainDate.from(day), { days: 1 })],
];

const date = (year: string, month: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year: Number(year), month, day: 1 }, { overflow: 'reject' });

/** The days of a length of time from a first day on. */
const months = (first: Temporal.PlainDate, length: { months: number } | { days: number }): Days => ({
  first,
  last: first.add(length).subtract({ days: 1 }),
});

/** ISO 8601: week 1 is the one with 4 January in it; weeks begin on Monday. */
function isoWeek(year: number, week: number): Days {
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  if (week < 1 || monday.yearOfWeek !== year) throw new RangeError(`${year} has no week ${week}`);
  return months(monday, { days: 7 });
}
