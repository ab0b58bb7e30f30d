/** The order of a report's rows. */

import { badOption } from '../errors/command-line.js';
import { groupBy } from '../group-by.js';
import { type Dimension, isTime } from './dimension.js';
import { type Sums, totalOf } from './sums.js';

export const SORT_KEYS = ['cost', 'tokens', 'requests', 'name', 'input', 'output', 'unpriced'] as const;

export interface Sort {
  readonly key: (typeof SORT_KEYS)[number];
  readonly direction: 'asc' | 'desc';
}

/** One row to be: the values of its dimensions and its sums. */
interface Group {
  readonly values: readonly (string | null)[];
  readonly sums: Sums;
  /** Its cost in the currency asked for, pico-units; `null`: no currency was asked for. */
  readonly converted: bigint | null;
}

/**
 * Rows in reading order: dimension by dimension as asked for, so that rows of one value stand together. Days, weeks and
 * months ascend; other values go by cost in the currency asked for, else in the first one, highest first, then tokens,
 * then name.
 */
export function orderRows<G extends Group>(groups: readonly G[], by: readonly Dimension[]): G[] {
  const currency = firstCurrency(groups);
  const ordered = (part: readonly G[], depth: number): readonly G[] => {
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

/**
 * Rows by one figure, whatever their dimensions; equal ones by cost or tokens, then name.
 *
 * @throws BAD_OPTION for cost in several currencies: amounts of two currencies have no order
 */
export function sortRows<G extends Group>(groups: readonly G[], { key, direction }: Sort, flag: string): G[] {
  const currency = key === 'cost' ? onlyCurrency(groups, flag) : firstCurrency(groups);
  const weighed = groups.map((group) => ({ group, names: group.values, ...weightOf([group], currency) }));
  const figure = (each: (typeof weighed)[number]): bigint => figureOf(key, each.group.sums, each.pico);
  const compare = (a: (typeof weighed)[number], b: (typeof weighed)[number]): number =>
    key === 'name' ? byNames(a, b) : -descending(figure(a), figure(b));
  const sign = direction === 'asc' ? 1 : -1;
  return weighed
    .sort(
      (a, b) => sign * compare(a, b) || descending(a.pico, b.pico) || descending(a.tokens, b.tokens) || byNames(a, b),
    )
    .map(({ group }) => group);
}

function figureOf(key: Exclude<Sort['key'], never>, sums: Sums, pico: bigint): bigint {
  switch (key) {
    case 'tokens':
      return totalOf(sums.tokens) ?? 0n;
    case 'requests':
      return sums.requests;
    case 'input':
      return sums.tokens.input ?? 0n;
    case 'output':
      return sums.tokens.output ?? 0n;
    case 'unpriced':
      return sums.unpricedTokens;
    default:
      return pico;
  }
}

function onlyCurrency(groups: readonly Group[], flag: string): string {
  const currencies = currenciesOf(groups);
  if (currencies.length > 1 && groups.some(({ converted }) => converted === null))
    throw badOption(
      flag,
      'cost',
      `would compare amounts in ${currencies.join(' and ')}`,
      'convert them: --currency USD --rates FILE; or order by another figure: --sort tokens',
    );
  return currencies[0] ?? '';
}

interface Block {
  readonly name: string | null;
  readonly pico: bigint;
  readonly tokens: bigint;
}

const currenciesOf = (groups: readonly Group[]): string[] =>
  [...new Set(groups.flatMap(({ sums }) => [...sums.cost.keys()]))].sort();

const firstCurrency = (groups: readonly Group[]): string => currenciesOf(groups)[0] ?? '';

const weightOf = (rows: readonly Group[], currency: string): Pick<Block, 'pico' | 'tokens'> => ({
  pico: rows.reduce((sum, { sums, converted }) => sum + (converted ?? sums.cost.get(currency) ?? 0n), 0n),
  tokens: rows.reduce((sum, { sums }) => sum + (totalOf(sums.tokens) ?? 0n), 0n),
});

const byWeight = (a: Block, b: Block): number =>
  descending(a.pico, b.pico) || descending(a.tokens, b.tokens) || byName(a, b);

const descending = (a: bigint, b: bigint): number => (a > b ? -1 : a < b ? 1 : 0);

const byName = ({ name: a }: Pick<Block, 'name'>, { name: b }: Pick<Block, 'name'>): number => compareNames(a, b);

function byNames({ names: a }: { names: Group['values'] }, { names: b }: { names: Group['values'] }): number {
  for (const [i, name] of a.entries()) {
    const order = compareNames(name, b[i] ?? null);
    if (order !== 0) return order;
  }
  return 0;
}

/** Missing names last. Of an hour that the clocks show twice, the one of the greater offset comes first. */
function compareNames(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const [hourA, offsetA] = hourOf(a);
  const [hourB, offsetB] = hourOf(b);
  if (hourA === hourB && offsetA !== offsetB) return offsetB - offsetA;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An hour and the minutes of its offset; any other name has offset 0. */
function hourOf(name: string): readonly [string, number] {
  const [, hour, sign, hours, minutes] = /^(\d{4}-\d{2}-\d{2}T\d{2})([+-])(\d{2}):(\d{2})$/.exec(name) ?? [];
  if (hour === undefined) return [name, 0];
  return [hour, (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))];
}
