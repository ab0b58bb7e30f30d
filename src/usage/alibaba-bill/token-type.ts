/** What the types of tokens on Alibaba Cloud's bills are. */

import type { CacheKind, Mode } from '../../pricing/price.js';
import type { TokenClasses } from '../../pricing/token-classes.js';

export interface BillTokenType {
  readonly tokenClass: Exclude<keyof TokenClasses, 'reasoning'>;
  /** `null` for the automatic cache too, so that its hits and the input are lines of one bucket. */
  readonly cacheKind: CacheKind | null;
  /** The part of the class, as a quantity, that the type is about; `null`: none of those priced apart. */
  readonly part: string | null;
}

/**
 * The class of a type of tokens: `input_token`, `vision_input_token`, `embedding_token`, `output_token`,
 * `thinking_output_token`, `input_token_cache` and `cached_token` (hits of the automatic cache), `input_token_cache_read`
 * (hits of a cache asked for), `input_token_cache_creation_5m`; plurals too. Cached tokens are rows of their own, outside
 * of `input_token`. The output of a thinking request, answer included, is output; how much of it was reasoning a bill
 * does not say.
 *
 * @returns `null` for types that are none of these
 */
export function billTokenType(type: string): BillTokenType | null {
  const text = type.toLowerCase();
  if (/cache_?(?:creation|create|write)/.test(text))
    return { tokenClass: /1h/.test(text) ? 'cacheWrite1h' : 'cacheWrite5m', cacheKind: 'explicit', part: null };
  if (/cache/.test(text))
    return { tokenClass: 'cacheRead', cacheKind: /cache_read|explicit/.test(text) ? 'explicit' : null, part: null };
  if (/output/.test(text)) return { tokenClass: 'output', cacheKind: null, part: partOf(text, 'output') };
  if (/input|embedding|rerank/.test(text)) return { tokenClass: 'input', cacheKind: null, part: partOf(text, 'input') };
  return null;
}

function partOf(text: string, side: 'input' | 'output'): string | null {
  if (/audio/.test(text) && !/no_audio/.test(text)) return `audio_${side}_tokens`;
  if (side === 'output') return null;
  return /vision|image/.test(text) ? 'image_input_tokens' : /video/.test(text) ? 'video_input_tokens' : null;
}

/** Batch inference says so in the type, the billable item, the commodity or the channel. */
export const billMode = (texts: readonly (string | null)[]): Mode =>
  texts.some((text) => text !== null && /batch|批量/i.test(text)) ? 'batch' : 'standard';

/**
 * Upper bound of the context tier that a type or a billable item names, in tokens, K = 1000; `null` when it names none.
 *
 * @example billTier(['input_token_32k_128k']) // 128_000
 */
export function billTier(texts: readonly (string | null)[]): number | null {
  for (const text of texts) {
    const found = /(?:^|[^\da-z])\d+[km]?[-_](\d+)([km])(?![\da-z])/i.exec(text ?? '');
    if (found !== null) return Number(found[1]) * (found[2]!.toLowerCase() === 'k' ? 1_000 : 1_000_000);
  }
  return null;
}
