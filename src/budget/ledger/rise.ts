/** Figures against earlier ones: by how many percent, and by how much, they rose. */

import { shareOf } from '../percent.js';
import { pointsOf } from '../verdict.js';
import type { Rise } from './ledger-budget.js';

/** The most that is no rise: so many percent above the figure before, and at least the floor above it. */
export const mostWithin = (rise: Rise, before: bigint): bigint => mostOf(rise, before, 1n);

/** The same of half a figure, which need not be whole: the half is taken last, and rounded down. */
export const mostWithinHalf = (rise: Rise, twice: bigint): bigint => mostOf(rise, twice, 2n) >> 1n;

function mostOf({ percent, floor }: Rise, before: bigint, floors: bigint): bigint {
  const byPercent = before + (before > 0n ? shareOf(percent, before) : 0n);
  const byFloor = before + (floor === null ? 0n : floors * pointsOf(floor));
  return byPercent > byFloor ? byPercent : byFloor;
}

/** By how many percent it rose, `25%`, rounded down; `before` above 0. */
export const percentMore = (now: bigint, before: bigint): string => `${((now - before) * 100n) / before}%`;
