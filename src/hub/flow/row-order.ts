/** The order of the rows of a flow. */

import type { FlowDimension, FlowRow } from './fold-flow.js';

/**
 * Rows of one value of the first dimension stand together; those of more tokens first, by the stage that has the most,
 * then by name.
 */
export function inOrder(rows: readonly FlowRow[], [first = 'model', second]: readonly FlowDimension[]): FlowRow[] {
  const largest = new Map<string, bigint>();
  for (const row of rows) {
    const [name, tokens] = [row[first] ?? '', tokensOf(row)];
    if (tokens > (largest.get(name) ?? -1n)) largest.set(name, tokens);
  }
  return [...rows].sort(
    (a, b) =>
      descending(largest.get(a[first] ?? '')!, largest.get(b[first] ?? '')!) ||
      byName(a[first] ?? '', b[first] ?? '') ||
      descending(tokensOf(a), tokensOf(b)) ||
      (second === undefined ? 0 : byName(a[second] ?? '', b[second] ?? '')),
  );
}

/** Of the stage that recorded most; stages are not added. */
export const tokensOf = ({ stages }: Pick<FlowRow, 'stages'>): bigint =>
  Object.values(stages).reduce((most, stage) => {
    const tokens = stage?.tokens.total ?? 0n;
    return tokens > most ? tokens : most;
  }, 0n);

const descending = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);
const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
