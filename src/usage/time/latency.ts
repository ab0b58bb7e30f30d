import { plainCount, quantityOf } from '../reading/count.js';

/** A latency in milliseconds, rounded to whole ones; `null` when not reported. Throws BAD_FIELD at `field`. */
export function latencyOf(value: unknown, field = 'latency_ms'): number | null {
  const plain = typeof value === 'string' ? plainCount(value) : -1;
  if (plain !== -1 && plain <= LARGEST_PLAIN_LATENCY) return plain;
  const millionths = quantityOf(value, field);
  return millionths === null ? null : Number((millionths + 500_000n) / 1_000_000n);
}

/** Some thirty years; larger ones are left to `quantityOf`, which has the limit. */
export const LARGEST_PLAIN_LATENCY = 1_000_000_000_000;

/** The same of one stated in seconds. */
export function latencyOfSeconds(value: unknown, field: string): number | null {
  const millionths = quantityOf(value, field);
  return millionths === null ? null : Number((millionths + 500n) / 1000n);
}
