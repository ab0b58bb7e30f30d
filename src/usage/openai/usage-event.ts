import { badField } from '../../errors.js';
import type { Mode } from '../../pricing/price.js';
import { type TokenClasses, totalTokens } from '../../pricing/token-classes.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { countOf, quantityOf } from '../reading/count.js';
import { type Fields, shown, textOf, valueAt } from '../reading/fields.js';
import { modeOf } from '../reading/mode.js';
import { modelOf } from '../reading/model-name.js';
import { NOT_GROUPED } from '../reading/not-grouped.js';
import type { RecordTime } from '../time/record-time.js';
import { openaiOrigin } from './bucket.js';

const TOKENS: readonly string[] = [
  ...['input_tokens', 'input_cached_tokens', 'input_cache_write_tokens', 'input_uncached_tokens', 'output_tokens'],
];

/** Quantities by the field that states them. */
const QUANTITIES: Readonly<Record<string, string>> = {
  input_audio_tokens: 'audio_input_tokens',
  input_image_tokens: 'image_input_tokens',
  output_audio_tokens: 'audio_output_tokens',
  images: 'image',
  characters: 'character',
  seconds: 'second',
  num_sessions: 'call:code_interpreter',
};

/** What is read of a row of the CSV, or of a result of the API. */
export const OPENAI_USAGE_FIELDS: readonly string[] = [
  ...['model', 'batch', 'service_tier', 'project_id', 'user_id', 'api_key_id', 'num_model_requests', 'num_requests'],
  ...TOKENS,
  ...Object.keys(QUANTITIES),
];

/**
 * The event of one row or result; none where it counts nothing.
 *
 * @throws BAD_FIELD
 */
export function openaiUsageEvents(fields: Fields, time: RecordTime): readonly UsageEvent[] {
  const tokens = tokensOf(fields);
  const quantities = quantitiesOf(fields);
  const requests = countAt(fields, 'num_model_requests') ?? 0;
  if (requests === 0 && totalTokens(tokens) === 0 && Object.keys(quantities).length === 0) return [];
  const model = modelOf([valueAt(fields, 'model'), NOT_GROUPED], 'model');
  const origin = openaiOrigin(fields);
  return [
    usageEvent({ ...time, model, provider: 'openai', origin, requests, tokens, quantities, mode: modeAt(fields) }),
  ];
}

const countAt = (fields: Fields, name: string): number | null => countOf(valueAt(fields, name), name);

function tokensOf(fields: Fields): TokenClasses {
  const [total, cacheRead, cacheWrite5m, uncached, output] = TOKENS.map((name) => countAt(fields, name));
  const cached = (cacheRead ?? 0) + (cacheWrite5m ?? 0);
  if (total !== null && cached > total)
    throw badField('input_tokens', total, `is less than its cached tokens, ${cached}`, 'export it again');
  const input = total === null ? uncached : total - cached;
  return { input, cacheRead, cacheWrite5m, cacheWrite1h: null, output, reasoning: null };
}

/** Zeros are left out: they say no more than their absence. */
function quantitiesOf(fields: Fields): Readonly<Record<string, bigint>> {
  const stated = Object.entries(QUANTITIES).map(([field, name]) => [name, quantityOf(valueAt(fields, field), field)]);
  const calls = [toolOf(fields), quantityOf(valueAt(fields, 'num_requests'), 'num_requests')];
  return Object.fromEntries([...stated, calls].filter(([, amount]) => amount !== null && amount !== 0n));
}

/** `organization.usage.web_search_calls.result` counts calls of a tool. */
const toolOf = (fields: Fields): string =>
  `call:${/^organization\.usage\.([a-z_]+)_calls\.result$/.exec(String(valueAt(fields, 'object')))?.[1] ?? 'tool'}`;

/** `batch` decides over the tier. JSON has a boolean there, a CSV its text. */
function modeAt(fields: Fields): Mode {
  const batch = valueAt(fields, 'batch');
  const text = textOf(batch, 'batch')?.toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false') throw badField('batch', shown(batch), 'is neither true nor false', HINT);
  return text === 'true' ? 'batch' : (modeOf(valueAt(fields, 'service_tier'), null) ?? 'standard');
}

const HINT = 'export it again';
