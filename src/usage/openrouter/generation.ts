import { badField, missingField } from '../../errors.js';
import { NO_ORIGIN, type Origin, usageEvent } from '../event.js';
import { countOf } from '../reading/count.js';
import { type Fields, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded } from '../source.js';
import { dateAlone } from '../time/date-alone.js';
import { latencyOf } from '../time/latency.js';
import { parseTime, type RecordTime } from '../time/record-time.js';
import { openrouterSpend } from './spend.js';
import { openrouterTokens } from './tokens.js';

export const GENERATION_COLUMNS: readonly string[] = [
  ...['generation_id', 'created_at', 'model_permaslug', 'provider_name', 'variant', 'api_key_name', 'app_name', 'user'],
  ...['tokens_prompt', 'tokens_cached', 'tokens_completion', 'tokens_reasoning', 'cost_total', 'byok_usage_inference'],
  ...['generation_time_ms', 'finish_reason_normalized', 'cancelled', 'streamed'],
];

/**
 * One call of OpenRouter's log. `cost_total` includes its parts (`cost_cache`, which may be negative, `cost_web_search`,
 * `cost_file_processing`), so those are not read. A cancelled call has the status `cancelled`, any other the reason why
 * it finished.
 *
 * @param row  by header name
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function decodeGeneration(row: Fields): Decoded {
  const count = (name: string) => countOf(valueAt(row, name), name);
  const [prompt, cached] = [count('tokens_prompt'), count('tokens_cached')];
  const [completion, reasoning] = [count('tokens_completion'), count('tokens_reasoning')];
  const statedCost = openrouterSpend(row, 'cost_total', 'byok_usage_inference');
  if (prompt === null && completion === null && statedCost === null) return { skipped: 'no tokens and no cost' };
  const event = usageEvent({
    id: textAt(row, 'generation_id'),
    ...timeOf(row),
    model: modelOf([valueAt(row, 'model_permaslug')], 'model_permaslug'),
    provider: 'openrouter',
    origin: originOf(row),
    tokens: openrouterTokens({ prompt, cached, completion, reasoning }, 'tokens_cached'),
    status: isTrue(row, 'cancelled') ? 'cancelled' : textAt(row, 'finish_reason_normalized'),
    latencyMs: latencyOf(valueAt(row, 'generation_time_ms'), 'generation_time_ms'),
    statedCost,
  });
  return { events: [event] };
}

/** UTC; the export names no zone, or `Z`. */
function timeOf(row: Fields): RecordTime {
  const created = valueAt(row, 'created_at');
  if (created === undefined || created === '') throw missingField('created_at', 'export the log again');
  const time = parseTime(created, 'UTC', 'created_at');
  if (time.day !== null) throw dateAlone('created_at', created);
  return time;
}

const originOf = (row: Fields): Origin => ({
  ...NO_ORIGIN,
  key: textAt(row, 'api_key_name'),
  service: textAt(row, 'app_name'),
  user: textAt(row, 'user'),
  tags: tagsOf({
    provider_name: valueAt(row, 'provider_name'),
    variant: valueAt(row, 'variant'),
    streamed: isTrue(row, 'streamed') ? 'true' : null,
  }),
});

const textAt = (row: Fields, name: string): string | null => textOf(valueAt(row, name), name);

function isTrue(row: Fields, name: string): boolean {
  const text = textAt(row, name)?.toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false') throw badField(name, text, 'is neither true nor false', 'export it again');
  return text === 'true';
}
