/** Bills that are not complete yet. */

import { finalAt } from '../final-bills.js';
import type { CallRecord } from './call-record.js';
import type { Place } from './common-time.js';
import type { Finding } from './finding.js';
import { NO_MONEY } from './money-sums.js';
import { NO_SUMS, sumOfAll, totalOf } from './token-sums.js';

/** Whether the month of a record may still get lines on the provider's bill, as far as the provider says when that is. */
export const preliminaryAt =
  (now: number) =>
  ({ at, provider }: Pick<CallRecord, 'at' | 'provider'>): boolean =>
    provider.startsWith('alibaba') && now < finalAt(at);

/** Usage after the last cell of a bill: outside of what is compared, so no difference; `null`: there is none. */
export function lateFinding(after: readonly CallRecord[], textOf: (record: CallRecord) => string): Finding | null {
  if (after.length === 0) return null;
  return {
    cause: 'late_bill',
    requests: after.length,
    tokens: totalOf(sumOfAll(after)),
    difference: NO_SUMS,
    cost: NO_MONEY,
    evidence: [...new Set(after.map(textOf))].sort(),
  };
}

/** What of a recording lies outside of the common time. */
export type Outside = Readonly<Record<Exclude<Place, 'inside'>, readonly CallRecord[]>>;
