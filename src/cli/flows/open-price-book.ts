import type { Config, ConfigContract } from '../../files/config-type.js';
import { readPriceFiles } from '../../files/price-file.js';
import type { Contract } from '../../pricing/contract.js';
import { type DefaultPriceBook, defaultPriceBook } from '../../pricing/default-book.js';

/** The contracts of the config, then the user's price files, then the built-in lists, by the region of the config. */
export async function openPriceBook({
  prices,
  contracts,
  alibaba,
}: Pick<Config, 'prices' | 'contracts' | 'alibaba'>): Promise<DefaultPriceBook> {
  const user = prices.length === 0 ? null : await readPriceFiles(prices);
  return defaultPriceBook({ user, region: alibaba.region, contracts: await Promise.all(contracts.map(openContract)) });
}

async function openContract({ prices, ...terms }: ConfigContract): Promise<Contract> {
  return { ...terms, list: prices.length === 0 ? null : await readPriceFiles(prices) };
}
