import { THINKING_RULE, type ThinkingRule } from './cost-lines.js';
import { exactCost } from './exact-cost.js';
import { fitsLedger } from './money.js';
import type { PriceAnswer } from './price.js';
import { isActivity, type Priceable } from './priceable.js';
import { quickCost } from './quick-cost.js';
import { type ReadyTier, readyTiers } from './ready-price.js';
import { inputOf } from './token-classes.js';

/** What a computed cost was computed from. `request`: its own tier; `bucket`: the tier it states, else the base tier. */
export type Basis = 'request' | 'bucket';

/** The price a cost was computed at, enough to show and to find it again. One object for all costs at one tier. */
export interface PriceRef {
  readonly source: string;
  readonly asOf: string;
  readonly model: string;
  readonly region: string | null;
  readonly mode: string;
  /** Upper bound of the tier, inclusive; `null`: unbounded. */
  readonly tier: number | null;
}

/** Tokens times the price in force; or why there is no such figure: an unknown price is never 0; or the plan that covers it. */
export type ComputedCost =
  | {
      readonly known: true;
      readonly currency: string;
      readonly pico: bigint;
      readonly basis: Basis;
      readonly price: PriceRef;
    }
  | { readonly known: false; readonly reason: string; readonly plan?: undefined }
  | CoveredCost;

/** Usage that a plan or free quota covers: nothing is owed for it, and there is no price to be missed. Not a cost of 0. */
export interface CoveredCost {
  readonly known: false;
  readonly reason: string;
  /** Name of the plan. */
  readonly plan: string;
}

/** A computed cost but for its amount. */
export type ComputedTerms =
  | Omit<Extract<ComputedCost, { known: true }>, 'pico'>
  | Extract<ComputedCost, { known: false }>;

export const coveredBy = (plan: string): CoveredCost => ({ known: false, plan, reason: `covered by plan ${plan}` });

/**
 * The computed cost of one event at the price in force.
 *
 * The tier is chosen by the input of the single request, cached input included (upper bounds inclusive), and every token
 * of the request is billed at it. A bucket of requests is billed at the tier that a request of the size it states would
 * be in, else at the first tier, and says so by its basis. What each token is billed at is in `cost-lines.ts`. The sum is
 * exact and rounded half-even once, to a whole pico-unit.
 *
 * Unknown, with the reason, and never 0: no price; input above the last bounded tier; output without any report of its
 * input; anything used that the price says nothing about; nothing reported at all; more than a ledger can hold. An event that
 * reports that it used nothing costs 0 where its price is known.
 *
 * @param event     tokens are whole numbers from 0; quantities in millionths
 * @param answer    of `PriceBook.find` for the event's model, provider, instant and mode
 * @param thinking  what a thinking rate covers
 */
export function costOf(event: Priceable, answer: PriceAnswer, thinking: ThinkingRule = THINKING_RULE): ComputedCost {
  if (!answer.known) return answer;
  const tiers = readyTiers(answer.price);
  const tier = tierFor(tiers, sizeOf(event));
  if (tier === undefined) return unknown(whyNoTier(event));
  const quick = quickCost(event, tier.quick, thinking);
  const pico = Number.isNaN(quick) ? exactCost(event, tier.rates, thinking) : BigInt(quick);
  if (typeof pico !== 'bigint') return unknown(pico.reason);
  if (pico === 0n && reportsNothing(event)) return unknown('nothing that was used is reported');
  if (!fitsLedger(pico)) return unknown('the cost is out of range');
  const { currency } = answer.price;
  return { known: true, currency, pico, basis: event.bucket ? 'bucket' : 'request', price: tier.ref };
}

const unknown = (reason: string): ComputedCost => ({ known: false, reason });

/** True for a call of which no figure is known, as when a client went away before it was answered. Not so for a 0. */
const reportsNothing = ({ tokens, quantities }: Priceable): boolean =>
  Object.values(tokens).every((count) => count === null) && Object.keys(quantities).every(isActivity);

/** Input the tier is chosen by; of a bucket that states none 0, for the first tier. No bound of a tier is so large that the sum is rounded. */
const sizeOf = ({ bucket, tierUpTo = null, tokens }: Priceable): number => (bucket ? (tierUpTo ?? 0) : inputOf(tokens));

/** A loop, because `find` with a closure costs as much as the rest of a cost. */
function tierFor(tiers: readonly ReadyTier[], input: number): ReadyTier | undefined {
  for (const tier of tiers) if (input <= tier.upTo) return tier;
  return undefined;
}

function whyNoTier({ bucket, tierUpTo, tokens }: Priceable): string {
  if (bucket) return `the tier up to ${tierUpTo} tokens is above the last tier`;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const exact = [input, cacheRead, cacheWrite5m, cacheWrite1h].reduce((sum, count) => sum + BigInt(count ?? 0), 0n);
  return `input of ${exact} tokens is above the last tier`;
}
