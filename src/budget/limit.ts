/** Limits as a config writes them: the unit is part of the value. */

import { badLimit } from '../errors/config.js';
import type { TokenhubError } from '../errors/tokenhub-error.js';
import { nearest } from '../nearest.js';
import { type Decimal, parseDecimal, roundHalfEven } from '../pricing/decimal.js';
import { PICO_DECIMALS } from '../pricing/money.js';
import type { Limit, WarnLimit } from './budget.js';
import { QUANTITY_DECIMALS, QUANTITY_NAMES, quantityNamed } from './quantity.js';

const FORM = /^(\d+(?:\.\d+)?)([kMG]?)\s+([A-Za-z][\w:.-]*)$/;
const PLACES = { '': 0, k: 3, M: 6, G: 9 } as const;
/** On either side of the point. */
const MOST_DIGITS = 30;
const HINT = 'write 2k tokens, 1.5M tokens, 1200 USD, 500 images or 10k requests';

/**
 * A limit of tokens, of money or of another quantity, exact.
 *
 * @param text  number, optional k, M or G (thousands), blank, `tokens`, a currency's three letters or a quantity (`images`, `grains`, `requests`)
 * @throws BAD_LIMIT when it is anything else, no whole number of tokens or requests, or finer than 12
 *   decimals of a currency, 6 of a quantity
 * @example parseLimit('1.5k tokens') // { tokens: 1500 }
 * @example parseLimit('0.05 USD')    // { cost: { currency: 'USD', pico: 50_000_000_000n, text: null } }
 */
export function parseLimit(text: string): Limit {
  const [, number, magnitude = '', unit = ''] = FORM.exec(text.trim()) ?? [];
  if (number === undefined) throw badLimit(text, 'is no limit', HINT);
  if (number.split('.').some((digits) => digits.length > MOST_DIGITS))
    throw badLimit(text, `has more than ${MOST_DIGITS} digits before or after the point`, HINT);
  const value = parseDecimal(`${number}e${PLACES[magnitude as keyof typeof PLACES]}`);
  if (unit === 'tokens' || unit === 'token') {
    const tokens = Number(roundHalfEven(value, 0));
    if (!isWholeAt(value, 0)) throw badLimit(text, 'is no whole number of tokens', HINT);
    if (!Number.isSafeInteger(tokens)) throw badLimit(text, 'is more tokens than can be counted', HINT);
    return { tokens };
  }
  const quantity = quantityNamed(unit);
  if (quantity !== null) return { quantity, millionths: millionthsOf(text, quantity, value) };
  if (!/^[A-Z]{3}$/.test(unit)) throw badUnit(text, unit);
  if (!isWholeAt(value, PICO_DECIMALS)) throw badLimit(text, 'is finer than 12 decimals', HINT);
  return { cost: { currency: unit, pico: roundHalfEven(value, PICO_DECIMALS), text: null } };
}

function millionthsOf(text: string, quantity: string, value: Decimal): bigint {
  if (quantity === 'request' && !isWholeAt(value, 0)) throw badLimit(text, 'is no whole number of requests', HINT);
  if (!isWholeAt(value, QUANTITY_DECIMALS)) throw badLimit(text, 'is finer than 6 decimals', HINT);
  return roundHalfEven(value, QUANTITY_DECIMALS);
}

function badUnit(text: string, unit: string): TokenhubError {
  const near = nearest(unit, QUANTITY_NAMES);
  const hint = near === null ? HINT : `did you mean ${near}? ${HINT}`;
  return badLimit(text, 'has neither tokens, a currency nor a quantity as its unit', hint);
}

/** Whether a value is a whole number of 10^-`decimals`. */
const isWholeAt = ({ units, scale }: Decimal, decimals: number): boolean =>
  scale <= decimals || units % 10n ** BigInt(scale - decimals) === 0n;

/**
 * Where a warning begins: a share of the limit, above 0% and up to 100%, or a limit of its own.
 *
 * @throws BAD_LIMIT
 * @example parseWarn('80%') // { percent: 80 }
 */
export function parseWarn(text: string): WarnLimit {
  const [, number] = /^(\d{1,3}(?:\.\d{1,6})?)\s*%$/.exec(text.trim()) ?? [];
  if (number === undefined && !text.includes('%')) return parseLimit(text);
  const percent = Number(number);
  if (percent > 0 && percent <= 100) return { percent };
  throw badLimit(text, 'is no share of the limit', 'write a share above 0% and up to 100%, such as 80%');
}
