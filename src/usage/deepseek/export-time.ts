/** Buckets of DeepSeek's exports. */

import type { Row } from '../reading/table-row.js';
import { bucketTime } from '../time/bucket-time.js';
import { dashedDate } from '../time/calendar-text.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

/** Offset of a time; exports have that of the zone the page was opened in, and day buckets begin at its midnight. */
const OFFSET = /([+-]\d{2}:\d{2})$/;

/**
 * The bucket between `start_time_iso` and `end_time_iso` (exclusive), whose days are those of the offset they carry,
 * UTC+8 without one; in older exports the whole day `utc_date`.
 *
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function deepseekTime(row: Row<'start' | 'end' | 'date'>): RecordTime {
  const date = row.text('date');
  if (date !== null) return parseTime(dashedDate(date), 'UTC', row.field('date'));
  const [start, end] = [row.required('start'), row.required('end')];
  const zone = OFFSET.exec(start)?.[1] ?? (/z$/i.test(start) ? 'UTC' : 'Asia/Shanghai');
  const [from, to] = [parseTime(start, zone, row.field('start')), parseTime(end, zone, row.field('end'))];
  return bucketTime(from.at, to.at, zone, row.field('end'));
}
