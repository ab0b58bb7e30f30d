/** Sums of exact ratios, and whole numbers near them. */

import type { Ratio } from '../pricing/exchange.js';

export const NO_AMOUNT: Ratio = { numerator: 0n, denominator: 1n };

/** In lowest terms, so that many different denominators do not grow out of bounds. */
export function addRatios(a: Ratio, b: Ratio): Ratio {
  if (a.denominator === b.denominator) return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  const numerator = a.numerator * b.denominator + b.numerator * a.denominator;
  const denominator = a.denominator * b.denominator;
  const divisor = greatestDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** The largest whole number that is not above. */
export function floorOf({ numerator, denominator }: Ratio): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator < 0n ? quotient - 1n : quotient;
}

/** Places of the ratios, that with the largest part above its floor first; the earlier one wins a tie. */
export function byRemainder(ratios: readonly Ratio[]): number[] {
  const rests = ratios.map((ratio) => ({
    numerator: ratio.numerator - floorOf(ratio) * ratio.denominator,
    denominator: ratio.denominator,
  }));
  return rests.map((_, i) => i).sort((a, b) => compareRatios(rests[b]!, rests[a]!) || a - b);
}

function compareRatios(a: Ratio, b: Ratio): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}
