import type { Config } from '../../files/config-type.js';
import { readPriceFiles } from '../../files/price-file.js';
import { type DefaultPriceBook, defaultPriceBook } from '../../pricing/default-book.js';

/** The user's price files, then the built-in lists, by the region of the config. */
export async function openPriceBook({
  prices,
  alibaba,
}: Pick<Config, 'prices' | 'alibaba'>): Promise<DefaultPriceBook> {
  const user = prices.length === 0 ? null : await readPriceFiles(prices);
  return defaultPriceBook({ user, region: alibaba.region });
}
