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

/**
 * Quantities that count what an agent did: no usage, so that they are neither priced nor make an event one that used
 * something.
 */
export const ACTIVITY = ['agent_run', 'tool_call'] as const;

const ACTIVITIES: ReadonlySet<string> = new Set(ACTIVITY);

/** Whether any quantity is used, which activity is not. */
export const usesQuantity = (quantities: Priceable['quantities']): boolean =>
  Object.entries(quantities).some(([name, amount]) => amount !== 0n && !ACTIVITIES.has(name));

export const isActivity = (name: string): boolean => ACTIVITIES.has(name);
