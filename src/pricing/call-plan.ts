/** One planned call: how its input is split over the cache, what it writes, and how often it is made. */

import { addDecimals, type Decimal, multiplyDecimals } from './decimal.js';
import type { Priceable } from './priceable.js';
import { NO_TOKENS } from './token-classes.js';

/** A part of the input: a share from 0 to 1, or tokens. */
export type Portion = { readonly share: Decimal } | { readonly tokens: number };

export interface CallPlan {
  /** Output tokens, reasoning included. */
  readonly output: number;
  /** Input served from the provider's cache. */
  readonly cached: Portion;
  /** Input stored in it for five minutes. */
  readonly written: Portion;
  /** Whether the model reasons, which some models price apart. */
  readonly thinking: boolean;
}

/** Tokens of the portion of an input; a share is rounded down, so that no more is taken for cheap than is. */
export function tokensOfPortion(portion: Portion, input: number): number {
  if ('tokens' in portion) return portion.tokens;
  const { units, scale } = multiplyDecimals(portion.share, { units: BigInt(input), scale: 0 });
  return Number(units / 10n ** BigInt(scale));
}

/** Whether what is taken from the cache and what is stored in it are more than 100% together. */
export function sharesExceedAll({ cached, written }: CallPlan): boolean {
  if (!('share' in cached && 'share' in written)) return false;
  const { units, scale } = addDecimals(cached.share, written.share);
  return units > 10n ** BigInt(scale);
}

/** Whether the plan takes more from the cache or stores more in it than the input has. */
export const exceedsInput = ({ cached, written }: CallPlan, input: number): boolean =>
  tokensOfPortion(cached, input) + tokensOfPortion(written, input) > input;

/**
 * The call as something that has a cost. What the plan takes from the cache or writes is cut to the input, so that the
 * low end of an approximate count can be priced too.
 *
 * A plan that writes to a cache has asked for it, so what it reads is an explicit hit, where a provider prices that apart.
 *
 * @param input  whole number >= 0, cached tokens included
 */
export function callOf(input: number, plan: CallPlan): Priceable {
  const cacheRead = Math.min(tokensOfPortion(plan.cached, input), input);
  const cacheWrite5m = Math.min(tokensOfPortion(plan.written, input), input - cacheRead);
  const { output, thinking } = plan;
  const tokens = { ...NO_TOKENS, input: input - cacheRead - cacheWrite5m, cacheRead, cacheWrite5m, output };
  return {
    tokens: { ...tokens, reasoning: thinking ? output : null },
    quantities: {},
    cacheKind: cacheWrite5m > 0 ? 'explicit' : null,
    bucket: false,
  };
}

/** How often the call is made: in all, a day or a month. */
export interface Calls {
  readonly number: number;
  readonly per: 'total' | 'day' | 'month';
}

/** Days of a month of calls. */
export const DAYS_PER_MONTH = 30;

/** Cost of the calls in pico-units, by span: the cost of one call, as rounded, times their number, exactly. */
export function costOfCalls(pico: bigint, { number, per }: Calls): Partial<Record<Calls['per'], bigint>> {
  const cost = pico * BigInt(number);
  return per === 'day' ? { day: cost, month: cost * BigInt(DAYS_PER_MONTH) } : { [per]: cost };
}
