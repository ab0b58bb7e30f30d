/** From dates and periods as people write them to a half-open window of instants. No clock: `now` is given. */

import { Temporal } from 'temporal-polyfill';
import { badDate, emptyPeriod, periodAndDates, unknownTimeZone } from '../errors/periods.js';
import { type Days, daysOf } from './calendar.js';
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

/**
 * The window a user asks for. Days are local days of the zone, so one may last 23 or 25 hours; `to` as a day is
 * included whole, `to` with a time of day is an exclusive end; `mtd` is from the first of the month to the end of today.
 *
 * @throws BAD_DATE, BAD_PERIOD, PERIOD_AND_DATES, EMPTY_PERIOD, UNKNOWN_TIME_ZONE
 * @example periodFrom({ period: '2026-Q4' }, { now, timeZone: 'UTC' }) // [2026-10-01, 2027-01-01)
 */
export function periodFrom({ from, to, period }: PeriodChoice, { now, timeZone }: PeriodContext): Window {
  checkTimeZone(timeZone);
  if (period === undefined) return windowOfDates(from, to, timeZone);
  if (from !== undefined || to !== undefined) throw periodAndDates();
  return windowOfDays(daysOf(period.trim(), dayAt(now, timeZone)), timeZone);
}

function windowOfDates(from: string | undefined, to: string | undefined, timeZone: string): Window {
  const start = from === undefined ? null : instantOf({ flag: '--from', text: from.trim(), plusDays: 0, timeZone });
  const end = to === undefined ? null : instantOf({ flag: '--to', text: to.trim(), plusDays: 1, timeZone });
  if (start !== null && end !== null && end <= start) throw emptyPeriod(from!, to!);
  return window(start, end, timeZone);
}

/** The window of whole days, both included. */
export const windowOfDays = ({ first, last }: Days, timeZone: string): Window =>
  window(dayStart(first, timeZone), dayStart(last.add({ days: 1 }), timeZone), timeZone);

/** The same, of dates as text: `YYYY-MM-DD`. */
export const windowBetween = ({
  firstDay,
  lastDay,
  timeZone,
}: {
  firstDay: string;
  lastDay: string;
  timeZone: string;
}) => windowOfDays({ first: Temporal.PlainDate.from(firstDay), last: Temporal.PlainDate.from(lastDay) }, timeZone);

export const window = (from: number | null, to: number | null, timeZone: string): Window => ({
  from,
  to,
  firstDay: from === null ? null : firstWholeDay(from, timeZone).toString(),
  lastDay: to === null ? null : dayAt(to, timeZone).subtract({ days: 1 }).toString(),
  timeZone,
});

/** The first day that begins at the instant or after it. */
function firstWholeDay(at: number, timeZone: string): Temporal.PlainDate {
  const day = dayAt(at, timeZone);
  return dayStart(day, timeZone) === at ? day : day.add({ days: 1 });
}

export const dayAt = (at: number, timeZone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate();

export const dayStart = (day: Temporal.PlainDate, timeZone: string): number =>
  day.toZonedDateTime(timeZone).epochMilliseconds;

/** Throws UNKNOWN_TIME_ZONE. */
export function checkTimeZone(timeZone: string): void {
  try {
    dayAt(0, timeZone);
  } catch (cause) {
    throw unknownTimeZone(timeZone, cause);
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?$/i;
const INSTANT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/** A date or time as typed behind a flag. */
interface DateFlag {
  readonly flag: string;
  readonly text: string;
  /** Added to a bare day only. */
  readonly plusDays: number;
  readonly timeZone: string;
}

/**
 * Instant of a date or a time; a bare day means its first instant, `plusDays` later.
 *
 * @throws BAD_DATE naming the flag
 */
export function instantOf({ flag, text, plusDays, timeZone }: DateFlag): number {
  try {
    if (DAY.test(text)) return dayStart(Temporal.PlainDate.from(text).add({ days: plusDays }), timeZone);
    if (LOCAL_TIME.test(text)) return Temporal.PlainDateTime.from(text).toZonedDateTime(timeZone).epochMilliseconds;
    if (INSTANT.test(text)) return Temporal.Instant.from(text).epochMilliseconds;
  } catch (cause) {
    throw badDate(flag, text, cause);
  }
  throw badDate(flag, text);
}
