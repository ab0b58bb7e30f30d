/** `--threshold` and `--tokenizer` as they are typed. */

import { parseLimit } from '../../budget/limit.js';
import { badOption } from '../../errors/command-line.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import type { Side } from '../../hub/reconcile/call-record.js';
import type { Threshold } from '../../hub/reconcile/threshold.js';
import { resolveEncodingName } from '../../tokenizer/models.js';

/**
 * A share of the larger side, tokens, or money.
 *
 * @throws BAD_LIMIT, BAD_OPTION
 */
export function thresholdOf(text: string): Threshold {
  const [, number] = /^(\d{1,3}(?:\.\d{1,6})?)\s*%$/.exec(text.trim()) ?? [];
  if (number !== undefined) {
    const [whole, fraction = ''] = number.split('.');
    return { text: text.trim(), share: BigInt(`${whole}${fraction.padEnd(6, '0')}`) };
  }
  if (text.includes('%')) throw badOption('--threshold', text, 'is no share', 'write --threshold 5%');
  const limit = limitOf(text);
  if ('quantity' in limit)
    throw badOption('--threshold', text, 'is neither tokens, money nor a share', 'write 5%, 5k tokens or 0.05 USD');
  return 'tokens' in limit
    ? { text: text.trim(), tokens: BigInt(limit.tokens) }
    : { text: text.trim(), currency: limit.cost.currency, pico: limit.cost.pico };
}

function limitOf(text: string) {
  try {
    return parseLimit(text);
  } catch (error) {
    throw error instanceof TokenhubError ? error.at({ field: '--threshold' }) : error;
  }
}

const SIDES: readonly Side[] = ['app', 'gateway', 'bill'];

/**
 * Encodings that recordings were counted with, by side.
 *
 * @throws BAD_OPTION, UNKNOWN_ENCODING
 */
export function tokenizersOf(texts: readonly string[]): Readonly<Partial<Record<Side, string>>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', encoding = ''] = text.split('=');
      const side = SIDES.find((each) => each === name.trim());
      if (side === undefined || encoding.trim() === '')
        throw badOption(
          '--tokenizer',
          text,
          'names no recording and its encoding',
          'write --tokenizer app=cl100k_base',
        );
      return [side, resolveEncodingName(encoding)] as const;
    }),
  );
}
