import { missingField } from '../../errors/usage-records.js';
import { NO_ORIGIN, type Origin, usageEvent } from '../event.js';
import { isTrue } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import type { Row } from '../reading/row.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded } from '../source.js';
import { dateAlone } from '../time/call-time.js';
import { latencyOf } from '../time/latency.js';
import { parseTime, type RecordTime } from '../time/record-time.js';
import { spendIn, tokensIn } from './figures.js';

export const GENERATION_COLUMNS = {
  id: ['generation_id'],
  created: ['created_at'],
  model: ['model_permaslug'],
  upstream: ['provider_name'],
  variant: ['variant'],
  key: ['api_key_name'],
  app: ['app_name'],
  user: ['user'],
  prompt: ['tokens_prompt'],
  cached: ['tokens_cached'],
  completion: ['tokens_completion'],
  reasoning: ['tokens_reasoning'],
  credits: ['cost_total'],
  byok: ['byok_usage_inference'],
  milliseconds: ['generation_time_ms'],
  reason: ['finish_reason_normalized'],
  cancelled: ['cancelled'],
  streamed: ['streamed'],
} as const;
type GenerationRow = Row<keyof typeof GENERATION_COLUMNS>;

/**
 * One call of OpenRouter's log. `cost_total` includes its parts (`cost_cache`, which may be negative, `cost_web_search`,
 * `cost_file_processing`), so those are not read. A cancelled call has the status `cancelled`, any other the reason why
 * it finished.
 *
 * @throws BAD_FIELD, MISSING_FIELD
 */
export function decodeGeneration(row: GenerationRow): Decoded {
  const [tokens, statedCost] = [tokensIn(row), spendIn(row)];
  if (tokens.input === null && tokens.output === null && statedCost === null)
    return { skipped: 'no tokens and no cost' };
  const event = usageEvent({
    id: row.text('id'),
    ...timeOf(row),
    model: modelOf([row.cell('model')], row.field('model')),
    provider: 'openrouter',
    origin: originOf(row),
    tokens,
    status: isTrue(row.cell('cancelled'), row.field('cancelled')) ? 'cancelled' : row.text('reason'),
    latencyMs: latencyOf(row.cell('milliseconds'), row.field('milliseconds')),
    statedCost,
  });
  return { events: [event] };
}

/** UTC; the export names no zone, or `Z`. */
function timeOf(row: GenerationRow): RecordTime {
  const [created, field] = [row.cell('created'), row.field('created')];
  if (created === undefined || created === '') throw missingField(field, 'export the log again');
  const time = parseTime(created, 'UTC', field);
  if (time.day !== null) throw dateAlone(field, created);
  return time;
}

const originOf = (row: GenerationRow): Origin => ({
  ...NO_ORIGIN,
  key: row.text('key'),
  service: row.text('app'),
  user: row.text('user'),
  tags: tagsOf({
    provider_name: row.text('upstream'),
    variant: row.text('variant'),
    streamed: isTrue(row.cell('streamed'), row.field('streamed')) ? 'true' : null,
  }),
});
