/** Limits as a config writes them: what they are measured in is part of the value. */

import { badLimit } from '../errors/config.js';
import type { TokenhubError } from '../errors/tokenhub-error.js';
import { nearest } from '../nearest.js';
import { type Decimal, parseDecimal, roundHalfEven } from '../pricing/decimal.js';
import type { Amount } from '../pricing/money.js';
import { PICO_DECIMALS } from '../pricing/money.js';
import type { WarnLimit } from './budget.js';
import type { ContextShare, FileLimit, Tolerance } from './files/file-budget.js';
import { QUANTITY_DECIMALS, QUANTITY_NAMES, type Quantity, quantityNamed } from './quantity.js';

/** A limit is a number of tokens, an amount of money, or of something else used; exactly at the limit passes. */
export type Limit = { readonly tokens: number } | { readonly cost: Amount } | Quantity;

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
  const [, number, magnitude = '', measuredIn = ''] = FORM.exec(text.trim()) ?? [];
  if (number === undefined) throw badLimit(text, 'is no limit', HINT);
  if (number.split('.').some((digits) => digits.length > MOST_DIGITS))
    throw badLimit(text, `has more than ${MOST_DIGITS} digits before or after the point`, HINT);
  const value = parseDecimal(`${number}e${PLACES[magnitude as keyof typeof PLACES]}`);
  if (measuredIn === 'tokens' || measuredIn === 'token') {
    const tokens = Number(roundHalfEven(value, 0));
    if (!isWholeAt(value, 0)) throw badLimit(text, 'is no whole number of tokens', HINT);
    if (!Number.isSafeInteger(tokens)) throw badLimit(text, 'is more tokens than can be counted', HINT);
    return { tokens };
  }
  const quantity = quantityNamed(measuredIn);
  if (quantity !== null) return { quantity, millionths: millionthsOf(text, quantity, value) };
  if (!/^[A-Z]{3}$/.test(measuredIn)) throw badMeasure(text, measuredIn);
  if (!isWholeAt(value, PICO_DECIMALS)) throw badLimit(text, 'is finer than 12 decimals', HINT);
  return { cost: { currency: measuredIn, pico: roundHalfEven(value, PICO_DECIMALS), text: null } };
}

function millionthsOf(text: string, quantity: string, value: Decimal): bigint {
  if (quantity === 'request' && !isWholeAt(value, 0)) throw badLimit(text, 'is no whole number of requests', HINT);
  if (!isWholeAt(value, QUANTITY_DECIMALS)) throw badLimit(text, 'is finer than 6 decimals', HINT);
  return roundHalfEven(value, QUANTITY_DECIMALS);
}

function badMeasure(text: string, measuredIn: string): TokenhubError {
  const near = nearest(measuredIn, QUANTITY_NAMES);
  const hint = near === null ? HINT : `did you mean ${near}? ${HINT}`;
  return badLimit(text, 'is in neither tokens, a currency nor a quantity', hint);
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
  const percent = percentOf(text);
  if (percent === null && !text.includes('%')) return parseLimit(text);
  if (percent !== null && percent > 0 && percent <= 100) return { percent };
  throw badLimit(text, 'is no share of the limit', 'write a share above 0% and up to 100%, such as 80%');
}

const FILE_HINT = 'write 2k tokens, 0.05 USD or 5% of context';

/**
 * A limit of a budget on files.
 *
 * @throws BAD_LIMIT
 * @example parseFileLimit('5% of context') // { contextPercent: 5 }
 */
export function parseFileLimit(text: string): FileLimit {
  const [, share] = /^(.*%)\s+of(?:\s+the)?\s+context(?:\s+window)?$/.exec(text.trim()) ?? [];
  if (share !== undefined) return contextShare(text, share);
  if (text.includes('%')) throw badLimit(text, 'does not say what it is a share of', FILE_HINT);
  const limit = parseLimit(text);
  if ('quantity' in limit) throw badLimit(text, 'is of no file, which has tokens and costs money', FILE_HINT);
  return limit;
}

function contextShare(text: string, share: string): ContextShare {
  const percent = percentOf(share);
  if (percent === null || percent <= 0 || percent > 100)
    throw badLimit(text, 'is no share of a context window', 'write a share above 0% and up to 100%: 5% of context');
  return { contextPercent: percent };
}

/** In percent, at most 6 decimals; `null`: it is none. */
function percentOf(text: string): number | null {
  const [, number] = /^(\d{1,6}(?:\.\d{1,6})?)\s*%$/.exec(text.trim()) ?? [];
  return number === undefined ? null : Number(number);
}

/**
 * How far over a limit only warns.
 *
 * @throws BAD_LIMIT
 * @example parseTolerance('2%') // { percent: 2 }
 */
export function parseTolerance(text: string): Tolerance {
  const percent = percentOf(text);
  if (percent !== null && percent <= 100) return { percent };
  const hint = 'write a share of the limit up to 100%, such as 2%, or tokens, such as 50 tokens';
  if (text.includes('%')) throw badLimit(text, 'is no share of the limit', hint);
  const limit = parseLimit(text);
  if ('tokens' in limit) return limit;
  throw badLimit(text, 'is not in tokens', hint);
}

/**
 * By how many percent a file may grow; more than 100% is more than twice as large.
 *
 * @throws BAD_LIMIT
 * @example parsePercent('10%') // 10
 */
export function parsePercent(text: string): number {
  const percent = percentOf(text);
  if (percent === null) throw badLimit(text, 'is no percentage', 'write it as in 10%');
  return percent;
}
