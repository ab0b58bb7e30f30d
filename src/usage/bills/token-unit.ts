/** Tokens that a bill counts in thousands or millions. */

import { badField } from '../../errors/usage-records.js';
import { multiplyDecimals, roundHalfEven } from '../../pricing/decimal.js';
import { decimalOf } from '../reading/decimals.js';

const UNIT = /^(\d{1,9})?\s*([km]|thousand|million)?s?\s*-?\s*(tokens?)?$/i;
const SCALES: Readonly<Record<string, bigint>> = { k: 1000n, thousand: 1000n, m: 1_000_000n, million: 1_000_000n };

/** A unit of measure that may count tokens. */
export interface TokenUnit {
  /** Units of one: 1000 of `1K`. */
  readonly size: bigint;
  /** False where the unit is a bare number (`1M`), which may count anything. */
  readonly saysTokens: boolean;
}

/** `Tokens`, `1K tokens`, `1M`, `1000 Tokens`; `null` for any other unit, such as `1 Hour`. */
export function tokenUnitOf(text: string): TokenUnit | null {
  const parts = UNIT.exec(text.trim());
  if (parts === null || text.trim() === '') return null;
  const [, count = '1', scale = '', tokens] = parts;
  return { size: BigInt(count) * (SCALES[scale.toLowerCase()] ?? 1n), saysTokens: tokens !== undefined };
}

/** How far from a whole token a quantity may be, in thousandths: exports print floats (`0.30000000000000004`). */
const NOISE = 1n;

/**
 * Tokens of a quantity, exactly: `1.25` of a million is 1,250,000.
 *
 * @throws BAD_FIELD at `field` when that is negative, no whole number, more than 2^53 - 1, or the text is no number
 */
export function tokensOfQuantity(text: string, size: bigint, field: string): number {
  const exact = multiplyDecimals(decimalOf(text, field), { units: size, scale: 0 });
  const [tokens, thousandths] = [roundHalfEven(exact, 0), roundHalfEven(exact, 3)];
  const off = thousandths - tokens * 1000n;
  if (tokens < 0n) throw badField(field, text, 'is negative', 'a count starts at 0');
  if (off > NOISE || off < -NOISE)
    throw badField(field, text, `times ${size} is no whole number of tokens`, 'export the quantity in full');
  if (tokens > BigInt(Number.MAX_SAFE_INTEGER)) throw badField(field, text, 'is more than 2^53 - 1', 'check the unit');
  return Number(tokens);
}
