import type { Config } from '../../files/config-type.js';
import { type ListedPrice, listedPrice, type PricedTrace } from '../../hub/why/listed-price.js';
import type { ReadTrace } from '../../hub/why/trace.js';
import { openPriceBook } from './open-price-book.js';

/** The price lists of now, with those of the providers that costs of these parts were computed for. */
export async function listedPrices(
  config: Config,
  parts: readonly ReadTrace[],
): Promise<(trace: PricedTrace) => ListedPrice> {
  const computed = parts.filter(({ trace, reading }) => reading.money && trace.cost?.kind === 'computed');
  const book = await openPriceBook(config);
  await book.prepare(new Set(computed.map(({ trace }) => trace.provider)));
  const keys = config.contracts.flatMap(({ key }) => key ?? []);
  return (trace) => listedPrice(book, trace, keys);
}
