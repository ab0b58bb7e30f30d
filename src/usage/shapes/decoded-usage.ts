import type { CacheKind, Mode } from '../../pricing/price.js';
import type { TokenClasses } from '../../pricing/token-classes.js';

/** What one usage object says, in tokenhub's classes. */
export interface DecodedUsage {
  readonly tokens: TokenClasses;
  /** In millionths, by the names of `UsageEvent.quantities`; a quantity of 0 is left out. */
  readonly quantities: Readonly<Record<string, bigint>>;
  readonly cacheKind: CacheKind | null;
  /** Only where the usage object itself names the model, as application calls do. */
  readonly model: string | null;
  /** `null`: the usage object does not say. */
  readonly mode: Mode | null;
}
