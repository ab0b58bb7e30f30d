/** Exact numbers of records. */

import { TokenhubError } from '../../errors/tokenhub-error.js';
import { addDecimals, type Decimal, parseDecimal } from '../../pricing/decimal.js';

/** Decimal text; groups of three may be set off by commas. Throws BAD_FIELD at `field`. */
export function decimalOf(text: string, field: string): Decimal {
  try {
    return parseDecimal(ungrouped(text));
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at({ field }) : cause;
  }
}

/** `1234.5` of `1,234.5`; any other text as it is. */
export const ungrouped = (text: string): string =>
  /^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(',', '') : text;

export const negative = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

export const minus = (a: Decimal, b: Decimal): Decimal => addDecimals(a, negative(b));
