/** Times of buckets. */

import { badField } from '../../errors/usage-records.js';
import { parseTime, type RecordTime } from './record-time.js';
import { localDateAt, startOfDay } from './time-zone.js';

/**
 * The time of a bucket between two instants, the end exclusive. One that begins and ends at midnight of its issuer's
 * zone is a bucket of whole days and keeps its calendar date.
 *
 * @param start     ms since 1970 UTC
 * @param end       ms since 1970 UTC
 * @param timeZone  IANA zone of the issuer's days
 * @throws BAD_FIELD at `field` when the end is not after the start
 */
export function bucketTime(start: number, end: number, timeZone: string, field: string): RecordTime {
  if (end <= start) throw badField(field, new Date(end).toISOString(), 'is not after the start of its bucket', HINT);
  const isWholeDays = isMidnight(start, timeZone) && isMidnight(end, timeZone);
  return { at: start, day: isWholeDays ? dayText(start, timeZone) : null, until: end };
}

const HINT = 'a bucket ends after it begins; export it again';

const isMidnight = (at: number, timeZone: string): boolean => startOfDay(localDateAt(at, timeZone), timeZone) === at;

function dayText(at: number, timeZone: string): string {
  const { year, month, day } = localDateAt(at, timeZone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The time of a bucket whose record states its start alone: a date is a day, and so is midnight, since exports write
 * days as `2026-05-12 00:00:00`; a full hour is an hour, any other minute is a minute. UTC where no offset is given.
 *
 * @throws BAD_FIELD at `field`
 */
export function bucketStarting(start: unknown, field: string): RecordTime {
  const time = parseTime(start, 'UTC', field);
  if (time.day !== null) return time;
  const span = [DAY, HOUR].find((each) => time.at % each === 0) ?? MINUTE;
  return bucketTime(time.at, time.at + span, 'UTC', field);
}
