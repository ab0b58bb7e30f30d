/** What became more and what less since another period. */

import { divideHalfEven, formatFixed, parseDecimal } from '../pricing/decimal.js';
import { formatPico, toPico } from '../pricing/money.js';
import type { TokenSums } from './cell.js';
import type { Converted } from './converted.js';
import { byName, costTexts } from './costs.js';
import type { CostTexts, Usage } from './figures.js';
import { type Sums, totalOf } from './sums.js';

/** The figures of the period compared with. */
export interface PreviousFigures {
  readonly requests: bigint;
  readonly tokens: TokenSums & { readonly total: bigint | null };
  readonly cost: CostTexts;
  readonly unpriced: Usage;
  /** In the currency asked for. */
  readonly converted?: Converted;
}

/** A difference, and what part of the earlier figure it is. */
export interface Change<Amount> {
  /** Now less then; `null`: one of the two is not known. */
  readonly change: Amount | null;
  /** Percent of the earlier figure, decimal text of one decimal, rounded half-even; `new`: it was 0; `null`: not known. */
  readonly percent: string | null;
}

export interface Delta {
  readonly requests: Change<bigint>;
  readonly tokens: Change<bigint>;
  /** By currency, change as decimal text. */
  readonly cost: Readonly<Record<string, Change<string>>>;
  /** Of the amounts in the currency asked for; not known where a part of one could not be converted. */
  readonly converted?: Change<string>;
}

export interface Comparison {
  readonly previous: PreviousFigures;
  readonly delta: Delta;
}

/** `converted`, `convertedBefore`: the costs of both in one currency, where one is asked for. */
export const comparisonOf = (
  now: Sums,
  before: Sums,
  converted?: Converted,
  convertedBefore?: Converted,
): Comparison => ({
  previous: {
    requests: before.requests,
    tokens: { ...before.tokens, total: totalOf(before.tokens) },
    cost: costTexts(byName(costBefore(now, before))),
    unpriced: { events: before.unpricedEvents, tokens: before.unpricedTokens },
    ...(convertedBefore === undefined ? {} : { converted: convertedBefore }),
  },
  delta: {
    requests: changeOf(now.requests, before.requests),
    tokens: changeOf(tokensIn(now), tokensIn(before)),
    cost: costChanges(now, before),
    ...(converted === undefined || convertedBefore === undefined
      ? {}
      : { converted: moneyChange(picoOf(converted), picoOf(convertedBefore)) }),
  },
});

/** Pico-units; `null`: a part of it could not be converted. */
const picoOf = ({ amount, missing }: Converted): bigint | null =>
  amount === null || Object.keys(missing).length > 0 ? null : toPico(parseDecimal(amount));

/** Tokens, 0 where there is no usage at all; `null`: not reported. */
const tokensIn = ({ tokens, events }: Sums): bigint | null => totalOf(tokens) ?? (events === 0n ? 0n : null);

/** The cost before, with 0 in a currency that it only now has, where that is what it was. */
function costBefore(now: Sums, before: Sums): Map<string, bigint> {
  const cost = new Map(before.cost);
  for (const currency of now.cost.keys()) {
    const amount = amountIn(before, currency);
    if (amount !== null) cost.set(currency, amount);
  }
  return cost;
}

function costChanges(now: Sums, before: Sums): Delta['cost'] {
  const currencies = new Set([...now.cost.keys(), ...before.cost.keys()]);
  return byName(
    new Map(
      [...currencies].map((currency) => [currency, moneyChange(amountIn(now, currency), amountIn(before, currency))]),
    ),
  );
}

function moneyChange(now: bigint | null, before: bigint | null): Change<string> {
  const { change, percent } = changeOf(now, before);
  return { change: change === null ? null : formatPico(change), percent };
}

/** Pico-units; nothing in a currency is 0, unless there is usage without a price, which may have cost something in it. */
const amountIn = ({ cost, unpricedEvents }: Sums, currency: string): bigint | null =>
  cost.get(currency) ?? (unpricedEvents > 0n ? null : 0n);

/** @example changeOf(3n, 2n) // { change: 1n, percent: '50.0' } */
export function changeOf(now: bigint | null, before: bigint | null): Change<bigint> {
  if (now === null || before === null) return { change: null, percent: null };
  const change = now - before;
  if (before === 0n) return { change, percent: change === 0n ? '0.0' : 'new' };
  return { change, percent: formatFixed(divideHalfEven(change * 1000n, before < 0n ? -before : before), 1) };
}
