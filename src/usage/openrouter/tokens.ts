import { badField } from '../../errors.js';
import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';

/** Counts as OpenRouter states them; `null`: not reported. */
export interface OpenrouterCounts {
  readonly prompt: number | null;
  readonly cached: number | null;
  readonly completion: number | null;
  readonly reasoning: number | null;
}

/**
 * Token classes of OpenRouter's counts. The prompt includes what was read from a cache. Reasoning is part of the
 * completion "for billing"; where it is more, as some days show, it cannot be that part and is left out as not reported.
 *
 * @param field  name of the field of cached tokens
 * @throws BAD_FIELD when more was cached than the prompt has
 */
export function openrouterTokens(counts: OpenrouterCounts, field: string): TokenClasses {
  const { prompt, cached, completion, reasoning } = counts;
  if (prompt !== null && (cached ?? 0) > prompt)
    throw badField(field, cached, `is more than the prompt, ${prompt}`, 'the prompt must include the cached tokens');
  return {
    ...NO_TOKENS,
    input: prompt === null ? null : prompt - (cached ?? 0),
    cacheRead: cached,
    output: completion,
    reasoning: reasoning !== null && reasoning > (completion ?? 0) ? null : reasoning,
  };
}
