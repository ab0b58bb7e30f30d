import { sumOfBuckets } from '../../usage/bucket.js';
import type { UsageEvent } from '../../usage/event.js';
import { bucketIdOf } from './entries.js';

/** A daily bucket and the line of its first row. */
export interface Bucket {
  readonly event: UsageEvent;
  readonly record: number;
}

/** A bucket with what its rows say of its requests: one with tokens how many there were, one with some nothing. */
interface Sum extends Bucket {
  readonly isTold: boolean;
  readonly isUntold: boolean;
}

/**
 * Sums the daily buckets of one file. The ledger keeps the larger of two records of a bucket, which is right for a file
 * exported again but not for the rows of one file, so these are added before it sees them, at the end of the file.
 *
 * Memory: one event per bucket, however many rows each has.
 */
export function bucketSums() {
  const buckets = new Map<string, Sum>();
  /** Throws BAD_FIELD, and adds nothing, when the row cannot be added to the rows before it. */
  function add(event: UsageEvent, record: number): void {
    const id = bucketIdOf(event);
    const sum = buckets.get(id);
    const counts = Object.values(event.tokens).filter((count) => count !== null);
    buckets.set(id, {
      event: sum === undefined ? event : sumOfBuckets(sum.event, event),
      record: sum?.record ?? record,
      isTold: (counts.length > 0 && event.requests > 0) || sum?.isTold === true,
      isUntold: (counts.some((count) => count > 0) && event.requests === 0) || sum?.isUntold === true,
    });
  }
  /** All buckets in order of their first rows. */
  function* all(): Generator<Bucket> {
    for (const { event, record, isTold, isUntold } of buckets.values()) {
      // One request beside tokens of an unknown number of others is not a bucket of one request.
      const isMore = isTold && isUntold && event.requests === 1;
      yield { event: isMore ? { ...event, requests: 0 } : event, record };
    }
  }
  return { add, all };
}
