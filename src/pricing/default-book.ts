/** The price book of the contract: the user's price file, then the built-in Alibaba table, then genai-prices. */

import { alibabaPrices } from './alibaba-prices.js';
import type { AlibabaRegion } from './alibaba-table.js';
import { isListed } from './genai-match.js';
import { openGenaiPrices } from './genai-prices.js';
import type { PriceSource } from './price.js';
import { type PriceBook, priceBook } from './price-book.js';

export interface DefaultPriceBook extends PriceBook {
  /**
   * Loads the heavy list if any of these providers may be in it; quick, and needless to await, when it is loaded
   * already or none is. Call it with the providers of a batch before pricing the batch.
   */
  readonly prepare: (providers: Iterable<string>) => Promise<void>;
}

/**
 * The default book. `find` is synchronous, so it throws a plain Error (a defect, exit code 70) when it is asked for a
 * provider of the heavy list before `prepare` named one: an unloaded list must not look like an unknown price.
 *
 * @param user    the user's price files (`files/price-file.ts`); `null`: none
 * @param region  price list of provider `alibaba`: `cn` (CNY) or `intl` (USD)
 */
export function defaultPriceBook(options: {
  readonly user: PriceSource | null;
  readonly region: AlibabaRegion;
}): DefaultPriceBook {
  const own = [...(options.user === null ? [] : [options.user]), alibabaPrices(options)];
  let loading: Promise<void> | null = null;
  let book = priceBook([...own, notLoaded]);
  const load = async () => {
    const genai = await openGenaiPrices();
    book = priceBook([...own, genai]);
  };
  return {
    find: (query) => book.find(query),
    prepare: async (providers) => {
      if (loading === null && [...providers].some(isListed)) loading = load();
      await loading;
    },
  };
}

/** Stands for the heavy list until it is loaded; providers it does not know need no loading. */
const notLoaded: PriceSource = {
  name: 'not loaded',
  asOf: '',
  find: ({ provider }) => {
    if (isListed(provider)) throw new Error(`prices of provider ${provider} were asked for before they were prepared`);
    return null;
  },
};
