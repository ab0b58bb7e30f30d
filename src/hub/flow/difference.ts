/** What became of tokens from one stage to the next. */

import { divideHalfEven, formatFixed } from '../../pricing/decimal.js';
import { commonDays, type RecordingDays } from './common-days.js';
import type { FlowCell, FlowTokens } from './flow-cell.js';
import { addTokens, NO_TOKENS, plus, totalOf } from './token-sums.js';

export interface Change {
  /** From 0; which way is in `is`. */
  readonly tokens: bigint;
  /** Of the earlier stage, decimal text of one decimal, rounded half-even; `null`: there it is 0. */
  readonly percent: string | null;
  /** The later stage has fewer, more or as many. */
  readonly is: 'lost' | 'more' | 'same';
}

type ByClass<T> = Readonly<Record<keyof FlowTokens | 'total', T>>;

/** What only one side covers, a day, a model or a unit, is in `notCompared`: it is no loss. */
export interface Difference {
  /** `null`: there is nothing to compare. */
  readonly compared: {
    /** Days that both cover. */
    readonly days: number;
    readonly before: ByClass<bigint | null>;
    readonly after: ByClass<bigint | null>;
    /** `null`: one of the two does not report it. */
    readonly change: ByClass<Change | null>;
  } | null;
  /** `null`: the stage recorded nothing. */
  readonly notCompared: { readonly before: bigint | null; readonly after: bigint | null };
}

/** Tokens of two stages, as far as they can be compared, and the others. */
export interface Comparison {
  readonly days: ReadonlySet<string>;
  readonly before: FlowTokens;
  readonly after: FlowTokens;
  readonly rest: Difference['notCompared'];
}

export const NO_COMPARISON: Comparison = {
  days: new Set(),
  before: NO_TOKENS,
  after: NO_TOKENS,
  rest: { before: null, after: null },
};

/** Cells of one model, or of one model and unit, at two stages. */
export function compareStages(
  beforeCells: readonly FlowCell[],
  afterCells: readonly FlowCell[],
  daysOf: RecordingDays,
): Comparison {
  const [counted, countedAfter] = [beforeCells.filter(isCounted), afterCells.filter(isCounted)];
  const days = commonDays(counted, countedAfter, daysOf);
  const [before, after] = [divide(counted, days), divide(countedAfter, days)];
  return { days, before: before.within, after: after.within, rest: { before: before.rest, after: after.rest } };
}

/** Nothing of it is compared. */
export const uncompared = (before: readonly FlowCell[], after: readonly FlowCell[]): Comparison => ({
  ...NO_COMPARISON,
  rest: {
    before: divide(before.filter(isCounted), NO_DAYS).rest,
    after: divide(after.filter(isCounted), NO_DAYS).rest,
  },
});

const NO_DAYS: ReadonlySet<string> = new Set();

const isCounted = ({ reads }: FlowCell): boolean => reads.tokens;

/** @returns  `rest`: all tokens of the cells outside of the days; `null`: there are no cells */
function divide(cells: readonly FlowCell[], days: ReadonlySet<string>) {
  let [within, rest] = [NO_TOKENS, cells.length === 0 ? null : 0n];
  for (const { days: own, tokens } of cells)
    if (own.every((day) => days.has(day))) within = addTokens(within, tokens);
    else rest = plus(rest, totalOf(tokens));
  return { within, rest };
}

export const addComparisons = (a: Comparison, b: Comparison): Comparison => ({
  days: new Set([...a.days, ...b.days]),
  before: addTokens(a.before, b.before),
  after: addTokens(a.after, b.after),
  rest: { before: plus(a.rest.before, b.rest.before), after: plus(a.rest.after, b.rest.after) },
});

export function differenceOf({ days, before, after, rest }: Comparison): Difference {
  if (days.size === 0) return { compared: null, notCompared: rest };
  const [first, second] = [withTotal(before), withTotal(after)];
  return {
    compared: {
      days: days.size,
      before: first,
      after: second,
      change: byClass((name) => change(first[name], second[name])),
    },
    notCompared: rest,
  };
}

const withTotal = (tokens: FlowTokens): ByClass<bigint | null> => ({ ...tokens, total: totalOf(tokens) });

const byClass = <T>(of: (name: keyof FlowTokens | 'total') => T): ByClass<T> => ({
  input: of('input'),
  cacheRead: of('cacheRead'),
  cacheWrite: of('cacheWrite'),
  output: of('output'),
  reasoning: of('reasoning'),
  total: of('total'),
});

/** @example change(200n, 150n) // { tokens: 50n, percent: '25.0', is: 'lost' } */
function change(before: bigint | null, after: bigint | null): Change | null {
  if (before === null || after === null) return null;
  const tokens = after > before ? after - before : before - after;
  return {
    tokens,
    percent: before === 0n ? null : formatFixed(divideHalfEven(tokens * 1000n, before), 1),
    is: after < before ? 'lost' : after > before ? 'more' : 'same',
  };
}
