import type { Charge } from '../event.js';

/**
 * What a negative line of a bill is, by the words beside it: a refund or a discount where it says so, else a credit.
 *
 * @param words  the line's own description, or `null`
 */
export function creditKind(words: string | null): Charge {
  if (words !== null && /\brefund/i.test(words)) return 'refund';
  return words !== null && /\bdiscount/i.test(words) ? 'discount' : 'credit';
}
