/** The price book: several price lists asked in order. */

import { quoted } from '../errors.js';
import type { PriceAnswer, PriceQuery, PriceSource } from './price.js';

export interface PriceBook {
  /** The price in force for a model of a provider at an instant in a mode, or why there is none. */
  readonly find: (query: PriceQuery) => PriceAnswer;
}

/**
 * A book over price lists, most trusted first: the first that knows the model, mode and instant answers.
 *
 * The book remembers nothing: a price may change at any instant and by the time of day, so every list keeps its own
 * prices ready by model and chooses among them by the instant of the query.
 */
export function priceBook(sources: readonly PriceSource[]): PriceBook {
  const first = (query: PriceQuery) => {
    for (const source of sources) {
      const price = source.find(query);
      if (price !== null) return price;
    }
    return null;
  };
  return {
    find: (query) => {
      const price = first(query);
      if (price !== null) return { known: true, price };
      const otherwise = query.mode === 'standard' ? null : first({ ...query, mode: 'standard' });
      return { known: false, reason: whyUnpriced(query, otherwise !== null) };
    },
  };
}

function whyUnpriced({ model, provider, mode }: PriceQuery, hasStandardPrice: boolean): string {
  const what = hasStandardPrice ? `${mode} price` : 'price';
  return `no ${what} for model ${quoted(model)} of provider ${quoted(provider)}`;
}
