/** Times of usage records. */

import { badField } from '../../errors/usage-records.js';
import { shown } from '../reading/fields.js';
import type { CodeUnits } from '../source.js';
import { quickInstant, quickInstantIn } from './quick-instant.js';
import { exists, instantOf, type LocalTime, startOfDay, wallClock } from './time-zone.js';

/** When a record happened; `day` is set when it names a calendar date alone, which makes it a daily bucket. */
export interface RecordTime {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly at: number;
  /** `YYYY-MM-DD`, or `null`. */
  readonly day: string | null;
  /** End of that day in ms, exclusive; `null` for an instant. */
  readonly until: number | null;
}

/** Instants accepted: `[2015, 2100)`. Anything else is a number that was no time, or a wrong clock. */
const EARLIEST = Date.UTC(2015, 0, 1);
const END = Date.UTC(2100, 0, 1);
const MAX_LENGTH = 64;

const HINT = 'write 2026-10-31T18:00:00Z, 2026-10-31 18:00:00, 2026-10-31 or seconds since 1970';
const ISO =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:T| {1,2})(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?$/i;
const DATE = /^(\d{4})[-/](\d{2})[-/](\d{2})$/;
const YEAR_LAST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/;
const EPOCH = /^(\d+)(?:\.(\d+))?$/;

/**
 * Reads a time: ISO 8601 with an offset; the same without one, which is local time of `timeZone`; seconds (10 digits),
 * milliseconds (13) or microseconds (16) since 1970; or a date alone, a daily bucket that begins when its day does in
 * `timeZone`. Finer than a millisecond is cut off.
 *
 * A local time that a clock change skips is read with the offset before the change, one that it repeats is the earlier
 * of the two (`compatible` in Temporal's words).
 *
 * @param value     text or number
 * @param timeZone  IANA zone
 * @throws BAD_FIELD at `field` when it is no such time, names a day that is none, is ambiguous (`10/01/2026`), or is
 *   outside 2015..2099; UNKNOWN_TIME_ZONE
 */
export function parseTime(value: unknown, timeZone: string, field: string): RecordTime {
  if (typeof value === 'string') {
    const instant = quickInstant(value);
    if (instant >= EARLIEST && instant < END) return { at: instant, day: null, until: null };
  }
  if (typeof value !== 'string' && typeof value !== 'number') throw badField(field, shown(value), 'is no time', HINT);
  const text = String(value).trim();
  const time = text.length > MAX_LENGTH ? null : timeOf(text, timeZone);
  if (time === null) throw badField(field, text, 'is no time', HINT);
  if (time === 'ambiguous') throw badField(field, text, ...orderUnknown(text));
  if (time.at < EARLIEST || time.at >= END) throw badField(field, text, 'is not between 2015 and 2099', HINT);
  return time;
}

/**
 * What `parseTime` reads in the code units `[start, end)` of a text, where that is quick.
 *
 * @returns the instant (ms); -1: ask `parseTime`
 */
export function quickTime(codes: CodeUnits, start: number, end: number): number {
  const instant = quickInstantIn(codes, start, end);
  return instant >= EARLIEST && instant < END ? instant : -1;
}

function timeOf(text: string, timeZone: string): RecordTime | 'ambiguous' | null {
  const written = ISO.exec(text);
  if (written !== null) return writtenTime(written, timeZone);
  const epoch = EPOCH.exec(text);
  if (epoch !== null) return epochTime(epoch[1]!, epoch[2] ?? '');
  const date = DATE.exec(text);
  if (date !== null) return dailyBucket(date, timeZone);
  return YEAR_LAST.test(text) ? 'ambiguous' : null;
}

/**
 * Why a date that ends with its year is not read, and what to write. One that proves its order is refused all the same:
 * its file would be read on some days and not on others.
 */
function orderUnknown(text: string): readonly [why: string, hint: string] {
  const [, first, second, year] = YEAR_LAST.exec(text)!;
  const [a, b] = [Number(first), Number(second)];
  if (a > 12 === b > 12 || Math.max(a, b) > 31)
    return ['does not say which is the day and which the month', 'write 2026-10-31'];
  const [day, month] = a > 12 ? [a, b] : [b, a];
  const digits = (part: number): string => String(part).padStart(2, '0');
  return [
    'ends with its year; of other dates written so nobody can tell the day from the month',
    `write ${year!.padStart(4, '20')}-${digits(month)}-${digits(day)}`,
  ];
}

function writtenTime(parts: RegExpExecArray, timeZone: string): RecordTime | null {
  const [, year, month, day, hour, minute, second = '0', fraction = '', offset] = parts;
  const local: LocalTime = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.slice(0, 3).padEnd(3, '0')),
  };
  if (!exists(local)) return null;
  if (offset === undefined) return { at: instantOf(local, timeZone), day: null, until: null };
  const shift = offsetMs(offset);
  return shift === null ? null : { at: wallClock(local) - shift, day: null, until: null };
}

function dailyBucket(parts: RegExpExecArray, timeZone: string): RecordTime | null {
  const [, year, month, day] = parts;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (!exists({ ...date, hour: 0, minute: 0, second: 0 })) return null;
  const next = new Date(Date.UTC(date.year, date.month - 1, date.day + 1));
  return {
    at: startOfDay(date, timeZone),
    day: `${year}-${month}-${day}`,
    until: startOfDay({ year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }, timeZone),
  };
}

/** `Z`, `UTC`, `+08:00`, `-0530` or `+08` in milliseconds; `null` when there is no such offset. */
function offsetMs(offset: string): number | null {
  if (/^[a-z]/i.test(offset)) return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || '0');
  if (hours > 23 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Seconds, milliseconds or microseconds, told apart by their number of digits, which 2001 to 2286 share. */
function epochTime(whole: string, fraction: string): RecordTime | null {
  if (whole.length === 10)
    return { at: Number(whole) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')), day: null, until: null };
  if (whole.length === 13) return { at: Number(whole), day: null, until: null };
  if (whole.length === 16) return { at: Number(whole.slice(0, 13)), day: null, until: null };
  return null;
}
