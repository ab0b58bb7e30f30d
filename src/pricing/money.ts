/** Exact money: whole pico-units (10^-12) of one currency. */

import { badCurrency, badDecimal } from '../errors/money.js';
import { type Decimal, formatDecimal, parseDecimal, roundHalfEven } from './decimal.js';

/** An exact amount of money: whole pico-units of one currency, or finer, then with the text it was stated in. */
export interface Amount {
  /** ISO 4217 code, upper case. */
  readonly currency: string;
  /** 10^-12 of the currency, rounded half-even when the statement was finer. */
  readonly pico: bigint;
  /** The exact decimal text as stated (without exponent or needless zeros), only when it is finer than a pico-unit. */
  readonly text: string | null;
}

/** Decimals of a pico-unit. */
export const PICO_DECIMALS = 12;

/** True when the ledger can hold it: a signed 64-bit integer, some 9.2 million units of currency. */
export const fitsLedger = (pico: bigint): boolean => BigInt.asIntN(64, pico) === pico;

/** Nearest whole pico-unit, half-even. */
export const toPico = (value: Decimal): bigint => roundHalfEven(value, PICO_DECIMALS);

/** Canonical exact decimal of an amount in pico-units: `'0.0034'`, `'-1.5'`, `'0'`. */
export const formatPico = (pico: bigint): string => formatDecimal({ units: pico, scale: PICO_DECIMALS });

/**
 * Reads a stated amount of money. Negative amounts are refunds.
 *
 * @param text      plain decimal text or a float's shortest text; no separators, no currency sign
 * @param currency  three letters, any case
 * @throws BAD_FIELD without a field name (`.at({ field })` adds it) when the text is no decimal or the amount is past
 *   2^63 pico-units; BAD_FIELD at `currency` when that is no three-letter code
 * @example parseAmount('0.0034', 'usd') // { currency: 'USD', pico: 3_400_000_000n, text: null }
 */
export function parseAmount(text: string, currency: string): Amount {
  const value = parseDecimal(text);
  const pico = toPico(value);
  if (!fitsLedger(pico)) throw badDecimal(text, 'is more than a ledger holds (about 9.2 million)', TOO_LARGE);
  const exact = formatDecimal(value);
  return { currency: currencyCode(currency), pico, text: exact === formatPico(pico) ? null : exact };
}

const TOO_LARGE = 'check its unit and decimal mark, or split the row';

/** The same amount given back. */
export const negativeAmount = ({ currency, pico, text }: Amount): Amount => ({
  currency,
  pico: -pico,
  text: text === null ? null : text.startsWith('-') ? text.slice(1) : `-${text}`,
});

/** The upper-case ISO 4217 code. Throws BAD_FIELD when `text` is not three letters. */
export function currencyCode(text: string): string {
  if (!/^[A-Za-z]{3}$/.test(text)) throw badCurrency(text);
  return text.toUpperCase();
}
