/** How large a measure is, in what its limit is in: tokens, or pico-units of a currency. */

import type { InputCount } from '../../pricing/estimate.js';
import { shareOf } from '../percent.js';
import { type Figure, warnLimit } from '../verdict.js';
import type { FileBudget, Tolerance } from './file-budget.js';
import type { KnownLimit } from './limit-in-force.js';

/** `low`: the least it can be over the band of an approximate count. */
export interface Size {
  readonly value: bigint;
  readonly low: bigint;
}

/** What a size is judged by, in what it is measured in. */
export interface Bounds {
  readonly limit: bigint;
  /** Above it a verdict warns; `null`: only above the limit. */
  readonly warnAt: bigint | null;
  /** Limit and tolerance together. */
  readonly tolerated: bigint;
}

type MaybeSize = (Size & { readonly known: true }) | { readonly known: false; readonly reason: string };

export function sizeOf(range: InputCount, limit: KnownLimit): MaybeSize {
  if (limit.of === 'tokens') return { known: true, value: BigInt(range.tokens), low: BigInt(range.low) };
  const cost = limit.costOf(range);
  return cost.known ? { known: true, value: cost.pico, low: cost.low } : cost;
}

/** A limit as a whole number of what it is measured in. */
const pointsIn = (limit: KnownLimit): bigint => (limit.of === 'tokens' ? limit.tokens : limit.cost.pico);

/** Such a whole number as verdicts carry it. */
export const figureIn = (limit: KnownLimit, points: bigint): Figure =>
  limit.of === 'tokens' ? points : { currency: limit.cost.currency, pico: points, text: null };

export function boundsOf({ warn, tolerance }: FileBudget, limit: KnownLimit): Bounds {
  const points = pointsIn(limit);
  return { limit: points, warnAt: warnLimit(warn, points), tolerated: points + toleratedBy(tolerance, points) };
}

/** How far over the limit only warns; a share is rounded down. Tokens are of a limit in tokens alone. */
function toleratedBy(tolerance: Tolerance | null, limit: bigint): bigint {
  if (tolerance === null) return 0n;
  return 'percent' in tolerance ? shareOf(tolerance.percent, limit) : BigInt(tolerance.tokens);
}
