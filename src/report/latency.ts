/** Histogram of latencies in steps of a factor 2^(1/8): a value is known within 4.5%. */

/** The step a latency falls into; 0 for a millisecond and less. */
export const bucketOf = (ms: number): number => (ms <= 1 ? 0 : Math.ceil(Math.log2(ms) * 8));
