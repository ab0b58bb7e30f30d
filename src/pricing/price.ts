/**
 * A price: what one model of one provider cost, in one currency and region, from one date on.
 * Rates are decimal text per million tokens, never floats, so that a cost is exact.
 */

/** The service a call was billed under. A mode without a known price is unpriced, never priced as standard. */
export const MODES = ['standard', 'batch', 'flex', 'priority', 'fast'] as const;
export type Mode = (typeof MODES)[number];

/** How a provider served cached input; decides the rate of `cacheRead` where both kinds are priced. */
export type CacheKind = 'implicit' | 'explicit';

/** Decimal text, at least 0: `'0.01875'`. Per million tokens. */
export type Rate = string;

/** Rates of one tier. `null`: the source states no price for that class, so usage of it cannot be priced. */
export interface Rates {
  readonly input: Rate | null;
  /** Cached input of a provider's automatic cache, or of any cache where the provider knows one kind. */
  readonly cacheRead: Rate | null;
  /** Cached input of a cache the caller asked for; `null` when the provider prices no such kind apart. */
  readonly cacheReadExplicit: Rate | null;
  readonly cacheWrite5m: Rate | null;
  readonly cacheWrite1h: Rate | null;
  readonly output: Rate | null;
  /** All output of a request that reasoned; `null` when reasoning does not change the rate. */
  readonly outputThinking: Rate | null;
  readonly inputAudio: Rate | null;
  readonly outputAudio: Rate | null;
}

/** The tier is chosen by the input of the single request, cached input included; every token is billed at it. */
export interface PriceTier {
  /** Largest input, inclusive, in tokens; `null`: no upper bound. */
  readonly upTo: number | null;
  readonly rates: Rates;
}

/** When a price is in force. */
export interface Validity {
  /** First instant, ms since 1970 UTC; `null`: no list states one. */
  readonly from: number | null;
  /** First instant it is in force no more; `null`: not known to end. */
  readonly to: number | null;
  /** Hours of the day it is bound to, as in `00:30-16:30 UTC`; `null`: all day. */
  readonly hours: string | null;
}

export const ALWAYS: Validity = { from: null, to: null, hours: null };

export interface Price {
  /** The model as the price list names it. */
  readonly model: string;
  readonly provider: string;
  readonly currency: string;
  /** `cn`, `intl`; `null` where the price does not depend on a region. */
  readonly region: string | null;
  readonly mode: Mode;
  /** Ascending by `upTo`; the last may be bounded: above it nothing is known. */
  readonly tiers: readonly PriceTier[];
  /** Name of the price source. */
  readonly source: string;
  /** Date the source was read or published, `YYYY-MM-DD`, or a version. */
  readonly asOf: string;
  /** Where the figures stand. */
  readonly reference: string;
  readonly valid: Validity;
  /** What to know about the figures, lower case: the rule they follow from, say; `null`: nothing. */
  readonly note: string | null;
}

/** What a list is asked for. */
export interface PriceScope {
  /** The model as the event names it. */
  readonly model: string;
  /** Canonical provider name. */
  readonly provider: string;
  readonly mode: Mode;
}

/** What a price is looked up by. */
export interface PriceQuery extends PriceScope {
  /** Instant of the event, ms since 1970 UTC: prices change. */
  readonly at: number;
  /** Account and key the tokens went through, by which contracts apply; absent as `null`: none is known. */
  readonly account?: string | null;
  readonly key?: string | null;
  /** In place of `key`, where to look for it, which most queries need not. */
  readonly origin?: { readonly key: string | null };
}

/** What a price book answers: the price in force, or why there is none (lower case, fit to be shown). */
export type PriceAnswer =
  | { readonly known: true; readonly price: Price }
  | { readonly known: false; readonly reason: string };

/** The price in force at an instant (ms), `null`: none; the same object while the same price is in force. */
export type PriceAt = (at: number) => Price | null;

/** A list of prices. The price book asks its sources in order; the first that knows the model answers. */
export interface PriceSource {
  readonly name: string;
  /** Date read or version, shown beside every price. */
  readonly asOf: string;
  /** The prices of a scope over time; `null`: it never has one. May be slow: the price book remembers it. */
  readonly pricesOf: (scope: PriceScope) => PriceAt | null;
  /** Every name it has a price for, whatever the mode and the date; of a model of several names, each. */
  readonly names: () => readonly ListedName[];
  /** Whether it has a name that it never prices, as it means another model tomorrow; absent: it has none such. */
  readonly knowsFloating?: (scope: Pick<PriceScope, 'model' | 'provider'>) => boolean;
}

export interface ListedName {
  readonly provider: string;
  readonly model: string;
}

/** The price of one list at one instant. */
export const priceIn = (source: PriceSource, query: PriceQuery): Price | null =>
  source.pricesOf(query)?.(query.at) ?? null;
