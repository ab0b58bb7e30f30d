import { formatDecimal, parseDecimal } from '../pricing/decimal.js';

/**
 * Shortest text of a float that reads back as the same, without an exponent.
 *
 * @example plainNumber(1e-7) // '0.0000001'
 */
export function plainNumber(value: number): string {
  const text = String(value);
  return /e/.test(text) && Math.abs(value) >= 1e-100 && Math.abs(value) <= 1e100
    ? formatDecimal(parseDecimal(text))
    : text;
}
