/** What a sum of many holds beyond a sum of some of them, without adding up the rest. */

import { cellKey, isOfKey } from './cell-key.js';
import type { CellRow } from './cells.js';

const CLASSES = ['input', 'cache_read', 'cache_write', 'output', 'reasoning'] as const;

/** Columns that say how many events reported a class of tokens: none of the rest may have. */
export const REPORTED: readonly string[] = CLASSES.map(
  (name) => `SUM(iif(u.${name} IS NULL, 0, u.events)) AS ${name}_events`,
);

/** @param all, some  rows of `cellSql` by the same cells, with the columns `REPORTED` and plain sums */
export function rowsBeyond(all: readonly CellRow[], some: readonly CellRow[]): CellRow[] {
  const known = new Map(some.map((row) => [cellKey(row), row]));
  return all
    .map((row) => {
      const part = known.get(cellKey(row));
      return part === undefined ? row : less(row, part);
    })
    .filter(({ events }) => events !== 0n);
}

/** Everything that is no sum of both is of the cell. */
function less(row: CellRow, part: CellRow): CellRow {
  const rest: Record<string, unknown> = { ...row };
  for (const [name, value] of Object.entries(row)) {
    const taken = part[name];
    if (!isOfKey(name) && typeof value === 'bigint' && typeof taken === 'bigint') rest[name] = value - taken;
  }
  for (const name of CLASSES) if (rest[`${name}_events`] === 0n) rest[`${name}_sum`] = null;
  return rest as CellRow;
}
