/** The `usage` object of a model's response, whichever API it came from. */

import { badField, badRecord } from '../../errors/usage-records.js';
import { quoted } from '../../errors/wording.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import { sumOfCounts } from '../reading/count.js';
import { type Fields, isFields, shown, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { decodeAdditiveUsage } from './additive.js';
import type { DecodedUsage } from './decoded-usage.js';
import { decodeGeminiUsage } from './gemini.js';
import { decodeSubsetUsage } from './subset.js';

export type { DecodedUsage } from './decoded-usage.js';

/** Models one application call may have used; more is no honest log. */
const MAX_MODELS = 100;
const HINT = 'log the usage object as the API sent it';

/** Fields that make an object a usage object, even when all it says is zero. */
const KNOWN = [
  ...['prompt_tokens', 'completion_tokens', 'input_tokens', 'output_tokens', 'total_tokens'],
  ...['promptTokenCount', 'candidatesTokenCount', 'totalTokenCount', 'thoughtsTokenCount'],
  ...[
    'image_count',
    'video_count',
    'video_duration',
    'output_video_duration',
    'duration',
    'seconds',
    'characters',
    'plugins',
  ],
  ...['image_tokens', 'audio_tokens', 'video_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
  ...['prompt_cache_hit_tokens', 'prompt_cache_miss_tokens', 'cached_tokens', 'server_tool_use'],
];

/**
 * Decodes a usage object by its shape: Gemini (`promptTokenCount`, ...), an application call (`models[]`, one result per
 * model), Anthropic (cache fields beside `input_tokens`: additive), else the shape whose input includes the cached part
 * (OpenAI, DeepSeek, DashScope, Bailian).
 *
 * @returns one entry per model; empty when the object reports nothing
 * @throws BAD_FIELD naming the field whose figure is no count, or contradicts another; BAD_RECORD when no field is known
 */
export function decodeUsage(usage: unknown): readonly DecodedUsage[] {
  if (usage === null || usage === undefined) return [];
  if (!isFields(usage)) throw badField('usage', shown(usage), 'is no usage object', HINT);
  const models = valueAt(usage, 'models');
  if (Array.isArray(models)) return decodeModels(models);
  const decoded = decodeOne(usage);
  if (reportsSomething(decoded)) return [decoded];
  checkKnown(usage);
  return [];
}

function decodeOne(usage: Fields): DecodedUsage {
  const decoded = decoderOf(usage)(usage);
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output } = decoded.tokens;
  sumOfCounts([input, cacheRead, cacheWrite5m, cacheWrite1h, output], 'usage');
  return decoded;
}

function decoderOf(usage: Fields): (usage: Fields) => DecodedUsage {
  if (isGeminiUsage(usage)) return decodeGeminiUsage;
  return isAdditiveUsage(usage) ? decodeAdditiveUsage : decodeSubsetUsage;
}

/** True for Gemini's and Vertex's field names. */
export const isGeminiUsage = (usage: Fields): boolean =>
  ['promptTokenCount', 'candidatesTokenCount', 'totalTokenCount'].some((name) => Object.hasOwn(usage, name));

/** True for Anthropic's shape: cache fields of its own beside `input_tokens`, and no details that speak of a subset. */
export const isAdditiveUsage = (usage: Fields): boolean =>
  ['cache_read_input_tokens', 'cache_creation_input_tokens', 'cache_creation'].some((n) => Object.hasOwn(usage, n)) &&
  !['prompt_tokens', 'prompt_tokens_details', 'input_tokens_details'].some((n) => valueAt(usage, n) != null);

function decodeModels(models: readonly unknown[]): readonly DecodedUsage[] {
  if (models.length > MAX_MODELS) throw badField('models', models.length, 'are too many models', HINT);
  return models.map((entry, index) => decodeModel(entry, `models.${index}`));
}

function decodeModel(entry: unknown, field: string): DecodedUsage {
  if (!isFields(entry)) throw badField(field, shown(entry), 'is no object', HINT);
  const model = modelOf([valueAt(entry, 'model_id'), valueAt(entry, 'model')], `${field}.model_id`);
  return { ...decodeOne(entry), model };
}

const reportsSomething = ({ tokens, quantities }: DecodedUsage): boolean =>
  Object.keys(NO_TOKENS).some((name) => tokens[name as keyof typeof NO_TOKENS] !== null) ||
  Object.keys(quantities).length > 0;

function checkKnown(usage: Fields): void {
  const names = Object.keys(usage).filter((name) => usage[name] !== null);
  if (names.length === 0 || names.some((name) => KNOWN.includes(name))) return;
  throw badRecord(`its usage has no field known: ${names.slice(0, 5).map(quoted).join(', ')}`, HINT);
}
