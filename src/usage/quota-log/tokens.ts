import type { TokenClasses } from '../../pricing/token-classes.js';
import { freshInput } from '../reading/count.js';
import { cacheWritesOf } from '../shapes/cache-writes.js';
import type { QuotaDetails } from './details.js';

/**
 * Token classes of a line of New API's or One API's logs.
 *
 * @param field   column of `prompt_tokens`, for errors
 * @param counts  `prompt_tokens` and `completion_tokens`
 * @throws BAD_FIELD where cached tokens should be part of the input and are more
 */
export function quotaTokens(
  field: string,
  counts: { readonly input: number; readonly output: number },
  { cached, written, written5m, written1h, isAdditive }: QuotaDetails,
): TokenClasses {
  const writes = cacheWritesOf(written, written5m, written1h);
  const apart = (cached?.count ?? 0) + (writes.cacheWrite5m ?? 0) + (writes.cacheWrite1h ?? 0);
  return {
    input: isAdditive ? counts.input : freshInput(counts.input, apart, field),
    cacheRead: cached?.count ?? null,
    ...writes,
    output: counts.output,
    reasoning: null,
  };
}
