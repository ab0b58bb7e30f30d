/** The price book: several price lists asked in order. */

import { quoted } from '../errors/wording.js';
import type { Price, PriceAnswer, PriceAt, PriceQuery, PriceScope, PriceSource } from './price.js';
import { rememberScopes } from './remember-scopes.js';

export interface PriceBook {
  /** The price in force for a model of a provider at an instant in a mode, or why there is none. From memory. */
  readonly find: (query: PriceQuery) => PriceAnswer;
}

/**
 * A book over price lists, most trusted first: the first that knows the model, mode and instant answers.
 *
 * A price may change at any instant and by the time of day, so what the book remembers of a model is who has prices of
 * it, and the lists choose among those by the instant of the query.
 */
export function priceBook(sources: readonly PriceSource[]): PriceBook {
  const recall: (scope: PriceScope) => Recalled = rememberScopes((scope) => ({
    lists: sources.flatMap((source) => source.pricesOf(scope) ?? []),
    standard: scope.mode === 'standard' ? [] : sources.flatMap((s) => s.pricesOf({ ...scope, mode: 'standard' }) ?? []),
    last: null,
  }));
  return {
    find: (query) => {
      const recalled = recall(query);
      const price = firstOf(recalled.lists, query.at);
      if (price === null) return whyUnpriced(query, firstOf(recalled.standard, query.at) !== null);
      if (recalled.last?.price !== price) recalled.last = { known: true, price };
      return recalled.last;
    },
  };
}

/** Of one model, provider and mode. */
interface Recalled {
  /** The prices of those lists that ever have one. */
  readonly lists: readonly PriceAt[];
  /** Those of the mode `standard`, for the reason why there is none of this mode. */
  readonly standard: readonly PriceAt[];
  /** The last answer, which is nearly always the next. */
  last: Extract<PriceAnswer, { readonly known: true }> | null;
}

function firstOf(lists: readonly PriceAt[], at: number): Price | null {
  for (const priceAt of lists) {
    const price = priceAt(at);
    if (price !== null) return price;
  }
  return null;
}

function whyUnpriced({ model, provider, mode }: PriceScope, hasStandardPrice: boolean): PriceAnswer {
  const what = hasStandardPrice ? `${mode} price` : 'price';
  return { known: false, reason: `no ${what} for model ${quoted(model)} of provider ${quoted(provider)}` };
}
