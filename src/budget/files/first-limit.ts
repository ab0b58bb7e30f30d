/** The first limit of files that have none yet: a little above what they are today. */

/** Tokens below which a limit would be passed by two sentences more. */
const LEAST = 200;
/** Of what is measured, in tenths. */
const TENTHS = 11;

/** The rule in words, for configs and documents. */
export const FIRST_LIMIT_RULE = `the largest file plus 10%, rounded up to two digits, and at least ${LEAST} tokens`;

/**
 * The largest count plus 10%, rounded up to two digits.
 *
 * @param largest  tokens, >= 0
 * @returns        tokens, never below `largest`
 * @example firstLimit(295) // 330, as 295 x 1.1 = 324.5
 */
export function firstLimit(largest: number): number {
  const raised = Math.ceil((largest * TENTHS) / 10);
  const step = 10 ** Math.max(0, String(raised).length - 2);
  return Math.max(LEAST, Math.ceil(raised / step) * step);
}

/** A limit as a config writes it, with two digits at most: `330 tokens`, `2.5k tokens`, `13k tokens`. */
export function limitText(tokens: number): string {
  if (tokens >= 1_000_000) return `${tokens / 1_000_000}M tokens`;
  return tokens >= 1000 ? `${tokens / 1000}k tokens` : `${tokens} tokens`;
}
