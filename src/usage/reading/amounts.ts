/** Exact sums of stated amounts of one record. */

import { addDecimals, type Decimal, formatDecimal, parseDecimal } from '../../pricing/decimal.js';
import { type Amount, formatPico, negativeAmount, parseAmount } from '../../pricing/money.js';

const exact = ({ pico, text }: Amount): Decimal => parseDecimal(text ?? formatPico(pico));

/** `a + b`, both of one currency. Throws BAD_FIELD past 2^63 pico-units. */
export const addAmounts = (a: Amount, b: Amount): Amount =>
  parseAmount(formatDecimal(addDecimals(exact(a), exact(b))), a.currency);

/** `a - b`, both of one currency. Throws BAD_FIELD past 2^63 pico-units. */
export const subtractAmounts = (a: Amount, b: Amount): Amount => addAmounts(a, negativeAmount(b));

/** True when nothing is owed: finer than a pico-unit is still something. */
export const isZero = ({ pico, text }: Amount): boolean => pico === 0n && text === null;

/** True for what is taken off a bill. */
export const isNegative = ({ pico, text }: Amount): boolean => pico < 0n || (text?.startsWith('-') ?? false);
