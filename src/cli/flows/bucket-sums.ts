import { sumOfBuckets } from '../../usage/bucket.js';
import type { UsageEvent } from '../../usage/event.js';
import { bucketIdOf } from './entries.js';

/** A daily bucket and the line of its first row. */
export interface Bucket {
  readonly event: UsageEvent;
  readonly record: number;
}

/** Buckets handed over at a time. */
const BATCH = 10_000;

/**
 * Sums the daily buckets of one file. The ledger keeps the larger of two records of a bucket, which is right for a file
 * exported again but not for the rows of one file, so these are added before it sees them, at the end of the file.
 *
 * Memory: one event per bucket, however many rows each has.
 */
export function bucketSums() {
  const buckets = new Map<string, Bucket>();
  /** Throws BAD_FIELD, and adds nothing, when the row cannot be added to the rows before it. */
  function add(event: UsageEvent, record: number): void {
    const id = bucketIdOf(event);
    const sum = buckets.get(id);
    buckets.set(id, sum === undefined ? { event, record } : { ...sum, event: sumOfBuckets(sum.event, event) });
  }
  /** All buckets in order of their first rows, in batches. */
  function* batches(): Generator<readonly Bucket[]> {
    let batch: Bucket[] = [];
    for (const bucket of buckets.values()) {
      batch.push(bucket);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  }
  return { add, batches };
}
