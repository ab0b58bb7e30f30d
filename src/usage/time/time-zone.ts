/** Local times of IANA zones as instants. */

import { Temporal } from 'temporal-polyfill';
import { unknownTimeZone } from '../../errors/periods.js';

/** A date of the calendar; month and day from 1. */
export interface LocalDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export interface LocalTime extends LocalDate {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/** True when the calendar has that day and the clock that time; `Date.UTC` would carry over instead. */
export function exists({ year, month, day, hour, minute, second }: Omit<LocalTime, 'millisecond'>): boolean {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const DAY = 86_400_000;
/** Zones x days remembered: a year of days in a dozen zones. */
const REMEMBERED = 4096;

/** What the clock shows, read as if it were UTC, in ms. */
export const wallClock = (t: LocalTime): number =>
  Date.UTC(t.year, t.month - 1, t.day, t.hour, t.minute, t.second, t.millisecond);

/**
 * The instant (ms) of a local time. Skipped times take the offset before the change, repeated ones are the earlier.
 *
 * @throws UNKNOWN_TIME_ZONE
 */
export function instantOf(local: LocalTime, timeZone: string): number {
  if (timeZone === 'UTC') return wallClock(local);
  const offset = steadyOffset(Date.UTC(local.year, local.month - 1, local.day), timeZone);
  return offset === null ? instantAtChange(local, timeZone) : wallClock(local) - offset;
}

/** The first instant (ms) of a local day, which is not midnight where a clock change skips that. */
export function startOfDay(date: LocalDate, timeZone: string): number {
  const midnight = Date.UTC(date.year, date.month - 1, date.day);
  if (timeZone === 'UTC') return midnight;
  const offset = steadyOffset(midnight, timeZone);
  return offset === null
    ? Temporal.PlainDate.from({ ...date }).toZonedDateTime({ timeZone }).epochMilliseconds
    : midnight - offset;
}

/** The date a zone's calendar shows at an instant (ms). */
export function localDateAt(at: number, timeZone: string): LocalDate {
  const midnight = Math.floor(at / DAY) * DAY;
  const offset = timeZone === 'UTC' ? 0 : (steadyOffset(midnight, timeZone) ?? offsetAt(at, timeZone));
  const shown = new Date(at + offset);
  return { year: shown.getUTCFullYear(), month: shown.getUTCMonth() + 1, day: shown.getUTCDate() };
}

/**
 * The offset (ms) a zone keeps all through a local day and the days beside it, so that most times need only a
 * subtraction; `null` when the clock changes thereabouts.
 */
function steadyOffset(midnight: number, timeZone: string): number | null {
  const key = `${timeZone} ${midnight}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const before = offsetAt(midnight - DAY, timeZone);
  const steady = before === offsetAt(midnight + 2 * DAY, timeZone) ? before : null;
  if (offsets.size >= REMEMBERED) offsets.clear();
  offsets.set(key, steady);
  return steady;
}

/** A memo and no state: a zone always has the same offset on a day, whoever asked before. */
const offsets = new Map<string, number | null>();

function offsetAt(instant: number, timeZone: string): number {
  try {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6;
  } catch (cause) {
    throw unknownTimeZone(timeZone, cause);
  }
}

const instantAtChange = (local: LocalTime, timeZone: string): number =>
  Temporal.PlainDateTime.from({ ...local }).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .epochMilliseconds;
