/** The classes of tokens that providers price apart. */

/**
 * Disjoint classes of tokens, whole numbers from 0 to 2^53 - 1. `null` is "not reported", which is not 0.
 * `reasoning` is the part of `output` spent on reasoning and is never added to it.
 */
export interface TokenClasses {
  readonly input: number | null;
  readonly cacheRead: number | null;
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
}

export const NO_TOKENS: TokenClasses = {
  input: null,
  cacheRead: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  reasoning: null,
};

/** All input, cached input included. Perhaps rounded, but from 2^53 on only. */
export const inputOf = (t: TokenClasses): number =>
  (t.input ?? 0) + (t.cacheRead ?? 0) + (t.cacheWrite5m ?? 0) + (t.cacheWrite1h ?? 0);

export const totalTokens = (t: TokenClasses): number => inputOf(t) + (t.output ?? 0);
