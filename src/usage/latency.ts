import { quantityOf } from './count.js';

/** A latency in milliseconds, rounded to whole ones; `null` when not reported. Throws BAD_FIELD at `latency_ms`. */
export function latencyOf(value: unknown): number | null {
  const millionths = quantityOf(value, 'latency_ms');
  return millionths === null ? null : Number((millionths + 500_000n) / 1_000_000n);
}
