/**
 * LiteLLM's `LiteLLM_SpendLogs`: one row per request, as CSV of the table, or as JSON of `/spend/logs` (array, lines, or
 * `{ data: [...] }`). Both are one source.
 *
 * - `prompt_tokens` includes what was read from and written to the cache, `completion_tokens` includes reasoning; the
 *   parts stand in `metadata.usage_object` and `metadata.additional_usage_values`, which are subtracted.
 * - A failed request without tokens is skipped.
 * - `cache_hit` true: LiteLLM answered from a cache of its own. No provider saw the call, but the row has the tokens of the
 *   first answer. It is kept, since the application did receive it, with status `cache_hit` and plan `gateway cache`, so
 *   that nothing is owed for it.
 * - `spend` is what LiteLLM reckons, in US dollars: a claim. It is 0 for a model that LiteLLM cannot price.
 * - `api_key` is a hash; the key's alias names it where there is one. Times without an offset are UTC.
 *
 * Source: https://github.com/BerriAI/litellm/blob/main/schema.prisma
 */

import { badField } from '../../errors.js';
import { NO_ORIGIN, type Origin, type UsageEvent, usageEvent } from '../event.js';
import { providerOf, regionalProvider } from '../providers.js';
import { type Fields, isFields, scalarTextOf, shown, valueAt } from '../reading/fields.js';
import { listTagsOf } from '../reading/list-tags.js';
import { decodeMany } from '../reading/many-records.js';
import { modelOf } from '../reading/model-name.js';
import { hasColumns, jsonCell, type Row, rowReader } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { litellmUsage } from '../shapes/litellm.js';
import { decodeSubsetUsage } from '../shapes/subset.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

const COMMON = {
  name: 'litellm',
  role: 'gateway',
  documentation: 'https://docs.litellm.ai/docs/proxy/cost_tracking',
  account: null,
  reads: [
    ...['request_id', 'call_type', 'api_key', 'spend', 'prompt_tokens', 'completion_tokens', 'total_tokens'],
    ...['startTime', 'endTime', 'request_duration_ms', 'model', 'model_group', 'custom_llm_provider', 'api_base'],
    ...['user', 'metadata', 'cache_hit', 'request_tags', 'team_id', 'organization_id', 'end_user', 'session_id'],
    ...['status', 'agent_id'],
  ],
  key: 'request_id',
} as const;

/** Columns that the logs have and the daily tables have not. */
const DISTINCT = ['request_id', 'startTime', 'spend', 'prompt_tokens', 'completion_tokens', 'call_type'];

export const litellmCsv: Source = {
  ...COMMON,
  title: 'LiteLLM spend logs (table)',
  kind: 'table',
  recognises: (sample) => 'columns' in sample && hasColumns(sample.columns, ...DISTINCT),
  decoder: rowDecoder,
};

export const litellmJson: Source = {
  ...COMMON,
  title: 'LiteLLM spend logs (JSON)',
  kind: 'json',
  recognises: (sample) => 'value' in sample && isFields(sample.value) && looksLikeLogs(sample.value),
  decoder: rowDecoder,
};

function looksLikeLogs(value: Fields): boolean {
  const page = valueAt(value, 'data');
  const row = Array.isArray(page) ? page[0] : value;
  return isFields(row) && hasColumns(Object.keys(row), ...DISTINCT);
}

function rowDecoder(_: DecodeContext): (record: RawRecord) => Decoded {
  const read = rowReader();
  const decode = (value: unknown) => decodeRow(read(value));
  return ({ value }) => {
    const page = isFields(value) ? valueAt(value, 'data') : null;
    return Array.isArray(page) ? decodeMany(page, 'data', decode) : decode(value);
  };
}

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: Row): Decoded {
  const metadata = objectAt(row, 'metadata');
  const { tokens, quantities, cacheKind, mode } = decodeSubsetUsage(litellmUsage(row, metadata));
  const spend = row.text('spend') ?? '0';
  if (Object.values(tokens).every((count) => (count ?? 0) === 0) && Number(spend) === 0)
    return { skipped: row.text('status') === 'failure' ? 'a failed request without tokens' : 'no tokens and no spend' };
  const model = modelOf([row.cell('model'), row.cell('model_group')], 'model');
  const isCached = /^(true|t|1)$/i.test(row.text('cache_hit') ?? '');
  return {
    events: [
      usageEvent({
        id: row.text('request_id'),
        ...timesOf(row),
        model,
        provider: regionalProvider(providerOf(model, row.text('custom_llm_provider')), regionOf(row.text('api_base'))),
        origin: originOf(row, metadata),
        agent: row.text('agent_id'),
        session: row.text('session_id'),
        ...{ tokens, quantities, cacheKind },
        mode: isBatch(row) ? 'batch' : (mode ?? 'standard'),
        plan: isCached ? 'gateway cache' : null,
        status: isCached ? 'cache_hit' : row.text('status'),
        statedCost: amountAt('spend', spend, 'USD'),
      }),
    ],
  };
}

function objectAt(row: Row, name: string): Fields {
  const value = jsonCell(row.cell(name), name) ?? {};
  if (!isFields(value)) throw badField(name, shown(value), 'is no object', 'export it as LiteLLM keeps it');
  return value;
}

function timesOf(row: Row): Pick<UsageEvent, 'at' | 'latencyMs'> {
  const { at } = parseTime(row.cell('startTime'), 'UTC', 'startTime');
  const stated = latencyOf(row.text('request_duration_ms'));
  if (stated !== null || row.text('endTime') === null) return { at, latencyMs: stated };
  return { at, latencyMs: Math.max(0, parseTime(row.cell('endTime'), 'UTC', 'endTime').at - at) };
}

/** LiteLLM books a batch when it fetches its result; `batch_completion` is a loop of ordinary calls. */
const isBatch = (row: Row): boolean => /^a?retrieve_batch$/.test(row.text('call_type') ?? '');

/** Alibaba's two price lists, by the host that was called. */
function regionOf(apiBase: string | null): string | null {
  const host = /^https?:\/\/dashscope(-\w+)?\.aliyuncs\.com(\/|:|$)/i.exec(apiBase ?? '');
  if (host === null) return null;
  return host[1] === undefined ? 'cn' : host[1].slice(1);
}

function originOf(row: Row, metadata: Fields): Origin {
  const named = (name: string) => scalarTextOf(valueAt(metadata, name), `metadata.${name}`);
  const hash = row.text('api_key');
  return {
    ...NO_ORIGIN,
    key: named('user_api_key_alias') ?? (hash?.startsWith('sk-') ? null : hash),
    workspace: row.text('organization_id'),
    team: row.text('team_id') ?? named('user_api_key_team_alias'),
    user: row.text('user') ?? named('user_api_key_user_id'),
    consumer: row.text('end_user'),
    tags: listTagsOf(jsonCell(row.cell('request_tags'), 'request_tags'), 'request_tags'),
  };
}
