import type { CacheKind } from './price.js';
import type { TokenClasses } from './token-classes.js';

/** What of an event its computed cost depends on. */
export interface Priceable {
  readonly tokens: TokenClasses;
  /** In millionths, by name; see `usage/event.ts`. */
  readonly quantities: Readonly<Record<string, bigint>>;
  readonly cacheKind: CacheKind | null;
  /** True for a bucket of many requests: its tier is the one it states, else the base tier, and `basis` says so. */
  readonly bucket: boolean;
  /** Largest input, in tokens, of the tier a bucket states for all its requests; absent as `null`: not stated. */
  readonly tierUpTo?: number | null;
}
