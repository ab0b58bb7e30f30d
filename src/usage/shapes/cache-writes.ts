import { badField } from '../../errors/usage-records.js';
import type { StatedCount } from './places.js';

/** Cache writes by lifetime; `null`: not reported. */
export interface CacheWrites {
  readonly cacheWrite5m: number | null;
  readonly cacheWrite1h: number | null;
}

/**
 * Cache writes from the total and the split by lifetime, either of which may be absent. What the split does not
 * explain was written for five minutes, the lifetime a caller gets without asking; a total of 0 beside a split is a filler.
 *
 * @throws BAD_FIELD when the split is more than the total
 */
export function cacheWritesOf(
  total: StatedCount | null,
  in5m: StatedCount | null,
  in1h: StatedCount | null,
): CacheWrites {
  if (in5m === null && in1h === null) return { cacheWrite5m: total?.count ?? null, cacheWrite1h: null };
  const split = (in5m?.count ?? 0) + (in1h?.count ?? 0);
  const rest = total === null || total.count === 0 ? 0 : total.count - split;
  if (rest < 0)
    throw badField(total!.field, total!.count, `is less than its parts, ${split}`, 'see which one is right');
  const none5m = in5m === null && rest === 0;
  return { cacheWrite5m: none5m ? null : (in5m?.count ?? 0) + rest, cacheWrite1h: in1h?.count ?? null };
}
