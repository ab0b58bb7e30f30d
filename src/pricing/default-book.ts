/** The price book of the product: contracts, then the user's price file, then the built-in Alibaba table, then genai-prices. */

import { alibabaPrices } from './alibaba-prices.js';
import type { AlibabaRegion } from './alibaba-table.js';
import type { Contract } from './contract.js';
import { contractBook } from './contract-book.js';
import { isListed } from './genai-match.js';
import { openGenaiPrices } from './genai-prices.js';
import type { PriceSource } from './price.js';
import { type PriceBook, priceBook } from './price-book.js';

export interface DefaultPriceBook extends PriceBook {
  /**
   * Loads the heavy list if any of these providers may be in it; quick when it is loaded already, and needless where none
   * is. Call it with the providers of a batch before pricing the batch.
   */
  readonly prepare: (providers: Iterable<string>) => Promise<void>;
  /** Every list, the heavy one too, most trusted first, as they are asked where no contract applies. */
  readonly lists: () => Promise<readonly PriceSource[]>;
}

/**
 * The default book. `find` is synchronous, so it throws a plain Error (a defect, exit code 70) when it is asked for a
 * provider of the heavy list before `prepare` named one: an unloaded list must not look like an unknown price.
 *
 * @param user       the user's price files (`files/price-file.ts`); `null`: none
 * @param region     price list of provider `alibaba`: `cn` (CNY) or `intl` (USD)
 * @param contracts  asked before every list; see `contract-book.ts`
 */
export function defaultPriceBook(options: {
  readonly user: PriceSource | null;
  readonly region: AlibabaRegion;
  readonly contracts: readonly Contract[];
}): DefaultPriceBook {
  const own = [...(options.user === null ? [] : [options.user]), alibabaPrices(options)];
  const bookOf = (lists: readonly PriceSource[]) => contractBook(priceBook(lists), options.contracts);
  let loading: Promise<readonly PriceSource[]> | null = null;
  let book = bookOf([...own, notLoaded]);
  const load = async () => {
    const lists = [...own, await openGenaiPrices()];
    book = bookOf(lists);
    return lists;
  };
  const lists = () => {
    loading ??= load();
    return loading;
  };
  return {
    find: (query) => book.find(query),
    prepare: async (providers) => {
      if ([...providers].some(isListed)) await lists();
    },
    lists,
  };
}

/** Stands for the heavy list until it is loaded; providers it does not know need no loading. */
const notLoaded: PriceSource = {
  name: 'not loaded',
  asOf: '',
  names: () => [],
  pricesOf: ({ provider }) => {
    if (isListed(provider)) throw new Error(`prices of provider ${provider} were asked for before they were prepared`);
    return null;
  },
};
