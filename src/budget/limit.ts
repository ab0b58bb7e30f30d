/** Limits as a config writes them: the unit is part of the value. */

import { badLimit } from '../errors/config.js';
import { parseDecimal, roundHalfEven } from '../pricing/decimal.js';
import type { Limit, WarnLimit } from './budget.js';

const FORM = /^(\d{1,30}(?:\.\d{1,30})?)([kMG]?)\s+([A-Za-z]+)$/;
const PLACES = { '': 0, k: 3, M: 6, G: 9 } as const;
const HINT = 'write 2k tokens, 1.5M tokens or 1200 USD';

/**
 * A limit of tokens or of money, exact.
 *
 * @param text  number, optional k, M or G (thousands), blank, `tokens` or a currency's three letters
 * @throws BAD_LIMIT when it is anything else, no whole number of tokens, or finer than 12 decimals of a currency
 * @example parseLimit('1.5k tokens') // { tokens: 1500 }
 * @example parseLimit('0.05 USD')    // { cost: { currency: 'USD', pico: 50_000_000_000n, text: null } }
 */
export function parseLimit(text: string): Limit {
  const [, number, magnitude = '', unit = ''] = FORM.exec(text.trim()) ?? [];
  if (number === undefined) throw badLimit(text, 'is no limit', HINT);
  const value = parseDecimal(`${number}e${PLACES[magnitude as keyof typeof PLACES]}`);
  if (unit === 'tokens' || unit === 'token') {
    const tokens = Number(roundHalfEven(value, 0));
    if (value.scale > 0 && value.units % 10n ** BigInt(value.scale) !== 0n)
      throw badLimit(text, 'is no whole number of tokens', HINT);
    if (!Number.isSafeInteger(tokens)) throw badLimit(text, 'is more tokens than can be counted', HINT);
    return { tokens };
  }
  if (!/^[A-Z]{3}$/.test(unit)) throw badLimit(text, 'has neither tokens nor a currency as its unit', HINT);
  const pico = roundHalfEven(value, 12);
  const isExact = value.scale <= 12 || value.units % 10n ** BigInt(value.scale - 12) === 0n;
  if (!isExact) throw badLimit(text, 'is finer than 12 decimals', HINT);
  return { cost: { currency: unit, pico, text: null } };
}

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
