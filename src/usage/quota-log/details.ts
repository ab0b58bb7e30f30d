/** The column `other` of New API's logs. */

import { badField } from '../../errors/usage-records.js';
import type { CacheKind } from '../../pricing/price.js';
import { countOf, millionthsOfCount } from '../reading/count.js';
import { type Fields, fieldsAt, isFields, textAt, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { places, type StatedCount, statedCount } from '../shapes/places.js';

/** What a line says beside its columns. */
export interface QuotaDetails {
  readonly cached: StatedCount | null;
  readonly written: StatedCount | null;
  readonly written5m: StatedCount | null;
  readonly written1h: StatedCount | null;
  /** True: cached tokens are beside `prompt_tokens`; false: part of them. */
  readonly isAdditive: boolean;
  readonly cacheKind: CacheKind | null;
  readonly quantities: Readonly<Record<string, bigint>>;
  /** The model that answered, where the channel maps the requested one to another. */
  readonly upstreamModel: string | null;
  readonly status: string | null;
  readonly tags: Readonly<Record<string, string | null>>;
}

export const NO_DETAILS: QuotaDetails = {
  ...{ cached: null, written: null, written5m: null, written1h: null, isAdditive: false, cacheKind: null },
  ...{ quantities: {}, upstreamModel: null, status: null, tags: {} },
};

const CACHED = places('cache_tokens');
const WRITTEN = places('cache_creation_tokens');
const WRITTEN_5M = places('cache_creation_tokens_5m');
const WRITTEN_1H = places('cache_creation_tokens_1h');

/**
 * Reads `other`. Of channels that speak Anthropic's protocol (`claude`, `usage_semantic`), and of lines with cache writes
 * split by lifetime, which come from such channels too, the cached tokens are beside `prompt_tokens`; of all others
 * they are part of them. The gateway writes 0 for "none" and "unknown" alike, so a figure of 0 is kept only where the
 * line has another of the cache.
 *
 * @param text   JSON text; blank is none
 * @param field  the column, for errors
 * @throws BAD_FIELD
 */
export function quotaDetails(text: string | null, field: string): QuotaDetails {
  if (text === null) return NO_DETAILS;
  const other = parsed(text, field);
  const [cached, written] = [statedCount(other, CACHED), statedCount(other, WRITTEN)];
  const [written5m, written1h] = [statedCount(other, WRITTEN_5M), statedCount(other, WRITTEN_1H)];
  const isClaude = valueAt(other, 'claude') === true || valueAt(other, 'usage_semantic') === 'anthropic';
  const isWritten = [written, written5m, written1h].some((count) => (count?.count ?? 0) > 0);
  return {
    ...{ cached, written, written5m, written1h },
    isAdditive: isClaude || written5m !== null || written1h !== null,
    cacheKind: isWritten ? 'explicit' : null,
    quantities: searches(other),
    upstreamModel: upstreamModel(other),
    status: statusOf(other),
    tags: tagsIn(other),
  };
}

function parsed(text: string, field: string): Fields {
  try {
    const other: unknown = JSON.parse(text);
    if (other === null) return {};
    if (isFields(other)) return other;
  } catch {
    // the error below names the column, which the parser cannot
  }
  throw badField(field, text, 'is no JSON object', 'export the column as it is');
}

function upstreamModel(other: Fields): string | null {
  const model = valueAt(other, 'is_model_mapped') === true ? valueAt(other, 'upstream_model_name') : null;
  return model === null || model === undefined || model === '' ? null : modelOf([model], 'upstream_model_name');
}

function searches(other: Fields): Readonly<Record<string, bigint>> {
  const named = [
    ['web_search_call_count', 'call:web_search'] as const,
    ['file_search_call_count', 'call:file_search'] as const,
  ];
  const counts = named.map(([field, name]) => [name, countOf(valueAt(other, field), field) ?? 0, field] as const);
  return Object.fromEntries(
    counts.filter(([, count]) => count > 0).map(([name, count, field]) => [name, millionthsOfCount(count, field)]),
  );
}

/** Why a stream ended, where it did not end well: `client_gone`, `timeout`. */
function statusOf(other: Fields): string | null {
  const stream = fieldsAt(other, 'stream_status');
  if (stream === null) return null;
  const status = textOf(valueAt(stream, 'status'), 'stream_status.status');
  return status === 'ok' ? status : (textOf(valueAt(stream, 'end_reason'), 'stream_status.end_reason') ?? status);
}

function tagsIn(other: Fields): QuotaDetails['tags'] {
  const admin = fieldsAt(other, 'admin_info') ?? {};
  return {
    matched_tier: textAt(other, 'matched_tier'),
    local_count_tokens: valueAt(admin, 'local_count_tokens') === true ? 'true' : null,
  };
}
