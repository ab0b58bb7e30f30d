import type { LowestTier } from '../report/cell.js';
import { separated } from './counted.js';

/** What a cost at the lowest tier is worth. */
export const lowestTierText = (upTo: number): string =>
  `priced as if no request had over ${separated(`${upTo}`)} tokens of input: a lower bound`;

/** What a report must say of models whose buckets were priced so. */
export const lowestTierWarnings = (tiers: readonly LowestTier[]): string[] =>
  tiers.map(({ model, upTo }) => `buckets of ${model} that state no tier are ${lowestTierText(upTo)}`);
