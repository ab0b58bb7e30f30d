import { countOf, sumOrNull } from '../reading/count.js';
import { type Fields, isFields, valueAt } from '../reading/fields.js';
import type { DecodedUsage } from './decoded-usage.js';
import { checkPart, partQuantities, places, type StatedCount, statedCount } from './places.js';

const PROMPT = places('promptTokenCount');
const TOOL_PROMPT = places('toolUsePromptTokenCount');
const CACHED = places('cachedContentTokenCount');
const CANDIDATES = places('candidatesTokenCount');
const THOUGHTS = places('thoughtsTokenCount');
const TOTAL = places('totalTokenCount');
/** Modalities of one list; Gemini knows five. */
const MAX_MODALITIES = 20;

/**
 * Decodes Gemini's and Vertex's `usageMetadata`: cached content is part of the prompt, prompts of tools are outside it,
 * and thoughts are outside the candidates but billed as output.
 *
 * @throws BAD_FIELD
 */
export function decodeGeminiUsage(usage: Fields): DecodedUsage {
  const [prompt, cached] = [statedCount(usage, PROMPT), statedCount(usage, CACHED)];
  const [candidates, thoughts] = [statedCount(usage, CANDIDATES), statedCount(usage, THOUGHTS)];
  const tools = statedCount(usage, TOOL_PROMPT);
  const total = statedCount(usage, TOTAL);
  checkPart(cached, prompt);
  for (const part of [prompt, candidates, thoughts]) checkPart(part, total);
  const fresh = prompt === null ? null : prompt.count - (cached?.count ?? 0);
  return {
    tokens: {
      input: sumOrNull([fresh, tools?.count ?? null], 'toolUsePromptTokenCount'),
      cacheRead: cached?.count ?? null,
      cacheWrite5m: null,
      cacheWrite1h: null,
      output: sumOrNull([candidates?.count ?? null, thoughts?.count ?? null], 'thoughtsTokenCount'),
      reasoning: thoughts?.count ?? null,
    },
    quantities: modalities(usage, prompt, candidates),
    cacheKind: null,
    model: null,
    mode: null,
  };
}

const modalities = (usage: Fields, prompt: StatedCount | null, candidates: StatedCount | null) =>
  partQuantities([
    ['audio_input_tokens', modality(usage, 'promptTokensDetails', 'AUDIO'), prompt],
    ['image_input_tokens', modality(usage, 'promptTokensDetails', 'IMAGE'), prompt],
    ['video_input_tokens', modality(usage, 'promptTokensDetails', 'VIDEO'), prompt],
    ['audio_output_tokens', modality(usage, 'candidatesTokensDetails', 'AUDIO'), candidates],
  ]);

/** One modality of a list `[{ modality: 'AUDIO', tokenCount: 32 }]`. */
function modality(usage: Fields, list: string, name: string): StatedCount | null {
  const entries = valueAt(usage, list);
  if (!Array.isArray(entries)) return null;
  const found = entries
    .slice(0, MAX_MODALITIES)
    .find((entry) => isFields(entry) && valueAt(entry, 'modality') === name);
  const count = found === undefined ? null : countOf(valueAt(found, 'tokenCount'), list);
  return count === null ? null : { field: list, count };
}
