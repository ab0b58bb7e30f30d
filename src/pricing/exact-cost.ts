import { type CostLine, linesOf, type ThinkingRule } from './cost-lines.js';
import { addDecimals, type Decimal } from './decimal.js';
import { toPico } from './money.js';
import type { Rates } from './price.js';
import type { Priceable } from './priceable.js';

/**
 * The cost of an event at the rates of its tier, in pico-units: the exact sum of its lines, rounded half-even once, or
 * the reason why there is none.
 */
export function exactCost(event: Priceable, rates: Rates, thinking: ThinkingRule): bigint | { reason: string } {
  const lines = linesOf(event, rates, thinking);
  return 'reason' in lines ? lines : toPico(lines.map(amountOf).reduce(addDecimals, { units: 0n, scale: 0 }));
}

/** Millionths of a token times a rate per million tokens: 10^-12 of the currency. */
const amountOf = ({ amount, rate }: CostLine): Decimal => ({ units: amount * rate.units, scale: rate.scale + 12 });
