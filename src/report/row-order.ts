import { isTime } from './dimensions.js';
import { groupBy } from './group-by.js';
import type { Dimension } from './query.js';
import { type Sums, totalOf } from './sums.js';

/** One row to be: the values of its dimensions and its sums. */
export interface Group {
  readonly values: readonly (string | null)[];
  readonly sums: Sums;
}

/**
 * Rows in reading order: dimension by dimension as asked for, so that rows of one value stand together. Days, weeks and
 * months ascend; other values go by cost in the first currency, highest first, then tokens, then name.
 */
export function orderRows(groups: readonly Group[], by: readonly Dimension[]): Group[] {
  const currency = firstCurrency(groups);
  const ordered = (part: readonly Group[], depth: number): readonly Group[] => {
    const dimension = by[depth];
    if (dimension === undefined) return part;
    const blocks = [...groupBy(part, ({ values }) => JSON.stringify(values[depth])).values()];
    return blocks
      .map((rows) => ({ rows, name: rows[0]!.values[depth] ?? null, ...weightOf(rows, currency) }))
      .sort(isTime(dimension) ? byName : byWeight)
      .flatMap(({ rows }) => ordered(rows, depth + 1));
  };
  return [...ordered(groups, 0)];
}

interface Block {
  readonly name: string | null;
  readonly pico: bigint;
  readonly tokens: bigint;
}

const firstCurrency = (groups: readonly Group[]): string =>
  [...new Set(groups.flatMap(({ sums }) => [...sums.cost.keys()]))].sort()[0] ?? '';

const weightOf = (rows: readonly Group[], currency: string): Pick<Block, 'pico' | 'tokens'> => ({
  pico: rows.reduce((sum, { sums }) => sum + (sums.cost.get(currency) ?? 0n), 0n),
  tokens: rows.reduce((sum, { sums }) => sum + (totalOf(sums.tokens) ?? 0n), 0n),
});

const byWeight = (a: Block, b: Block): number =>
  descending(a.pico, b.pico) || descending(a.tokens, b.tokens) || byName(a, b);

const descending = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);

/** Missing names last. */
function byName({ name: a }: Block, { name: b }: Block): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : a > b ? 1 : 0;
}
