/** What the usage and cost exports of an OpenAI organisation have in common. */

import { missingField } from '../../errors.js';
import { NO_ORIGIN, type Origin } from '../event.js';
import { type Fields, textOf, valueAt } from '../reading/fields.js';
import { bucketTime } from '../time/bucket-time.js';
import { parseTime, type RecordTime } from '../time/record-time.js';

/** Columns every dashboard export begins with; an export of a period without usage has no others. */
export const OPENAI_TIMES = ['start_time', 'end_time', 'start_time_iso', 'end_time_iso'] as const;

/**
 * The time of a minute, an hour or a day in UTC. Seconds since 1970 are read before the ISO columns, which come with
 * and without an offset.
 *
 * @throws BAD_FIELD, MISSING_FIELD
 */
export const openaiBucketTime = (fields: Fields): RecordTime =>
  bucketTime(instantAt(fields, 'start_time'), instantAt(fields, 'end_time'), 'UTC', 'end_time');

function instantAt(fields: Fields, name: string): number {
  for (const field of [name, `${name}_iso`]) {
    const value = valueAt(fields, field);
    if (value !== undefined && value !== null && value !== '') return parseTime(value, 'UTC', field).at;
  }
  throw missingField(name, 'export it again with its times');
}

/** Dimensions the export was not grouped by are blank. E-mail addresses and names, which may change, are not read. */
export const openaiOrigin = (fields: Fields): Origin => ({
  ...NO_ORIGIN,
  key: textOf(valueAt(fields, 'api_key_id'), 'api_key_id'),
  project: textOf(valueAt(fields, 'project_id'), 'project_id'),
  user: textOf(valueAt(fields, 'user_id'), 'user_id'),
});
