/** The time of a line of Alibaba Cloud's bills, which is always UTC+8. */

import { badField, missingField } from '../../errors/usage-records.js';
import { bucketTime } from '../time/bucket-time.js';
import { dashedDate, monthDays } from '../time/calendar-text.js';
import { parseTime, type RecordTime } from '../time/record-time.js';
import { localDateAt } from '../time/time-zone.js';
import type { BillRow } from './columns.js';

const ZONE = 'Asia/Shanghai';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The bucket a line stands for, as finely as it says: its period of service of up to a day; the hour of its time of
 * consumption, since inference is billed by the minute and everything else by the hour; its date and hour; its date; its
 * billing month.
 *
 * @param cycle  billing month of the document around the line, `null` where there is none
 * @param at     `--at`, for lines without any time: its calendar month
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function billTime(row: BillRow, cycle: string | null, at: number | null): RecordTime {
  const date = row.text('date');
  const time = row.text('time') ?? (date !== null && /\d[ T]\d/.test(date) ? date : null);
  return servicePeriod(row) ?? (time === null ? dateTime(row, date, cycle, at) : hourOf(row, time));
}

function servicePeriod(row: BillRow): RecordTime | null {
  const [from, to] = [row.text('from'), row.text('to')];
  if (from === null || to === null) return null;
  const [start, end] = [parseTime(from, ZONE, row.field('from')), parseTime(to, ZONE, row.field('to'))];
  const span = end.at - start.at;
  return start.day === null && span > 0 && span <= DAY_MS ? bucketTime(start.at, end.at, ZONE, row.field('to')) : null;
}

function hourOf(row: BillRow, text: string): RecordTime {
  const time = parseTime(dashedDate(text), ZONE, row.field(row.text('time') === null ? 'date' : 'time'));
  return time.day === null ? hourAt(time.at) : time;
}

/** UTC+8 is whole hours from UTC, so its hours begin where those of UTC do. */
function hourAt(at: number): RecordTime {
  const start = at - (at % HOUR_MS);
  return { at: start, day: null, until: start + HOUR_MS };
}

function dateTime(row: BillRow, date: string | null, cycle: string | null, at: number | null): RecordTime {
  if (date === null) return monthTime(row, cycle, at);
  const day = parseTime(dashedDate(date), ZONE, row.field('date'));
  const hour = row.text('hour');
  if (hour === null || day.day === null) return day;
  const parts = /^(\d{1,2})(?::00){0,2}$/.exec(hour);
  if (parts === null || Number(parts[1]) > 23)
    throw badField(row.field('hour'), hour, 'is no hour', 'write 23:00, or 23');
  return hourAt(day.at + Number(parts[1]) * HOUR_MS);
}

function monthTime(row: BillRow, cycle: string | null, at: number | null): RecordTime {
  const stated = row.text('month') ?? cycle ?? (at === null ? null : monthAt(at));
  if (stated === null) throw missingField(row.field('date'), 'export the bill by day, or give its month with --at');
  const days = monthDays(stated);
  if (days === null) throw badField(row.field('month'), stated, 'is no month', 'write 2026-10');
  const [first, next] = days.map((day) => parseTime(day, ZONE, row.field('month')).at);
  return bucketTime(first!, next!, ZONE, row.field('month'));
}

function monthAt(at: number): string {
  const { year, month } = localDateAt(at, ZONE);
  return `${year}-${String(month).padStart(2, '0')}`;
}
