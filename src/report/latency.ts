/**
 * Latencies as a histogram of log-spaced buckets, from which percentiles are told within a known error, however many
 * calls there are, and which add up whatever they are grouped by.
 */

/** Calls by bucket. */
export type LatencyHistogram = ReadonlyMap<number, bigint>;

/** Buckets to each doubling: each is 9.05% wider than the one before. */
const PER_DOUBLING = 8;

/** Latencies below 1 ms. */
const INSTANT = 0;

/** A percentile may be off by this part of itself: half a bucket, 2^(1/16) - 1 = 4.43%, and its rounding. */
export const LATENCY_ERROR = '0.045';

/**
 * The bucket of a latency. Bucket b from 1 on holds `[2^((b-1)/8), 2^(b/8))` ms, bucket 0 what is below 1 ms.
 *
 * @param ms  from 0
 */
export const bucketOf = (ms: number): number => (ms < 1 ? INSTANT : 1 + Math.floor(PER_DOUBLING * Math.log2(ms)));

/** The latency, in ms, that stands for all of a bucket: its geometric middle, at four digits; 0 for bucket 0. */
export const latencyAt = (bucket: number): number =>
  bucket === INSTANT ? 0 : Number((2 ** ((bucket - 0.5) / PER_DOUBLING)).toPrecision(4));

/** Both histograms together; `null` where neither is known. */
export function addLatency(a: LatencyHistogram | null, b: LatencyHistogram | null): LatencyHistogram | null {
  if (a === null || b === null) return a ?? b;
  const sum = new Map(a);
  for (const [bucket, calls] of b) sum.set(bucket, (sum.get(bucket) ?? 0n) + calls);
  return sum;
}

export interface LatencyFigures {
  /** Calls whose latency is known. */
  readonly count: bigint;
  /** Milliseconds that this part of the calls did not exceed; `null` when none is known. */
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  /** Each may be off by this part of itself, decimal text. */
  readonly error: string;
}

export function latencyFigures(histogram: LatencyHistogram): LatencyFigures {
  const at = (percent: bigint): number | null => percentile(histogram, percent);
  return { count: countOf(histogram), p50: at(50n), p95: at(95n), p99: at(99n), error: LATENCY_ERROR };
}

const countOf = (histogram: LatencyHistogram): bigint =>
  [...histogram.values()].reduce((sum, calls) => sum + calls, 0n);

/**
 * The nearest-rank percentile: the latency of the call at place `ceil(count × percent / 100)`, slowest last.
 *
 * @param percent  1n to 100n
 */
export function percentile(histogram: LatencyHistogram, percent: bigint): number | null {
  const rank = (countOf(histogram) * percent + 99n) / 100n;
  let seen = 0n;
  for (const [bucket, calls] of [...histogram].sort(([a], [b]) => a - b)) {
    seen += calls;
    if (seen >= rank && calls > 0n) return latencyAt(bucket);
  }
  return null;
}
