import { parseDecimal, subtractDecimals } from './decimal.js';
import type { Price, PriceTier, Rate } from './price.js';

export interface LoweredRate {
  readonly of: (typeof CLASSES)[number];
  readonly before: Rate;
  readonly now: Rate;
}

const CLASSES = ['input', 'output'] as const;

/**
 * The first rate of a call's input or output that is lower than it was, by tiers; `null`: none is, or they are in two
 * currencies.
 */
export function loweredRate(before: Price, now: Price): LoweredRate | null {
  if (before.currency !== now.currency) return null;
  const bounds = [...before.tiers, ...now.tiers].map(({ upTo }) => upTo ?? Number.POSITIVE_INFINITY);
  for (const bound of [...new Set(bounds)].sort((a, b) => a - b))
    for (const of of CLASSES) {
      const [old, other] = [rateAt(before.tiers, bound, of), rateAt(now.tiers, bound, of)];
      if (old !== null && other !== null && isLower(other, old)) return { of, before: old, now: other };
    }
  return null;
}

const rateAt = (tiers: readonly PriceTier[], input: number, of: LoweredRate['of']): Rate | null =>
  tiers.find(({ upTo }) => upTo === null || input <= upTo)?.rates[of] ?? null;

const isLower = (a: Rate, b: Rate): boolean => subtractDecimals(parseDecimal(a), parseDecimal(b)).units < 0n;
