import type { CacheKind } from './price.js';
import type { TokenClasses } from './token-classes.js';

/** What of an event its computed cost depends on. */
export interface Priceable {
  readonly tokens: TokenClasses;
  /** In millionths, by name; see `usage/event.ts`. */
  readonly quantities: Readonly<Record<string, bigint>>;
  readonly cacheKind: CacheKind | null;
  /** True for a bucket of many requests: its tier cannot be known, so the base tier is used and `basis` says so. */
  readonly bucket: boolean;
}

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
  | { readonly known: true; readonly currency: string; readonly pico: bigint; readonly basis: Basis; readonly price: PriceRef }
  | { readonly known: false; readonly reason: string };
