/** A bucket whose tokens agree, and the bill's money beside what they cost. */

import type { CallRecord } from './call-record.js';
import type { Cause } from './causes.js';
import type { LastDigit } from './last-digit.js';
import { addCosts } from './money-sums.js';
import type { PriceRules } from './price-rules.js';
import { absolute } from './token-sums.js';

/** What the bill should be of, as records that are added and records taken away. */
export interface Expected {
  readonly come: readonly CallRecord[];
  readonly gone: readonly CallRecord[];
}

export interface CostCause {
  readonly cause: Extract<Cause, 'rounding' | 'price_table' | 'tier_rule'>;
  readonly text: string;
}

/**
 * Why a bill of a bucket is not what was computed: less than its last digit in each line; or exactly, so rounded, what
 * another price list or another choice of the tier gives. `null`: none of these.
 *
 * @param difference  billed less computed, in pico-units of `currency`
 * @param billed      pico-units
 */
export function costCause(
  { currency, difference, billed }: { readonly currency: string; readonly difference: bigint; readonly billed: bigint },
  expected: Expected,
  { prices, digit, lines }: { readonly prices: PriceRules; readonly digit: LastDigit; readonly lines: bigint },
): CostCause | null {
  const slack = digit.money(currency) * lines;
  if (absolute(difference) < slack) return { cause: 'rounding', text: '' };
  for (const { cause, text, costOf } of prices.others) {
    const cost = costOfAll(expected, costOf, currency);
    if (cost !== null && (cost === billed || absolute(billed - cost) < slack)) return { cause, text };
  }
  return null;
}

/** `null`: it does not price all of them in this currency. */
function costOfAll(
  { come, gone }: Expected,
  costOf: (record: CallRecord) => CallRecord['cost'],
  currency: string,
): bigint | null {
  const price = (records: readonly CallRecord[]) => records.map((record) => ({ cost: costOf(record) }));
  // a record without tokens has no price, and needs none where it is taken away again
  const [added, taken] = [price(less(come, gone)), price(less(gone, come))];
  if ([...added, ...taken].some(({ cost }) => cost?.currency !== currency)) return null;
  return addCosts(addCosts(new Map(), added, 1n), taken, -1n).get(currency) ?? 0n;
}

const less = (records: readonly CallRecord[], others: readonly CallRecord[]): readonly CallRecord[] => {
  const known = new Set(others);
  return records.filter((record) => !known.has(record));
};
