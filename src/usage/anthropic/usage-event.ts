import { type TokenClasses, totalTokens } from '../../pricing/token-classes.js';
import { type Origin, type UsageEvent, usageEvent } from '../event.js';
import { type Fields, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { NOT_GROUPED } from '../reading/not-grouped.js';
import { tagsOf } from '../reading/tags.js';
import type { RecordTime } from '../time/record-time.js';
import { anthropicMode, inferenceGeo } from './bucket.js';
import { contextTierOf } from './context-window.js';

/** What the CSV and the API name otherwise. */
export interface AnthropicUsage {
  readonly tokens: TokenClasses;
  /** In millionths. */
  readonly searches: bigint | null;
  readonly origin: Origin;
  /** Names of the fields that hold the model and the kind of service. */
  readonly names: { readonly model: string; readonly mode: string };
}

/**
 * The event of one row or result; none where it counts nothing. Neither format says how many calls there were. The kind
 * of cache is left open: it must not change the bucket's key while the day goes on.
 *
 * @throws BAD_FIELD
 */
export function anthropicUsageEvents(
  fields: Fields,
  time: RecordTime,
  { tokens, searches, origin, names }: AnthropicUsage,
): readonly UsageEvent[] {
  const searched = searches ?? 0n;
  if (totalTokens(tokens) === 0 && searched === 0n) return [];
  const event = usageEvent({
    ...time,
    model: modelOf([valueAt(fields, names.model), NOT_GROUPED], names.model),
    provider: 'anthropic',
    origin: { ...origin, tags: { ...origin.tags, ...tagsOf({ inference_geo: inferenceGeo(fields) }) } },
    requests: 0,
    tokens,
    quantities: searched === 0n ? {} : { 'call:web_search': searched },
    mode: anthropicMode(fields, names.mode),
    tierUpTo: contextTierOf(valueAt(fields, 'context_window'), 'context_window'),
  });
  return [event];
}
