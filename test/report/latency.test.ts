import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addLatency,
  bucketOf,
  LATENCY_ERROR,
  latencyAt,
  latencyFigures,
  percentile,
} from '../../src/report/latency.js';

const histogramOf = (...latencies: readonly number[]): Map<number, bigint> => {
  const histogram = new Map<number, bigint>();
  for (const ms of latencies) histogram.set(bucketOf(ms), (histogram.get(bucketOf(ms)) ?? 0n) + 1n);
  return histogram;
};

describe('a latency', () => {
  test('is within 4.5% of the one that stands for its bucket', () => {
    const isNear = (ms: number) => Math.abs(latencyAt(bucketOf(ms)) - ms) <= Number(LATENCY_ERROR) * ms;
    for (let ms = 1; ms <= 100_000; ms++) if (!isNear(ms)) expect(ms).toBe('near');
    fc.assert(fc.property(fc.double({ min: 1, max: 1e12, noNaN: true }), isNear));
  });

  test.each([
    [0, 0],
    [0.5, 0],
    [1, 1], // [1, 1.09)
    [2, 9], // 1 + 8 x log2(2)
    [1023.9, 80],
    [1024, 81], // 1 + 8 x 10
  ])('of %d ms is in bucket %i', (ms, bucket) => {
    expect(bucketOf(ms)).toBe(bucket);
  });
});

describe('percentiles', () => {
  test('are those of the nearest rank', () => {
    // 1 to 100 ms, one call each: the 50th is 50 ms, the 95th 95 ms, the 99th 99 ms, each within 4.5%.
    const { count, p50, p95, p99, error } = latencyFigures(
      histogramOf(...Array.from({ length: 100 }, (_, i) => i + 1)),
    );
    expect([count, error]).toEqual([100n, '0.045']);
    expect(p50).toBe(latencyAt(bucketOf(50)));
    expect(p95).toBe(latencyAt(bucketOf(95)));
    expect(p99).toBe(latencyAt(bucketOf(99)));
  });

  test('of two calls are the lower and the higher one', () => {
    const two = histogramOf(10, 1000);
    expect([percentile(two, 50n), percentile(two, 51n)]).toEqual([latencyAt(bucketOf(10)), latencyAt(bucketOf(1000))]);
  });

  test('of no calls are not known', () => {
    expect(latencyFigures(new Map())).toMatchObject({ count: 0n, p50: null, p95: null, p99: null });
  });

  test('of histograms added are those of all calls', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1e6)), fc.array(fc.nat(1e6)), (a, b) => {
        expect(addLatency(histogramOf(...a), histogramOf(...b))).toEqual(histogramOf(...a, ...b));
      }),
    );
    expect(addLatency(null, histogramOf(5))).toEqual(histogramOf(5));
    expect(addLatency(null, null)).toBe(null);
  });
});
