import { type CostLine, linesOf, THINKING_RULE, type ThinkingRule } from './cost-lines.js';
import { addDecimals, type Decimal } from './decimal.js';
import { fitsLedger, toPico } from './money.js';
import type { PriceAnswer, PriceTier } from './price.js';
import type { Priceable } from './priceable.js';
import type { TokenClasses } from './token-classes.js';

/** What a computed cost was computed from. `request`: its own tier; `bucket`: the base tier. */
export type Basis = 'request' | 'bucket';

/** The price a cost was computed at, enough to show and to find it again. */
export interface PriceRef {
  readonly source: string;
  readonly asOf: string;
  readonly model: string;
  readonly region: string | null;
  readonly mode: string;
  /** Upper bound of the tier, inclusive; `null`: unbounded. */
  readonly tier: number | null;
}

/** Tokens times the price in force, or why there is no such figure. An unknown price is never 0. */
export type ComputedCost =
  | {
      readonly known: true;
      readonly currency: string;
      readonly pico: bigint;
      readonly basis: Basis;
      readonly price: PriceRef;
    }
  | { readonly known: false; readonly reason: string };

/**
 * The computed cost of one event at the price in force.
 *
 * The tier is chosen by the input of the single request, cached input included (upper bounds inclusive), and every token
 * of the request is billed at it. A bucket of requests is billed at the first tier and says so by its basis. What each
 * token is billed at is in `cost-lines.ts`. The sum is exact and rounded half-even once, to a whole pico-unit.
 *
 * Unknown, with the reason, and never 0: no price; input above the last bounded tier; output without any report of its
 * input; anything used that the price says nothing about; more than a ledger can hold. An event that used nothing costs 0 where its price is known.
 *
 * @param event     tokens are whole numbers from 0; quantities in millionths
 * @param answer    of `PriceBook.find` for the event's model, provider, instant and mode
 * @param thinking  what a thinking rate covers
 */
export function costOf(event: Priceable, answer: PriceAnswer, thinking: ThinkingRule = THINKING_RULE): ComputedCost {
  if (!answer.known) return answer;
  const { price } = answer;
  const input = inputOf(event.tokens);
  const tier = event.bucket ? price.tiers[0] : tierFor(price.tiers, input);
  if (tier === undefined) return unknown(`input of ${input} tokens is above the last tier`);
  const lines = linesOf(event, tier.rates, thinking);
  if ('reason' in lines) return unknown(lines.reason);
  const pico = toPico(lines.map(amountOf).reduce(addDecimals, { units: 0n, scale: 0 }));
  if (!fitsLedger(pico)) return unknown('the cost is out of range');
  const { source, asOf, model, region, mode, currency } = price;
  const basis: Basis = event.bucket ? 'bucket' : 'request';
  return { known: true, currency, pico, basis, price: { source, asOf, model, region, mode, tier: tier.upTo } };
}

const unknown = (reason: string): ComputedCost => ({ known: false, reason });

/** Input the tier is chosen by. Added as bigint: the sum of four counts may pass 2^53. */
const inputOf = ({ input, cacheRead, cacheWrite5m, cacheWrite1h }: TokenClasses): bigint =>
  [input, cacheRead, cacheWrite5m, cacheWrite1h].reduce((sum, count) => sum + BigInt(count ?? 0), 0n);

const tierFor = (tiers: readonly PriceTier[], input: bigint): PriceTier | undefined =>
  tiers.find(({ upTo }) => upTo === null || input <= BigInt(upTo));

/** Millionths of a token times a rate per million tokens: 10^-12 of the currency. */
const amountOf = ({ amount, rate }: CostLine): Decimal => ({ units: amount * rate.units, scale: rate.scale + 12 });
