/** What the cost of a figure was made of: tokens times rates, amounts as stated, plans, and what has no price. */

import type { Basis, PriceRef } from '../../pricing/cost.js';
import { linesOf, THINKING_RULE } from '../../pricing/cost-lines.js';
import { addDecimals, type Decimal, formatDecimal } from '../../pricing/decimal.js';
import type { Charge } from '../../usage/event.js';
import type { ListedPrice, PricedTrace } from './listed-price.js';
import { grouped, largerFirst, type Share, shareOf } from './share.js';
import { type ReadTrace, type Trace, tokensOf } from './trace.js';

/** Tokens of one class at one rate. */
export interface RateLine {
  /** `input`, `cached input`, `thinking output`, ... */
  readonly class: string;
  /** Decimal text: a price of audio may be of parts of tokens. */
  readonly tokens: string;
  /** Per million tokens. */
  readonly rate: string;
  readonly amount: string;
}

/** Tokens times the rates that lists have now, beside the amount stored. */
export interface Product {
  readonly lines: readonly RateLine[];
  readonly sum: string;
  readonly currency: string;
  /**
   * `exact`: it is the stored amount. `rounding`: each event was rounded once, by no more than half a pico-unit, which is
   * all of the difference. `differs`: the lists have changed since.
   */
  readonly agrees: 'exact' | 'rounding' | 'differs';
  /** Sum less the amount stored. */
  readonly difference: string;
  /** Whether lists still have the price that was stored. */
  readonly isSame: boolean;
  /** Where the rates stand. */
  readonly reference: string;
}

/** Usage whose cost was found in one way. */
export interface PriceUse extends Share {
  /** `unused`: records of no usage, which cost nothing. */
  readonly state: 'computed' | 'billed' | 'claimed' | 'covered' | 'unpriced' | 'unused';
  readonly model: string;
  readonly provider: string;
  readonly mode: string;
  readonly charge: Charge;
  /** Of a computed cost. */
  readonly price: PriceRef | null;
  readonly basis: Basis | null;
  /** Why there is no cost; the plan that covered it; `null`: there is one. */
  readonly reason: string | null;
  /** Tokens of all events of it, whether the figure has their tokens from here or from another view. */
  readonly usedTokens: bigint;
  readonly product: Product | null;
  /** Why there is no product of a computed cost. */
  readonly noProduct: string | null;
}

/** What costs of the views read for money were made of, the larger first. */
export function priceUses(parts: readonly ReadTrace[], listed: (trace: PricedTrace) => ListedPrice): PriceUse[] {
  const read = parts.filter(({ reading }) => reading.money);
  const priced = read.map((part) => ({ part, listed: isComputed(part.trace) ? listed(part.trace) : null }));
  return grouped(priced, ({ part: { trace }, listed }) => keyOf(trace, listed))
    .map(useOf)
    .sort(largerFirst);
}

interface Priced {
  readonly part: ReadTrace;
  readonly listed: ListedPrice | null;
}

const isComputed = (trace: Trace): trace is PricedTrace => trace.cost?.kind === 'computed' && trace.computed.known;

function stateOf({ cost, computed, usedEvents }: Trace): PriceUse['state'] {
  if (cost !== null) return cost.kind;
  if (!computed.known && computed.plan !== undefined) return 'covered';
  return usedEvents === 0n ? 'unused' : 'unpriced';
}

/** Where no amount of the kind asked for is stated, though one was computed, that is the reason. */
function reasonOf(trace: Trace): string | null {
  if (trace.cost !== null || stateOf(trace) === 'unused') return null;
  return trace.computed.known ? 'no such amount is stated' : trace.computed.reason;
}

const keyOf = (trace: Trace, listed: ListedPrice | null): string => {
  const { model, provider, mode, charge, computed, cost } = trace;
  const ref = isComputed(trace) && computed.known ? [computed.price, computed.basis] : reasonOf(trace);
  const now = listed === null ? null : listed.known ? [listed.isSame, listed.price.reference, listed.tier] : listed;
  return JSON.stringify([stateOf(trace), cost?.currency, model, provider, mode, charge, ref, now]);
};

function useOf(group: readonly Priced[]): PriceUse {
  const { trace } = group[0]!.part;
  const { listed } = group[0]!;
  const { model, provider, mode, charge, computed } = trace;
  const terms = isComputed(trace) && computed.known ? computed : null;
  const product = listed?.known
    ? productOf(
        group.map(({ part }) => part.trace),
        listed,
      )
    : null;
  return {
    state: stateOf(trace),
    ...{ model, provider, mode, charge },
    price: terms?.price ?? null,
    basis: terms?.basis ?? null,
    reason: reasonOf(trace),
    ...shareOf(group.map(({ part }) => part)),
    usedTokens: group.reduce((sum, { part }) => sum + tokensOf(part.trace.tokens), 0n),
    product: product !== null && 'lines' in product ? product : null,
    noProduct:
      listed !== null && !listed.known
        ? listed.reason
        : product !== null && 'reason' in product
          ? product.reason
          : null,
  };
}

const NOTHING: Decimal = { units: 0n, scale: 0 };

/** Millionths of a token times a rate per million tokens. */
const amountOf = (amount: bigint, rate: Decimal): Decimal => ({ units: amount * rate.units, scale: rate.scale + 12 });

function productOf(
  traces: readonly Trace[],
  { price, tier, isSame }: Extract<ListedPrice, { known: true }>,
): Product | { reason: string } {
  const lines = new Map<string, { class: string; amount: bigint; rate: Decimal }>();
  for (const trace of traces) {
    const billed = linesOf(trace, tier.rates, THINKING_RULE);
    if ('reason' in billed) return billed;
    for (const { name, amount, rate } of billed) {
      const key = `${name} ${formatDecimal(rate)}`;
      const known = lines.get(key);
      lines.set(key, { class: name, rate, amount: amount + (known?.amount ?? 0n) });
    }
  }
  const sum = [...lines.values()].map(({ amount, rate }) => amountOf(amount, rate)).reduce(addDecimals, NOTHING);
  const stored = traces.reduce((pico, { cost }) => pico + (cost?.pico ?? 0n), 0n);
  const difference = addDecimals(sum, { units: -stored, scale: 12 });
  const isOfCurrency = price.currency === traces[0]!.cost!.currency;
  return {
    lines: [...lines.values()].sort(byClass).map((line) => ({
      class: line.class,
      tokens: formatDecimal({ units: line.amount, scale: 6 }),
      rate: formatDecimal(line.rate),
      amount: formatDecimal(amountOf(line.amount, line.rate)),
    })),
    sum: formatDecimal(sum),
    currency: price.currency,
    agrees: isOfCurrency ? agreement(difference, traces) : 'differs',
    difference: formatDecimal(difference),
    isSame,
    reference: price.reference,
  };
}

/** As `cost-lines.ts` names them: what went in before what came out. */
const CLASSES = [
  ...['input', 'audio input', 'cached input', 'cache write (5 min)', 'cache write (1 h)'],
  ...['output', 'thinking output', 'audio output'],
];

const byClass = (a: { readonly class: string }, b: { readonly class: string }): number =>
  CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class);

/** Half a pico-unit an event is what rounding may have changed. */
function agreement(difference: Decimal, traces: readonly Trace[]): Product['agrees'] {
  if (difference.units === 0n) return 'exact';
  const events = traces.reduce((sum, trace) => sum + trace.events, 0n);
  const size = difference.units < 0n ? -difference.units : difference.units;
  const most = { units: -events * 5n, scale: 13 };
  return addDecimals({ units: size, scale: difference.scale }, most).units <= 0n ? 'rounding' : 'differs';
}
