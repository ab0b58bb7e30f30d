/** What the usage and cost exports of an OpenAI organisation have in common. */

import { missingField } from '../../errors/usage-records.js';
import { NO_ORIGIN, type Origin } from '../event.js';
import { columnsNamed } from '../reading/columns.js';
import type { Row } from '../reading/row.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

/** Columns every dashboard export begins with; an export of a period without usage has no others. */
export const OPENAI_TIMES = columnsNamed(['start_time', 'end_time', 'start_time_iso', 'end_time_iso']);

/**
 * The time of a minute, an hour or a day in UTC. Seconds since 1970 are read before the ISO columns, which come with
 * and without an offset.
 *
 * @throws BAD_FIELD, MISSING_FIELD
 */
export const openaiBucketTime = (row: Row<keyof typeof OPENAI_TIMES>): RecordTime =>
  bucketTime(instantAt(row, 'start_time'), instantAt(row, 'end_time'), 'UTC', row.field('end_time'));

function instantAt(row: Row<keyof typeof OPENAI_TIMES>, name: 'start_time' | 'end_time'): number {
  for (const each of [name, `${name}_iso`] as const) {
    const value = row.cell(each);
    if (value !== undefined && value !== null && value !== '') return parseTime(value, 'UTC', row.field(each)).at;
  }
  throw missingField(row.field(name), 'export it again with its times');
}

/** Columns of every export that say whose the usage is. */
export const OPENAI_ORIGINS = columnsNamed(['api_key_id', 'project_id', 'user_id']);

/** Dimensions the export was not grouped by are blank. E-mail addresses and names, which may change, are not read. */
export const openaiOrigin = (row: Row<keyof typeof OPENAI_ORIGINS>): Origin => ({
  ...NO_ORIGIN,
  key: row.text('api_key_id'),
  project: row.text('project_id'),
  user: row.text('user_id'),
});
