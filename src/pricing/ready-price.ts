/** A price made ready for many events: what depends on it alone is worked out once. */

import type { PriceRef } from './cost.js';
import type { Price, Rates } from './price.js';
import { type QuickRates, quickRates } from './quick-cost.js';

export interface ReadyTier {
  /** Largest input, inclusive; infinite: no upper bound. */
  readonly upTo: number;
  readonly rates: Rates;
  readonly quick: QuickRates;
  readonly ref: PriceRef;
}

/**
 * The tiers of a price, in its order.
 *
 * A memo and no state: kept by the price, as long as that is, and not by its tiers, which prices of several models share.
 */
export function readyTiers(price: Price): readonly ReadyTier[] {
  const known = ready.get(price);
  if (known !== undefined) return known;
  const { source, asOf, model, region, mode } = price;
  const tiers = price.tiers.map(({ upTo, rates }) => ({
    upTo: upTo ?? Number.POSITIVE_INFINITY,
    rates,
    quick: quickRates(rates),
    ref: { source, asOf, model, region, mode, tier: upTo },
  }));
  ready.set(price, tiers);
  return tiers;
}

const ready = new WeakMap<Price, readonly ReadyTier[]>();
