import type { ComputedCost } from './cost.js';
import { inputOf, type TokenClasses } from './token-classes.js';

/**
 * The upper bound of the lowest tier, where a bucket of requests was priced at it though some of them may have been
 * larger, so that its cost is a lower bound; `null`: it was not, or the bucket states its tier, or is as small as one
 * request of that tier.
 */
export const lowestTierOf = (
  { tokens, tierUpTo }: { readonly tokens: TokenClasses; readonly tierUpTo: number | null },
  cost: ComputedCost,
): number | null => {
  if (!cost.known || cost.basis !== 'bucket' || tierUpTo !== null) return null;
  const { tier } = cost.price;
  return tier !== null && inputOf(tokens) > tier ? tier : null;
};
