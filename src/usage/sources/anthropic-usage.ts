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

import { anthropicBucketTime } from '../anthropic-bucket.js';
import { anthropicUsageEvents } from '../anthropic-usage-event.js';
import { bucketStarting } from '../bucket-start.js';
import { countOf, csvCountOf, millionthsOfCount } from '../count.js';
import { NO_ORIGIN, type UsageEvent } from '../event.js';
import { type Fields, fieldsAt, textOf, valueAt } from '../fields.js';
import { hasColumns, headerName, rowsByName } from '../header-names.js';
import { decodePage, firstOf } from '../report-page.js';
import { cacheWritesOf } from '../shapes/cache-writes.js';
import type { Source } from '../source.js';
import { tagsOf } from '../tags.js';
import type { RecordTime } from '../time.js';

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
  recognises: (sample) =>
    'columns' in sample &&
    hasColumns(sample.columns, ['usage_date_utc']) &&
    sample.columns.some((column) => /^usage_(input|output)_tokens/.test(headerName(column))),
  decoder: () => {
    const rowOf = rowsByName();
    return ({ value }) => {
      const row = rowOf(value);
      const events = rowEvents(row, bucketStarting(valueAt(row, 'usage_date_utc'), 'usage_date_utc'));
      return events.length === 0 ? { skipped: 'an empty bucket' } : { events };
    };
  },
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
  recognises: (sample) => 'value' in sample && isUsagePage(sample.value),
  decoder:
    () =>
    ({ value }) =>
      decodePage(value, { timeOf: anthropicBucketTime, eventsOf: resultEvents }),
};

/** A page of empty buckets may be of usage or of costs: it holds nothing either way. */
function isUsagePage(value: unknown): boolean {
  const first = firstOf(value);
  if (first === null || !Object.hasOwn(first.bucket, 'starting_at')) return false;
  return first.result === null || Object.hasOwn(first.result, 'uncached_input_tokens');
}

function rowEvents(row: Fields, time: RecordTime): readonly UsageEvent[] {
  const count = (name: string) => csvCountOf(valueAt(row, name), name);
  const writes = (name: string) => stated(count(name), name);
  const searches = count('web_search_count');
  return anthropicUsageEvents(row, time, {
    tokens: {
      input: count('usage_input_tokens_no_cache'),
      cacheRead: count('usage_input_tokens_cache_read'),
      ...cacheWritesOf(
        writes('usage_input_tokens_cache_write'),
        writes('usage_input_tokens_cache_write_5m'),
        writes('usage_input_tokens_cache_write_1h'),
      ),
      output: count('usage_output_tokens'),
      reasoning: null,
    },
    searches: searches === null ? null : millionthsOfCount(searches, 'web_search_count'),
    origin: { ...NO_ORIGIN, key: textAt(row, 'api_key'), workspace: textAt(row, 'workspace') },
    names: { model: 'model_version', mode: 'usage_type' },
  });
}

function resultEvents(result: Fields, time: RecordTime): readonly UsageEvent[] {
  const count = (fields: Fields | null, name: string, field = name) =>
    fields === null ? null : countOf(valueAt(fields, name), field);
  const written = fieldsAt(result, 'cache_creation');
  const writes = (name: string) => count(written, name, `cache_creation.${name}`);
  const tool = 'web_search_requests';
  const searches = count(fieldsAt(result, 'server_tool_use'), tool, `server_tool_use.${tool}`);
  return anthropicUsageEvents(result, time, {
    tokens: {
      input: count(result, 'uncached_input_tokens'),
      cacheRead: count(result, 'cache_read_input_tokens'),
      cacheWrite5m: writes('ephemeral_5m_input_tokens'),
      cacheWrite1h: writes('ephemeral_1h_input_tokens'),
      output: count(result, 'output_tokens'),
      reasoning: null,
    },
    searches: searches === null ? null : millionthsOfCount(searches, tool),
    origin: {
      ...NO_ORIGIN,
      key: textAt(result, 'api_key_id'),
      workspace: textAt(result, 'workspace_id'),
      user: textAt(result, 'account_id'),
      tags: tagsOf({ service_account: valueAt(result, 'service_account_id') }),
    },
    names: { model: 'model', mode: 'service_tier' },
  });
}

const textAt = (fields: Fields, name: string): string | null => textOf(valueAt(fields, name), name);

const stated = (count: number | null, field: string) => (count === null ? null : { count, field });
