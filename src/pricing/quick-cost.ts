/** The cost of most events in plain numbers, which take a tenth of the time of exact ones and are exact here too. */

import type { ThinkingRule } from './cost-lines.js';
import { parseDecimal, roundHalfEven } from './decimal.js';
import type { Rate, Rates } from './price.js';
import type { Priceable } from './priceable.js';

/** Pico-units per token, at most 2^53 - 1; `NaN`: no rate, or none that is such a whole number. */
export interface QuickRates {
  readonly input: number;
  readonly cacheRead: number;
  readonly cacheReadExplicit: number;
  readonly cacheWrite5m: number;
  readonly cacheWrite1h: number;
  readonly output: number;
  readonly outputThinking: number;
}

/** Where a rate stands for another class of tokens too, both have it. */
export const quickRates = (rates: Rates): QuickRates => ({
  input: picoPerToken(rates.input),
  cacheRead: picoPerToken(rates.cacheRead),
  cacheReadExplicit: picoPerToken(rates.cacheReadExplicit ?? rates.cacheRead),
  cacheWrite5m: picoPerToken(rates.cacheWrite5m),
  cacheWrite1h: picoPerToken(rates.cacheWrite1h),
  output: picoPerToken(rates.output),
  outputThinking: picoPerToken(rates.outputThinking ?? rates.output),
});

/** One per million tokens is 10^6 pico-units per token. */
function picoPerToken(rate: Rate | null): number {
  if (rate === null) return Number.NaN;
  const value = parseDecimal(rate);
  const pico = roundHalfEven(value, 6);
  const isWhole = value.units * 10n ** 6n === pico * 10n ** BigInt(value.scale);
  return isWhole && pico <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(pico) : Number.NaN;
}

/**
 * What `exactCost` answers, in pico-units, or `NaN`: ask that instead. It is for tokens alone, at whole rates, below 2^53
 * pico-units (9,007 of a currency).
 *
 * Exact, because every count and rate is a whole number from 0 to 2^53 - 1, so no term is negative, and because rounding
 * to a double keeps order: were a product or a partial sum 2^53 or more, which a double holds, its double would be 2^53
 * or more, and so would the sum be after adding what is not negative. A sum below 2^53 thus proves that every product
 * and partial sum in it was a whole number below 2^53, which a double holds as it is: nothing was rounded. What is
 * missing, used without a rate, or negative makes the sum `NaN`, which is below nothing.
 */
export function quickCost(event: Priceable, rates: QuickRates, thinking: ThinkingRule): number {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = event.tokens;
  for (const _ in event.quantities) return Number.NaN;
  const isThinking = reasoning !== null && reasoning !== 0;
  if (isThinking && (output === null || thinking !== 'all-output')) return Number.NaN;
  if (input === null && output !== null && output !== 0 && cacheRead === null) return Number.NaN;
  const sum =
    term(input, rates.input) +
    term(cacheRead, event.cacheKind === 'explicit' ? rates.cacheReadExplicit : rates.cacheRead) +
    term(cacheWrite5m, rates.cacheWrite5m) +
    term(cacheWrite1h, rates.cacheWrite1h) +
    term(output, isThinking ? rates.outputThinking : rates.output);
  return sum <= Number.MAX_SAFE_INTEGER ? sum : Number.NaN;
}

const term = (count: number | null, rate: number): number =>
  count === null || count === 0 ? 0 : count > 0 ? count * rate : Number.NaN;
