/** Figures against earlier ones: by how many percent, and by how much, they rose. */

import { shareOf } from '../percent.js';
import { pointsOf } from '../verdict.js';
import type { Rise } from './ledger-budget.js';

/** The most that is no rise: so many percent above the figure before, and at least the floor above it. */
export function mostWithin({ percent, floor }: Rise, before: bigint): bigint {
  const byPercent = before + (before > 0n ? shareOf(percent, before) : 0n);
  const byFloor = before + (floor === null ? 0n : pointsOf(floor));
  return byPercent > byFloor ? byPercent : byFloor;
}

/** By how many percent it rose, `25%`, rounded down; `before` above 0. */
export const percentMore = (now: bigint, before: bigint): string => `${((now - before) * 100n) / before}%`;
