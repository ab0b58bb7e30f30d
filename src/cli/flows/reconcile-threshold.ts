/** `--threshold` and `--tokenizer` as they are typed. */

import { parseLimit } from '../../budget/limit.js';
import { badOption } from '../../errors/command-line.js';
import { badThreshold } from '../../errors/reconcile.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { quoted } from '../../errors/wording.js';
import type { Side } from '../../hub/reconcile/call-record.js';
import type { Threshold } from '../../hub/reconcile/threshold.js';
import { resolveEncodingName } from '../../tokenizer/models.js';

/**
 * A share of the larger side, tokens, or money.
 *
 * @throws BAD_LIMIT
 */
export function thresholdOf(typed: string): Threshold {
  const text = typed.trim();
  const [, number] = /^(\d{1,3}(?:\.\d{1,6})?)\s*%$/.exec(text) ?? [];
  if (number !== undefined) {
    const [whole, fraction = ''] = number.split('.');
    return { text, share: BigInt(`${whole}${fraction.padEnd(6, '0')}`) };
  }
  const limit = limitOf(text);
  if ('quantity' in limit) throw badThreshold(notJudged(text));
  return 'tokens' in limit
    ? { text, tokens: BigInt(limit.tokens) }
    : { text, currency: limit.cost.currency, pico: limit.cost.pico };
}

/** A limit of a budget, but for what budgets alone can be on. */
function limitOf(text: string) {
  if (!/\s(?:tokens?|[A-Z]{3})$/.test(text)) throw badThreshold(notJudged(text));
  try {
    return parseLimit(text);
  } catch (error) {
    throw error instanceof TokenhubError ? badThreshold(error.message, error) : error;
  }
}

const notJudged = (text: string): string => `${quoted(text)} is neither a share, tokens nor money`;

const SIDES: readonly Side[] = ['app', 'gateway', 'bill'];

/**
 * Encodings that recordings were counted with, by side.
 *
 * @param given  the sides that are compared
 * @throws BAD_OPTION, also for a side that is not given; UNKNOWN_ENCODING
 */
export function tokenizersOf(
  texts: readonly string[],
  given: readonly Side[],
): Readonly<Partial<Record<Side, string>>> {
  return Object.fromEntries(
    texts.map((text) => {
      const [name = '', encoding = ''] = text.split('=');
      const side = SIDES.find((each) => each === name.trim());
      if (side === undefined || encoding.trim() === '')
        throw badOption(FLAG, text, 'names no recording and its encoding', 'write --tokenizer app=cl100k_base');
      if (!given.includes(side))
        throw badOption(FLAG, text, 'is of a recording that is not compared', `add --${side}, or leave it out`);
      return [side, encodingOf(encoding)] as const;
    }),
  );
}

const FLAG = '--tokenizer';

function encodingOf(name: string): string {
  try {
    return resolveEncodingName(name);
  } catch (error) {
    throw error instanceof TokenhubError ? error.movedTo({ field: FLAG }) : error;
  }
}
