/** What cells tell of usage. A bill tells of no requests and a log of grains of no tokens: what is not told is not 0. */

import type { Cell } from './cell.js';
import type { ReadCell } from './sum-cells.js';
import { totalOf } from './sums.js';

/** Whether any of what is read is usage; lines of money beside it are none. */
export const hasUsage = (cells: readonly ReadCell[]): boolean =>
  cells.some(({ cell, reading }) => reading.tokens && isUsage(cell));

export const isUsage = ({ charge, requests, usedEvents, planEvents }: Cell): boolean =>
  charge === 'usage' && (requests > 0n || usedEvents + planEvents > 0n);

/**
 * Requests of what is read; `null`: of some of the tokens they are not told. Other quantities may be told apart from the
 * calls they are of; where usage has no requests at all, 0 means that they are not told, either.
 */
export function requestsTold(cells: readonly ReadCell[]): bigint | null {
  const used = cells.filter(({ cell, reading }) => reading.tokens && isUsage(cell));
  if (used.some(({ cell }) => cell.requests === 0n && (totalOf(cell.tokens) ?? 0n) > 0n)) return null;
  return used.reduce((sum, { cell }) => sum + cell.requests, 0n);
}
