import { type TokenClasses, totalTokens } from '../../pricing/token-classes.js';
import { NO_ORIGIN, type Origin, type UsageEvent, usageEvent } from '../event.js';
import { csvCountOf, millionthsOfCount } from '../reading/count.js';
import { isFields, valueAt } from '../reading/fields.js';
import { modelOf, NO_MODEL } from '../reading/model-name.js';
import type { Row } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import { cacheWritesOf } from '../shapes/cache-writes.js';
import type { StatedCount } from '../shapes/places.js';
import type { RecordTime } from '../time/record-time.js';
import { ANTHROPIC_COLUMNS, anthropicMode, inferenceGeo } from './bucket.js';
import { contextTierOf } from './context-window.js';

/** As the Console names them, and as the API does. */
export const USAGE_COLUMNS = {
  ...ANTHROPIC_COLUMNS,
  key: ['api_key', 'api_key_id'],
  user: ['account_id'],
  serviceAccount: ['service_account_id'],
  input: ['usage_input_tokens_no_cache', 'uncached_input_tokens'],
  cacheRead: ['usage_input_tokens_cache_read', 'cache_read_input_tokens'],
  written: ['usage_input_tokens_cache_write'],
  written5m: ['usage_input_tokens_cache_write_5m'],
  written1h: ['usage_input_tokens_cache_write_1h'],
  creation: ['cache_creation'],
  output: ['usage_output_tokens', 'output_tokens'],
  searches: ['web_search_count'],
  tools: ['server_tool_use'],
} as const;
export type UsageRow = Row<keyof typeof USAGE_COLUMNS>;

/**
 * The event of one row or result; none where it counts nothing. Neither format says how many calls there were. The kind
 * of cache is left open: it must not change the bucket's key while the day goes on.
 *
 * @throws BAD_FIELD
 */
export function anthropicUsageEvents(row: UsageRow, time: RecordTime): readonly UsageEvent[] {
  const tokens = tokensOf(row);
  const searches = searchesOf(row);
  if (totalTokens(tokens) === 0 && searches === 0n) return [];
  const event = usageEvent({
    ...time,
    model: modelOf([row.cell('model'), NO_MODEL], row.field('model')),
    provider: 'anthropic',
    origin: originOf(row),
    requests: 0,
    tokens,
    quantities: searches === 0n ? {} : { 'call:web_search': searches },
    mode: anthropicMode(row),
    tierUpTo: contextTierOf(row.cell('context'), row.field('context')),
  });
  return [event];
}

const tokensOf = (row: UsageRow): TokenClasses => ({
  input: row.count('input'),
  cacheRead: row.count('cacheRead'),
  ...cacheWritesOf(
    stated(row, 'written'),
    stated(row, 'written5m') ?? nested(row, 'creation', 'ephemeral_5m_input_tokens'),
    stated(row, 'written1h') ?? nested(row, 'creation', 'ephemeral_1h_input_tokens'),
  ),
  output: row.count('output'),
  reasoning: null,
});

/** In millionths. */
function searchesOf(row: UsageRow): bigint {
  const searches = stated(row, 'searches') ?? nested(row, 'tools', 'web_search_requests');
  return searches === null ? 0n : millionthsOfCount(searches.count, searches.field);
}

function stated(row: UsageRow, name: keyof typeof USAGE_COLUMNS): StatedCount | null {
  const count = row.count(name);
  return count === null ? null : { count, field: row.field(name) };
}

/** A count in an object of the API; a CSV has none. */
function nested(row: UsageRow, name: 'creation' | 'tools', inner: string): StatedCount | null {
  const object = row.cell(name);
  if (!isFields(object)) return null;
  const field = `${row.field(name)}.${inner}`;
  const count = csvCountOf(valueAt(object, inner), field);
  return count === null ? null : { count, field };
}

const originOf = (row: UsageRow): Origin => ({
  ...NO_ORIGIN,
  key: row.text('key'),
  workspace: row.text('workspace'),
  user: row.text('user'),
  tags: tagsOf({ service_account: row.text('serviceAccount'), inference_geo: inferenceGeo(row) }),
});
