/**
 * What an OpenAI organisation used, by the meter of OpenAI: the dashboard's CSV (`completions_usage_<from>_<to>.csv`,
 * 60 days at most) and the pages of the Usage API. Both have the same fields. Buckets are minutes, hours or days in UTC,
 * keyed by their time and every dimension the export was grouped by; the others are blank.
 *
 * `input_tokens` includes cached and cache-written tokens, which are subtracted; `input_uncached_tokens` is read only
 * where `input_tokens` is not there. Audio and image tokens are parts of input and output and repeated as quantities.
 * The CSV writes counts as floats (`3.0`). No file names the organisation: import several with `--account`.
 */

import { OPENAI_TIMES, openaiBucketTime } from '../openai/bucket.js';
import { OPENAI_USAGE_COLUMNS, openaiUsageEvents } from '../openai/usage-event.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { eventsOr } from '../reading/document.js';
import { type Fields, valueAt } from '../reading/fields.js';
import { objects, tables } from '../reading/recognise.js';
import { decodePages, firstOf } from '../reading/report-page.js';
import { decodeRows } from '../reading/row.js';
import type { Source } from '../source.js';

const COMMON = {
  name: 'openai-usage',
  role: 'meter',
  documentation: 'https://platform.openai.com/docs/api-reference/usage/completions_object',
  account: null,
  reads: namesIn(OPENAI_USAGE_COLUMNS),
  key: 'the bucket and every dimension the export was grouped by',
} as const;

export const openaiUsageCsv: Source = {
  ...COMMON,
  title: 'OpenAI dashboard, usage CSV',
  kind: 'table',
  recognises: tables(isUsageExport),
  decoder: decodeRows(OPENAI_USAGE_COLUMNS, (row) =>
    eventsOr(openaiUsageEvents(row, openaiBucketTime(row)), 'an empty bucket'),
  ),
};

export const openaiUsageJson: Source = {
  ...COMMON,
  title: 'OpenAI Usage API',
  kind: 'json',
  recognises: objects(isUsagePage),
  decoder: decodePages({
    ...{ times: OPENAI_TIMES, timeOf: openaiBucketTime },
    ...{ columns: OPENAI_USAGE_COLUMNS, eventsOf: openaiUsageEvents },
  }),
};

/** An export without usage has its four times and nothing else. */
function isUsageExport(headers: readonly string[]): boolean {
  const times = namesIn(OPENAI_TIMES);
  if (hasColumns(headers, 'start_time', 'end_time', 'num_model_requests')) return true;
  return hasColumns(headers, ...times) && headers.length === times.length;
}

/** A page of empty buckets may be of usage or of costs: it holds nothing either way. */
function isUsagePage(value: Fields): boolean {
  const first = firstOf(value);
  if (first === null) return valueAt(value, 'object') === 'page' && isEmpty(valueAt(value, 'data'));
  const { bucket, result } = first;
  if (!Object.hasOwn(bucket, 'start_time')) return false;
  if (result === null) return valueAt(bucket, 'object') === 'bucket';
  const object = valueAt(result, 'object');
  if (typeof object === 'string') return object.startsWith('organization.usage.');
  return Object.hasOwn(result, 'num_model_requests');
}

const isEmpty = (data: unknown): boolean => Array.isArray(data) && data.length === 0;
