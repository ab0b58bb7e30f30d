/** Tokens as the ai-statistics plug-in of Higress measures them. */

import { badField } from '../../errors/usage-records.js';
import type { CacheKind } from '../../pricing/price.js';
import type { TokenClasses } from '../../pricing/token-classes.js';
import { sumOrNull } from '../reading/count.js';
import { type Fields, isFields, valueAt } from '../reading/fields.js';
import { checkPart, freshOf, partQuantities, places, statedCount } from './places.js';

const INPUT = places('input_token');
const OUTPUT = places('output_token');
const TOTAL = places('total_token');
const CACHED = places(
  'cached_tokens',
  ...['cached_tokens', 'cached_content_token_count', 'cache_read_input_tokens'].map(
    (name) => `input_token_details.${name}`,
  ),
);
const WRITTEN = places('input_token_details.cache_creation_input_tokens');
const REASONING = places('reasoning_tokens', 'output_token_details.reasoning_tokens');
/** Gemini's thoughts are outside the candidates, and prompts of its tools outside the prompt. */
const THOUGHTS = places('output_token_details.thoughts_token_count');
const TOOL_PROMPT = places('input_token_details.tool_use_prompt_token_count');
const AUDIO_IN = places('input_token_details.audio_tokens');
const IMAGE_IN = places('input_token_details.image_tokens');
const VIDEO_IN = places('input_token_details.video_tokens');
const AUDIO_OUT = places('output_token_details.audio_tokens');

export interface AiTokens {
  readonly cacheKind: CacheKind | null;
  readonly tokens: TokenClasses;
  readonly quantities: Readonly<Record<string, bigint>>;
  /** False when the log tells of no tokens at all. */
  readonly isMeasured: boolean;
}

/**
 * The classes of a measured call. Input includes cached input, and output reasoning, as in the answers of
 * OpenAI-compatible APIs; of Anthropic's protocol the cached tokens are beside the input, which its own names in the
 * details give away.
 *
 * @param ai  the fields of `ai_log`; numbers may be texts
 * @throws BAD_FIELD named within `ai_log`
 */
export function aiTokens(ai: Fields): AiTokens {
  const usage = withDetails(ai);
  const [input, output, total] = [statedCount(usage, INPUT), statedCount(usage, OUTPUT), statedCount(usage, TOTAL)];
  const [cached, written] = [statedCount(usage, CACHED), statedCount(usage, WRITTEN)];
  for (const part of [input, output]) checkPart(part, total);
  const [reasoning, thoughts] = [statedCount(usage, REASONING), statedCount(usage, THOUGHTS)];
  if (thoughts === null) checkPart(reasoning, output);
  const fresh = isAdditive(usage) ? (input?.count ?? null) : freshOf(input, cached, written);
  const tools = statedCount(usage, TOOL_PROMPT);
  return {
    tokens: {
      input: sumOrNull([fresh, tools?.count ?? null], tools?.field ?? 'input_token'),
      cacheRead: cached?.count ?? null,
      cacheWrite5m: written?.count ?? null,
      cacheWrite1h: null,
      output: sumOrNull([output?.count ?? null, thoughts?.count ?? null], thoughts?.field ?? 'output_token'),
      reasoning: (thoughts ?? reasoning)?.count ?? null,
    },
    cacheKind: (written?.count ?? 0) > 0 ? 'explicit' : null,
    quantities: partQuantities([
      ['audio_input_tokens', statedCount(usage, AUDIO_IN), input],
      ['image_input_tokens', statedCount(usage, IMAGE_IN), input],
      ['video_input_tokens', statedCount(usage, VIDEO_IN), input],
      ['audio_output_tokens', statedCount(usage, AUDIO_OUT), output],
    ]),
    isMeasured: [input, output, total, cached].some((count) => count !== null),
  };
}

/** The details are objects, or JSON texts of such. */
function withDetails(ai: Fields): Fields {
  const details = ['input_token_details', 'output_token_details'].map((name) => [name, objectAt(ai, name)] as const);
  return { ...ai, ...Object.fromEntries(details) };
}

function objectAt(ai: Fields, name: string): unknown {
  const value = valueAt(ai, name);
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    throw badField(name, value, 'is no JSON object', 'log it as the plug-in writes it');
  }
}

/** Bailian names cache writes as Anthropic does, but always beside `cached_tokens`. */
function isAdditive(usage: Fields): boolean {
  const details = valueAt(usage, 'input_token_details');
  if (!isFields(details) || Object.hasOwn(usage, 'cached_tokens') || Object.hasOwn(details, 'cached_tokens'))
    return false;
  return ['cache_read_input_tokens', 'cache_creation_input_tokens'].some((name) => Object.hasOwn(details, name));
}
