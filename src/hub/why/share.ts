/** Parts of a figure: what of its events, tokens and cost comes from one rule, price, recording or file. */

import { formatPico } from '../../pricing/money.js';
import { type ReadTrace, tokensOf } from './trace.js';

/** Tokens are those of views read for tokens, costs of those read for money; events are read for either. */
export interface Share {
  readonly events: bigint;
  readonly tokens: bigint;
  /** Exact decimal text by currency, in alphabetical order. */
  readonly cost: Readonly<Record<string, string>>;
}

export const isInFigure = ({ reading }: ReadTrace): boolean => reading.tokens || reading.money;

/** What traces are of the figure. */
export function shareOf(parts: readonly ReadTrace[]): Share {
  const read = parts.filter(isInFigure);
  const money = read.flatMap(({ trace, reading }) => (reading.money && trace.cost !== null ? [trace.cost] : []));
  return {
    events: read.reduce((sum, { trace }) => sum + trace.events, 0n),
    tokens: read.reduce((sum, { trace, reading }) => sum + (reading.tokens ? tokensOf(trace.tokens) : 0n), 0n),
    cost: amountsByCurrency(money),
  };
}

/** Exact sums, currency by currency. */
function amountsByCurrency(amounts: readonly { readonly currency: string; readonly pico: bigint }[]) {
  const sums = new Map<string, bigint>();
  for (const { currency, pico } of amounts) sums.set(currency, (sums.get(currency) ?? 0n) + pico);
  return Object.fromEntries([...sums].sort(byKey).map(([currency, pico]) => [currency, formatPico(pico)]));
}

const byKey = ([a]: readonly [string, bigint], [b]: readonly [string, bigint]): number => (a < b ? -1 : 1);

/** Groups in the order of their first parts. */
export function grouped<T>(parts: readonly T[], keyOf: (part: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const part of parts) {
    const key = keyOf(part);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [part]);
    else known.push(part);
  }
  return [...groups.values()];
}

/** The larger share first: by tokens, then by events. */
export const largerFirst = (a: Share, b: Share): number =>
  a.tokens === b.tokens ? compare(b.events, a.events) : compare(b.tokens, a.tokens);

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
