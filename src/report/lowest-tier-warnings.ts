import type { LowestTier } from './cell.js';

/** What a report must say of models whose buckets were priced at the lowest tier. */
export const lowestTierWarnings = (tiers: readonly LowestTier[]): string[] =>
  tiers.map(
    ({ model, upTo }) =>
      `buckets of ${model} that state no tier are priced as if no request had over ${upTo.toLocaleString('en-US')} tokens of input: a lower bound`,
  );
