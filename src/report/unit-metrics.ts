/** What one call and one million tokens cost, and how much of the input came from a cache. */

import { divideHalfEven, formatDecimal } from '../pricing/decimal.js';
import { formatPico } from '../pricing/money.js';
import { byName } from './costs.js';
import { inputOf, type Sums, totalOf } from './sums.js';

export interface UnitMetrics {
  /**
   * Decimal text by currency, rounded half-even to pico-units; with several currencies each is its part of what a call
   * costs. `null` when some of the usage has no price, or there is nothing to divide by.
   */
  readonly costPerRequest: Readonly<Record<string, string>> | null;
  readonly costPerMillionTokens: Readonly<Record<string, string>> | null;
  /** Cached input / all input, decimal text of at most 6 decimals; `null` when cached input was not reported. */
  readonly cachedShare: string | null;
}

const MILLION = 1_000_000n;

export const unitMetrics = (sums: Sums): UnitMetrics => ({
  costPerRequest: costPer(sums, sums.requests, 1n),
  costPerMillionTokens: costPer(sums, totalOf(sums.tokens) ?? 0n, MILLION),
  cachedShare: cachedShare(sums),
});

function costPer({ cost, unpricedEvents }: Sums, count: bigint, of: bigint): Record<string, string> | null {
  if (unpricedEvents > 0n || count === 0n || cost.size === 0) return null;
  return byName(new Map([...cost].map(([currency, pico]) => [currency, formatPico(divideHalfEven(pico * of, count))])));
}

function cachedShare({ tokens }: Sums): string | null {
  const input = inputOf(tokens);
  if (tokens.cacheRead === null || input === null || input === 0n) return null;
  return formatDecimal({ units: divideHalfEven(tokens.cacheRead * MILLION, input), scale: 6 });
}
