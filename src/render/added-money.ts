/** Two columns of amounts and their sum, printed so that rows add up across and columns downwards. */

import { formatFixed, roundHalfEven } from '../pricing/decimal.js';
import { PICO_DECIMALS } from '../pricing/money.js';
import { type PrintedMoney, printShares } from '../pricing/printed-money.js';
import { moneyDecimals } from './money-decimals.js';

/** One amount per line each, and their totals. */
interface PrintedSums {
  readonly first: PrintedMoney;
  readonly second: PrintedMoney;
  readonly sum: PrintedMoney;
}

/**
 * Prints both columns with the same decimals, each with its own largest remainders, and as their sum what stands there.
 * Where a sum so printed would be off by a last place, or the total not the exact one rounded, decimals are added until
 * none is; all 12 always do.
 *
 * @param first, second  pico-units of one currency, one of each per line
 */
export function printSums(first: readonly bigint[], second: readonly bigint[]): PrintedSums {
  const exact = first.map((pico, i) => pico + second[i]!);
  const total = exact.reduce((sum, pico) => sum + pico, 0n);
  for (let decimals = Math.max(...[first, second, exact].map(moneyDecimals)); ; decimals++) {
    const [a, b] = [printShares(first, decimals), printShares(second, decimals)];
    const place = 10n ** BigInt(PICO_DECIMALS - decimals);
    const lines = a.lines.map((text, i) => unitsOf(text) + unitsOf(b.lines[i]!));
    const sumOfTotals = unitsOf(a.total) + unitsOf(b.total);
    const isNear = lines.every((units, i) => size(units * place - exact[i]!) < place);
    if (isNear && sumOfTotals === roundHalfEven({ units: total, scale: PICO_DECIMALS }, decimals)) {
      const texts = lines.map((units) => formatFixed(units, decimals));
      return { first: a, second: b, sum: { lines: texts, total: formatFixed(sumOfTotals, decimals) } };
    }
  }
}

/** A text with decimals in units of its last place. */
const unitsOf = (text: string): bigint => BigInt(text.replace('.', ''));

const size = (value: bigint): bigint => (value < 0n ? -value : value);
