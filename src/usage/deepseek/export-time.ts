/** What the two files of DeepSeek's usage export have in common. */

import { hasColumns } from '../reading/columns.js';
import type { Row } from '../reading/row.js';
import { bucketTime } from '../time/bucket-time.js';
import { dashedDate } from '../time/calendar-text.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

/** Columns of both; older exports have a date, newer ones a start and an end. */
export const EXPORT_COLUMNS = {
  start: ['start_time_iso'],
  end: ['end_time_iso'],
  date: ['utc_date'],
  user: ['user_id'],
  model: ['model'],
} as const;

/** True for the columns of the file that has those `named` beside the common ones. */
export const isExport = (headers: readonly string[], ...named: readonly string[]): boolean =>
  hasColumns(headers, 'model', ...named) &&
  (hasColumns(headers, 'utc_date') || hasColumns(headers, 'start_time_iso', 'end_time_iso'));

/** Offset of a time; exports have that of the zone the page was opened in, and day buckets begin at its midnight. */
const OFFSET = /([+-]\d{2}:\d{2})$/;

/**
 * The bucket between `start_time_iso` and `end_time_iso` (exclusive), whose days are those of the offset they carry,
 * UTC+8 without one; in older exports the whole day `utc_date`.
 *
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function exportTime(row: Row<'start' | 'end' | 'date'>): RecordTime {
  const date = row.text('date');
  if (date !== null) return parseTime(dashedDate(date), 'UTC', row.field('date'));
  const [start, end] = [row.required('start'), row.required('end')];
  const zone = OFFSET.exec(start)?.[1] ?? (/z$/i.test(start) ? 'UTC' : 'Asia/Shanghai');
  const [from, to] = [parseTime(start, zone, row.field('start')), parseTime(end, zone, row.field('end'))];
  return bucketTime(from.at, to.at, zone, row.field('end'));
}
