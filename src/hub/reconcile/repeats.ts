/** More than one record of a request in one recording: attempts, or the same call twice. */

import type { CallRecord } from './call-record.js';

interface Repeats {
  /** The record that is compared. */
  readonly first: CallRecord;
  /** Further attempts, which were calls of their own. */
  readonly attempts: readonly CallRecord[];
  /** Further records without an attempt of their own. */
  readonly copies: readonly CallRecord[];
}

/**
 * Tells attempts from copies: an attempt is one only where its number is on record and no record before it has that
 * number. Compared is the record most like the other side's, else the first.
 *
 * @param records  at least one
 */
export function repeatsOf(records: readonly CallRecord[], other: CallRecord | null): Repeats {
  if (records.length === 1) return { first: records[0]!, attempts: [], copies: [] };
  const seen = new Set<number>();
  const calls: CallRecord[] = [];
  const copies: CallRecord[] = [];
  for (const record of records) {
    const isCopy = calls.length > 0 && (record.attempt === null || seen.has(record.attempt));
    if (record.attempt !== null) seen.add(record.attempt);
    (isCopy ? copies : calls).push(record);
  }
  const first = calls.find((call) => other !== null && isAlike(call, other)) ?? calls[0]!;
  return { first, attempts: calls.filter((call) => call !== first), copies };
}

const isAlike = ({ tokens: a }: CallRecord, { tokens: b }: CallRecord): boolean =>
  a.input === b.input && a.cacheRead === b.cacheRead && a.output === b.output;
