/** Exact decimal numbers over bigint: everything money is computed from. */

import { badDecimal } from '../errors/money.js';

/** The number `units` x 10^-`scale`; `scale` is a whole number from 0. Adding and multiplying stay exact. */
export interface Decimal {
  readonly units: bigint;
  readonly scale: number;
}

/** Longest text and largest exponent read: well above 30-decimal bills and any float's text, far below a memory bomb. */
const MAX_LENGTH = 200;
const MAX_EXPONENT = 400;
const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,6}))?$/;

/**
 * Reads decimal text: `'0.0034'`, `'-1.5'`, `'.5'`, `'8.333333333333334e-8'`. No separators, signs of currency or blanks.
 *
 * @throws BAD_FIELD when it is no such number, is longer than 200 characters or has an exponent beyond 400
 */
export function parseDecimal(text: string): Decimal {
  const parts = text.length <= MAX_LENGTH ? FORM.exec(text) : null;
  if (parts === null) throw badDecimal(text, 'is no decimal number');
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  if (whole + fraction === '') throw badDecimal(text, 'is no decimal number');
  if (Math.abs(Number(exponent)) > MAX_EXPONENT) throw badDecimal(text, 'has an exponent out of range');
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction) * (scale < 0 ? 10n ** BigInt(-scale) : 1n);
  return { units: sign === '-' ? -digits : digits, scale: Math.max(scale, 0) };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export const subtractDecimals = (a: Decimal, b: Decimal): Decimal =>
  addDecimals(a, { units: -b.units, scale: b.scale });

export const multiplyDecimals = (a: Decimal, b: Decimal): Decimal => ({
  units: a.units * b.units,
  scale: a.scale + b.scale,
});

/** Whole number nearest to `value` x 10^`places`; exactly halfway goes to the even one. */
export function roundHalfEven(value: Decimal, places: number): bigint {
  if (value.scale <= places) return unitsAt(value, places);
  return divideHalfEven(value.units, 10n ** BigInt(value.scale - places));
}

/** Whole number nearest to `dividend` / `divisor`, which is above 0; exactly halfway goes to the even one. */
export function divideHalfEven(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const twice = 2n * (rest < 0n ? -rest : rest);
  const away = twice > divisor || (twice === divisor && quotient % 2n !== 0n);
  return away ? quotient + (dividend < 0n ? -1n : 1n) : quotient;
}

/** Canonical text: no exponent, no needless zeros, no `-0`. `parseDecimal` reads it back to the same number. */
export function formatDecimal(value: Decimal): string {
  const fixed = formatFixed(value.units, value.scale);
  return value.scale === 0 ? fixed : fixed.replace(/0+$/, '').replace(/\.$/, '');
}

/** `units` x 10^-`decimals` with exactly that many decimals: `formatFixed(-150n, 2)` is `'-1.50'`. */
export function formatFixed(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const sign = units < 0n ? '-' : '';
  return decimals === 0 ? sign + digits : `${sign}${digits.slice(0, cut)}.${digits.slice(cut)}`;
}

/** `units` the value has at a scale not below its own. */
const unitsAt = ({ units, scale }: Decimal, target: number): bigint => units * 10n ** BigInt(target - scale);
