/**
 * What an Anthropic organisation used, by the meter of Anthropic: the Console's usage CSV and the pages of the Usage
 * Admin API. Buckets are minutes, hours or days in UTC, keyed by their time and every dimension. The Console's CSV names
 * workspaces and keys, the API has their ids, so that their buckets never meet: they are two sources, alternatives of one
 * another.
 *
 * Input, cache reads and cache writes are counted apart (nothing is subtracted); a single column of cache writes, which
 * older CSVs have, is of five minutes. Web searches are a quantity. In the CSV numbers may have commas, and the context
 * window is not ASCII (`≤ 200k`).
 */

import { ANTHROPIC_TIMES, anthropicBucketTime } from '../anthropic/bucket.js';
import { anthropicUsageEvents, USAGE_COLUMNS } from '../anthropic/usage-event.js';
import { hasColumns, plainHeader } from '../reading/columns.js';
import { eventsOr } from '../reading/document.js';
import type { Fields } from '../reading/fields.js';
import { objects, tables } from '../reading/recognise.js';
import { decodePages, firstOf } from '../reading/report-page.js';
import { decodeRows } from '../reading/row.js';
import type { Source } from '../source.js';
import { bucketStarting } from '../time/bucket-time.js';

const COMMON = {
  role: 'meter',
  account: null,
  key: 'the bucket and every dimension the export was grouped by',
} as const;

export const anthropicUsageCsv: Source = {
  ...COMMON,
  name: 'anthropic-usage',
  title: 'Anthropic Console, usage CSV',
  kind: 'table',
  documentation: 'https://support.claude.com/en/articles/9534590-cost-and-usage-reporting-in-the-claude-console',
  reads: [
    ...['usage_date_utc', 'model_version', 'api_key', 'workspace', 'usage_type', 'context_window'],
    ...['usage_input_tokens_no_cache', 'usage_input_tokens_cache_write_5m', 'usage_input_tokens_cache_write_1h'],
    ...['usage_input_tokens_cache_write', 'usage_input_tokens_cache_read', 'usage_output_tokens'],
    ...['web_search_count', 'inference_geo', 'speed'],
  ],
  recognises: tables(isUsageExport),
  decoder: decodeRows(USAGE_COLUMNS, (row) =>
    eventsOr(anthropicUsageEvents(row, bucketStarting(row.cell('date'), row.field('date'))), 'an empty bucket'),
  ),
};

export const anthropicUsageJson: Source = {
  ...COMMON,
  name: 'anthropic-usage-api',
  title: 'Anthropic Usage Admin API',
  kind: 'json',
  documentation: 'https://platform.claude.com/docs/en/api/admin-api/usage-cost/get-messages-usage-report',
  reads: [
    ...['starting_at', 'ending_at', 'model', 'api_key_id', 'workspace_id', 'account_id', 'service_account_id'],
    ...['service_tier', 'context_window', 'inference_geo', 'speed', 'uncached_input_tokens'],
    ...['cache_read_input_tokens', 'cache_creation', 'output_tokens', 'server_tool_use.web_search_requests'],
  ],
  recognises: objects(isUsagePage),
  decoder: decodePages({
    ...{ times: ANTHROPIC_TIMES, timeOf: anthropicBucketTime },
    ...{ columns: USAGE_COLUMNS, eventsOf: anthropicUsageEvents },
  }),
};

/** Columns of tokens come and go, but there are always some. */
function isUsageExport(headers: readonly string[]): boolean {
  const counts = headers.some((header) => /^usage(input|output)tokens/.test(plainHeader(header)));
  return counts && hasColumns(headers, 'usage_date_utc');
}

/** A page of empty buckets may be of usage or of costs: it holds nothing either way. */
function isUsagePage(value: Fields): boolean {
  const first = firstOf(value);
  if (first === null || !Object.hasOwn(first.bucket, 'starting_at')) return false;
  return first.result === null || Object.hasOwn(first.result, 'uncached_input_tokens');
}
