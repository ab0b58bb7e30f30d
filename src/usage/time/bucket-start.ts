import { bucketTime } from './bucket-time.js';
import { parseTime, type RecordTime } from './record-time.js';

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
