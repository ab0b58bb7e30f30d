/** Counts and quantities of usage records, read strictly. */

import { TokenhubError } from '../../errors/tokenhub-error.js';
import { badField } from '../../errors/usage-records.js';
import { parseDecimal, roundHalfEven } from '../../pricing/decimal.js';
import { shown } from './fields.js';

const HINT = 'write a whole number, such as 1234';
/** Largest quantity of one event: in millionths it must stay within 64 bits. */
const QUANTITY_LIMIT = 9_000_000_000_000n;
const GROUPED = /^\d{1,3}(?:,\d{3})+(?:\.0+)?$|^\d{1,3}(?:([ \u00a0\u202f\u2009'\u2019])\d{3})(?:\1\d{3})*(?:\.0+)?$/;

/**
 * A count of tokens: a whole number from 0 to 2^53 - 1, `null` when not reported (absent, `null` or blank).
 * Text may be digits, or a float's text of a whole number (`"3.0"`).
 *
 * @throws BAD_FIELD for negative, fractional, larger or other values
 */
export function countOf(value: unknown, field: string): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return countOfText(value.trim(), field);
  if (typeof value !== 'number') throw badField(field, shown(value), 'is no count', HINT);
  return checkedCount(value, value, field);
}

/**
 * As `countOf`, for CSV cells: groups of three set off by commas, blanks or apostrophes are read too (`"1,234"`).
 * `"1.000"` is one or a thousand, depending on where it was written, so it is rejected.
 */
export function csvCountOf(value: unknown, field: string): number | null {
  if (typeof value !== 'string') return countOf(value, field);
  const plain = plainCount(value);
  if (plain !== -1) return plain;
  const text = value.trim();
  if (/^\d{1,3}\.000$/.test(text)) throw badField(field, text, 'can be read in two ways', 'write 1000, 1,000 or 1');
  return countOfText(GROUPED.test(text) ? text.replace(/[, \u00a0\u202f\u2009'\u2019]/g, '') : text, field);
}

/** Digits of which a float keeps every one. */
export const EXACT_DIGITS = 15;

/** The value of a text of digits alone, read quickly, since most cells are; -1 for any other. */
export function plainCount(text: string): number {
  if (text.length === 0 || text.length > EXACT_DIGITS) return -1;
  let count = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    count = count * 10 + digit;
  }
  return count;
}

function countOfText(text: string, field: string): number | null {
  if (text === '') return null;
  if (!/^-?\d+(\.\d*)?$/.test(text)) throw badField(field, text, 'is no count', HINT);
  if (/\.\d*[1-9]/.test(text)) throw badField(field, text, 'is not a whole number', HINT);
  return checkedCount(Number(text), text, field);
}

function checkedCount(count: number, value: unknown, field: string): number {
  if (Number.isNaN(count)) throw badField(field, String(value), 'is no count', HINT);
  if (count < 0) throw badField(field, value, 'is negative', 'a count starts at 0');
  if (count > Number.MAX_SAFE_INTEGER) throw badField(field, String(value), 'is more than 2^53 - 1', HINT);
  if (!Number.isInteger(count)) throw badField(field, value, 'is not a whole number', HINT);
  return count + 0; // -0 becomes 0
}

/** Sum of counts that is itself a count. Throws BAD_FIELD past 2^53 - 1. */
export function sumOfCounts(counts: readonly (number | null)[], field: string): number {
  const sum = counts.reduce<number>((total, count) => total + (count ?? 0), 0);
  return checkedCount(sum, sum, field);
}

/** The same; `null` when none of them is reported. */
export const sumOrNull = (counts: readonly (number | null)[], field: string): number | null =>
  counts.every((count) => count === null) ? null : sumOfCounts(counts, field);

/**
 * Fresh input of a source whose input includes what was read from the cache and written to it.
 *
 * @param field  name of the input
 * @throws BAD_FIELD when more was cached than there is input
 */
export function freshInput(input: number | null, cached: number, field: string, hint = SEE_WHICH): number | null {
  if (input === null) return null;
  if (cached > input) throw badField(field, input, `is less than its cached tokens, ${cached}`, hint);
  return input - cached;
}

const SEE_WHICH = 'see which one is right';

/**
 * A quantity that may be fractional (seconds, images), in millionths, rounded half-even; `null` when not reported.
 *
 * @throws BAD_FIELD for negative values, values past 9 x 10^12 and anything that is no number
 */
export function quantityOf(value: unknown, field: string): bigint | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'number' && typeof value !== 'string') throw badField(field, shown(value), 'is no number', HINT);
  const millionths = millionthsOf(String(value).trim(), field);
  if (millionths < 0n) throw badField(field, value, 'is negative', 'a quantity starts at 0');
  if (millionths > QUANTITY_LIMIT * MILLIONTHS) throw badField(field, value, 'is out of range', HINT);
  return millionths;
}

const MILLIONTHS = 1_000_000n;

function millionthsOf(text: string, field: string): bigint {
  try {
    return roundHalfEven(parseDecimal(text), 6);
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at({ field }) : cause;
  }
}

/** A whole count as a quantity, in millionths. Throws BAD_FIELD past 9 x 10^12. */
export function millionthsOfCount(count: number, field: string): bigint {
  const whole = BigInt(count);
  if (whole > QUANTITY_LIMIT) throw badField(field, count, 'is out of range', HINT);
  return whole * MILLIONTHS;
}
