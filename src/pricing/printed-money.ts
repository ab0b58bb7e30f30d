/** Money as it is printed: rounded lines that still add up to the rounded total. */

import { formatFixed, roundHalfEven } from './decimal.js';
import { PICO_DECIMALS } from './money.js';

/** Lines and their total at the same number of decimals, without separators or currency. */
export interface PrintedMoney {
  readonly lines: readonly string[];
  readonly total: string;
}

/**
 * Prints amounts so that the lines shown sum to the total shown.
 *
 * The total is the exact sum rounded half-even. Every line is rounded down (towards minus infinity), then the missing
 * last-place units go to the lines with the largest remainders (Hamilton's method); the earlier line wins a tie. So no
 * line is off by a last-place unit or more, and a line that needs no rounding is printed as it is.
 *
 * @param picos     one amount per line, pico-units of one currency, negatives included; the total is over all of them
 * @param decimals  decimals printed, 0 to 12
 * @returns         one text per line, same order, and the text of the total
 * @example printShares([5_000_000_000n, 5_000_000_000n], 2) // { lines: ['0.01', '0.00'], total: '0.01' }
 *
 * Time O(n log n).
 */
export function printShares(picos: readonly bigint[], decimals: number): PrintedMoney {
  const unit = 10n ** BigInt(PICO_DECIMALS - decimals);
  const total = roundHalfEven({ units: picos.reduce((sum, pico) => sum + pico, 0n), scale: PICO_DECIMALS }, decimals);
  const lines = picos.map((pico) => floorDivide(pico, unit));
  const missing = total - lines.reduce((sum, line) => sum + line, 0n);
  for (const index of byRemainder(picos, unit).slice(0, Number(missing))) lines[index]! += 1n;
  return { lines: lines.map((line) => formatFixed(line, decimals)), total: formatFixed(total, decimals) };
}

/** Indices of the lines, largest remainder first, earlier first in a tie. */
function byRemainder(picos: readonly bigint[], unit: bigint): number[] {
  const remainders = picos.map((pico) => pico - floorDivide(pico, unit) * unit);
  return remainders
    .map((_, index) => index)
    .sort((a, b) => (remainders[a] === remainders[b] ? a - b : remainders[a]! > remainders[b]! ? -1 : 1));
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
