/** Options that are quantities: tokens and bytes, with magnitudes. */

import { InvalidArgumentError } from 'commander';
import { parseLimit } from '../budget/limit.js';
import { TokenhubError } from '../errors/tokenhub-error.js';

/** A whole number of tokens, written as the limits of budgets are: `500`, `2.5k`, `1M`. */
export function tokenCount(text: string): number {
  try {
    const limit = parseLimit(`${text} tokens`);
    if ('tokens' in limit) return limit.tokens;
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
  }
  throw new InvalidArgumentError('It must be a whole number of tokens, such as 500, 2.5k or 1M.');
}

const SIZE = /^(\d{1,15})(?:\.(\d{1,9}))?\s*(?:([kmg])(b|ib)?|b)?$/i;
const POWERS = { k: 1, m: 2, g: 3 } as const;

/**
 * A size in bytes, with the magnitudes of `head -c` of GNU: k, M, G (and KiB, MiB, GiB) are powers of 1,024; kB, MB, GB of 1,000.
 *
 * @example byteSize('64k')  // 65_536
 * @example byteSize('10MB') // 10_000_000
 */
export function byteSize(text: string): number {
  const [, whole, fraction = '', magnitude, suffix] = SIZE.exec(text.trim()) ?? [];
  const power = magnitude === undefined ? 0 : POWERS[magnitude.toLowerCase() as keyof typeof POWERS];
  const bytes = Number(`${whole}.${fraction || 0}`) * (suffix?.toLowerCase() === 'b' ? 1000 : 1024) ** power;
  if (whole !== undefined && Number.isSafeInteger(Math.floor(bytes))) return Math.floor(bytes);
  throw new InvalidArgumentError('It must be a size, such as 65536, 64k, 1.5M or 10MB.');
}
