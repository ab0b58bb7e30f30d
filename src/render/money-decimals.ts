/** How many decimals amounts need to be told apart by people. */

import { PICO_DECIMALS } from '../pricing/money.js';

/** As on an invoice. */
const LEAST = 2;
/** Finer than this only where the sum itself is finer. */
const MOST = 6;

/**
 * Decimals for lines that are added up: enough for two digits of the smallest line, and of the sum, that is not 0; at
 * least 2; never more than the amounts have.
 *
 * @param picos  pico-units of one currency
 */
export function moneyDecimals(picos: readonly bigint[]): number {
  const sum = picos.reduce((total, pico) => total + pico, 0n);
  const smallest = Math.max(LEAST, ...picos.map(twoDigits));
  const wanted = Math.max(Math.min(MOST, smallest), twoDigits(sum));
  return Math.max(LEAST, Math.min(wanted, Math.max(0, ...picos.map(exactDecimals))));
}

/** Decimals for amounts that stand alone: two digits of the smallest, at least 2. */
export const priceDecimals = (picos: readonly bigint[]): number =>
  Math.max(LEAST, Math.min(Math.max(0, ...picos.map(twoDigits)), Math.max(0, ...picos.map(exactDecimals))));

/** Decimals that show the first two digits of an amount that are not leading zeros; 0 for 0. */
function twoDigits(pico: bigint): number {
  if (pico === 0n) return 0;
  const digits = (pico < 0n ? -pico : pico).toString().length;
  return Math.min(PICO_DECIMALS, Math.max(0, PICO_DECIMALS - digits + 2));
}

/** Decimals the amount has, needless zeros aside. */
function exactDecimals(pico: bigint): number {
  if (pico === 0n) return 0;
  const zeros = /0*$/.exec(pico.toString())![0].length;
  return Math.max(0, PICO_DECIMALS - zeros);
}
