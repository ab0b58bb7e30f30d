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
