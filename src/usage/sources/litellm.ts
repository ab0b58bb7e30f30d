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

import { NO_ORIGIN, type Origin, type UsageEvent, usageEvent } from '../event.js';
import { LOG_COLUMNS, type LogRow } from '../litellm/log-columns.js';
import { litellmUsage } from '../litellm/usage.js';
import { providerOf, regionalProvider } from '../providers.js';
import { hasColumns, namesIn } from '../reading/columns.js';
import { type Fields, scalarTextOf, valueAt } from '../reading/fields.js';
import { objectCell } from '../reading/json-cell.js';
import { modelOf } from '../reading/model-name.js';
import { records, tables } from '../reading/recognise.js';
import { decodeRecords, decodeRows } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { statedTagsOf } from '../reading/stated-tags.js';
import { decodeSubsetUsage } from '../shapes/subset.js';
import type { Decoded, Source } from '../source.js';
import { latencyOf } from '../time/latency.js';
import { parseTime } from '../time/record-time.js';

const COMMON = {
  name: 'litellm',
  role: 'gateway',
  documentation: 'https://docs.litellm.ai/docs/proxy/cost_tracking',
  account: null,
  reads: namesIn(LOG_COLUMNS),
  key: 'request_id',
} as const;

/** Columns that the logs have and the daily tables have not. */
const DISTINCT = ['request_id', 'startTime', 'spend', 'prompt_tokens', 'completion_tokens', 'call_type'];

export const litellmCsv: Source = {
  ...COMMON,
  title: 'LiteLLM spend logs',
  kind: 'table',
  recognises: tables((headers) => hasColumns(headers, ...DISTINCT)),
  decoder: decodeRows(LOG_COLUMNS, decodeRow),
};

export const litellmJson: Source = {
  ...COMMON,
  title: 'LiteLLM spend logs (JSON)',
  kind: 'json',
  recognises: records((record) => hasColumns(Object.keys(record), ...DISTINCT)),
  decoder: decodeRecords(LOG_COLUMNS, decodeRow),
};

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeRow(row: LogRow): Decoded {
  const metadata = objectCell(row.cell('metadata'), row.field('metadata'));
  const { tokens, quantities, cacheKind, mode } = decodeSubsetUsage(litellmUsage(row, metadata));
  const spend = row.text('spend') ?? '0';
  if (Object.values(tokens).every((count) => (count ?? 0) === 0) && Number(spend) === 0)
    return { skipped: row.text('status') === 'failure' ? 'a failed request without tokens' : 'no tokens and no spend' };
  const model = modelOf([row.cell('model'), row.cell('model_group')], row.field('model'));
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
        statedCost: amountAt(row.field('spend'), spend, 'USD'),
      }),
    ],
  };
}

function timesOf(row: LogRow): Pick<UsageEvent, 'at' | 'latencyMs'> {
  const timeAt = (name: 'startTime' | 'endTime') => parseTime(row.cell(name), 'UTC', row.field(name)).at;
  const at = timeAt('startTime');
  const stated = latencyOf(row.text('request_duration_ms'), row.field('request_duration_ms'));
  if (stated !== null || row.text('endTime') === null) return { at, latencyMs: stated };
  return { at, latencyMs: Math.max(0, timeAt('endTime') - at) };
}

/** LiteLLM books a batch when it fetches its result; `batch_completion` is a loop of ordinary calls. */
const isBatch = (row: LogRow): boolean => /^a?retrieve_batch$/.test(row.text('call_type') ?? '');

/** Alibaba's two price lists, by the host that was called. */
function regionOf(apiBase: string | null): string | null {
  const host = /^https?:\/\/dashscope(-\w+)?\.aliyuncs\.com(\/|:|$)/i.exec(apiBase ?? '');
  if (host === null) return null;
  return host[1] === undefined ? 'cn' : host[1].slice(1);
}

function originOf(row: LogRow, metadata: Fields): Origin {
  const named = (name: string) => scalarTextOf(valueAt(metadata, name), `metadata.${name}`);
  const hash = row.text('api_key');
  return {
    ...NO_ORIGIN,
    key: named('user_api_key_alias') ?? (hash?.startsWith('sk-') ? null : hash),
    workspace: row.text('organization_id'),
    team: row.text('team_id') ?? named('user_api_key_team_alias'),
    user: row.text('user') ?? named('user_api_key_user_id'),
    consumer: row.text('end_user'),
    tags: statedTagsOf(row.cell('request_tags'), row.field('request_tags')),
  };
}
