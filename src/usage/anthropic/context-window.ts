import { badField } from '../../errors/usage-records.js';
import { textOf } from '../reading/fields.js';

/** The largest context window that is billed at the price for long context, in tokens. */
const LONG_CONTEXT = 1_000_000;

/** At most: `≤ 200k`, also as its three UTF-8 bytes look in Windows-1252; of a range the end counts: `0-200k`, `200k-1M`. */
const UP_TO = /^(?:≤|<=|<|â‰¤|\d+k?\s*[-–])?\s*(\d+)([kM])$/i;
const ABOVE = /^(?:>|>=|≥)\s*\d+k$/i;

/**
 * Upper bound, in tokens of input, of the context tier Anthropic's exports state; `null`: they state none. K is 1000.
 *
 * @throws BAD_FIELD
 * @example contextTierOf('≤ 200k', 'context_window') // 200_000; '> 200k' and '200k-1M' are 1_000_000
 */
export function contextTierOf(value: unknown, field: string): number | null {
  const text = textOf(value, field);
  if (text === null || text === 'not_available') return null;
  if (ABOVE.test(text)) return LONG_CONTEXT;
  const [, digits, unit] = UP_TO.exec(text) ?? [];
  if (digits === undefined) throw badField(field, text, 'is no context window', 'known are 0-200k and 200k-1M');
  return Number(digits) * (unit!.toLowerCase() === 'k' ? 1000 : 1_000_000);
}
