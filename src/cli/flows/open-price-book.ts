import type { Config, ConfigContract } from '../../files/config-type.js';
import { readEntryText } from '../../files/entry-text.js';
import { readPriceFiles } from '../../files/price-file.js';
import type { Contract } from '../../pricing/contract.js';
import { type DefaultPriceBook, defaultPriceBook } from '../../pricing/default-book.js';

/**
 * The contracts of the config, then the user's price files, then the built-in lists, by the region of the config.
 *
 * @param read  where the price files are read from
 */
export async function openPriceBook(
  { prices, contracts, alibaba }: Pick<Config, 'prices' | 'contracts' | 'alibaba'>,
  read = readEntryText,
): Promise<DefaultPriceBook> {
  const listOf = async (files: readonly string[]) => (files.length === 0 ? null : readPriceFiles(files, read));
  const openContract = async ({ prices: own, ...terms }: ConfigContract): Promise<Contract> => ({
    ...terms,
    list: await listOf(own),
  });
  const user = await listOf(prices);
  return defaultPriceBook({ user, region: alibaba.region, contracts: await Promise.all(contracts.map(openContract)) });
}
