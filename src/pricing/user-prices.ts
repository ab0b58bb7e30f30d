/** The user's own prices as a price source. Reading them from files is `files/price-file.ts`. */

import { badPrice } from '../errors/money.js';
import { type Place, placeText } from '../errors/tokenhub-error.js';
import { modelName } from './model-name.js';
import type { ListedName, Price, PriceAt, PriceScope, PriceSource } from './price.js';

/** One entry of a price file: a price of one or several models over a span of time. */
export interface UserPrice {
  /** Model names as written. */
  readonly models: readonly string[];
  /** First instant it is in force, ms since 1970 UTC; `null`: since ever. */
  readonly from: number | null;
  /** First instant it is in force no more; `null`: for ever. */
  readonly to: number | null;
  /** The price, but for the model's name and its span. */
  readonly price: Omit<Price, 'model' | 'valid'>;
  /** Where the entry stands. */
  readonly place: Place;
}

/** What an entry applies to; entries of one scope are told apart by their dates alone. */
interface Scoped {
  readonly from: number;
  readonly to: number;
  readonly price: Price;
  readonly place: Place;
}

/**
 * A price source over the user's entries. A model is found by its name after the normalisation of `model-name.ts`, which
 * both the entry's and the event's name go through; provider and mode must be equal.
 *
 * @param asOf  version of the files, shown beside the source
 * @throws BAD_PRICE when two entries of one model, provider and mode are in force at the same time; it names both
 */
export function userPrices(entries: readonly UserPrice[], asOf: string): PriceSource {
  const scopes = new Map<string, Scoped[]>();
  for (const { models, from, to, price, place } of entries) {
    for (const name of models) {
      const model = modelName(name, price.provider);
      const scope = scopeOf({ model, provider: price.provider, mode: price.mode });
      const scoped = {
        from: from ?? -Infinity,
        to: to ?? Infinity,
        price: { ...price, model, valid: { from, to, hours: null } },
        place,
      };
      const known = scopes.get(scope);
      if (known === undefined) scopes.set(scope, [scoped]);
      else known.push(scoped);
    }
  }
  for (const scoped of scopes.values()) refuseOverlap(scoped);
  return {
    name: 'price file',
    asOf,
    names: () => namesIn(scopes.values()),
    pricesOf: (scope) => {
      const scoped = scopes.get(scopeOf({ ...scope, model: modelName(scope.model, scope.provider) }));
      return scoped === undefined ? null : overTime(scoped);
    },
  };
}

const overTime =
  (scoped: readonly Scoped[]): PriceAt =>
  (at) =>
    scoped.find(({ from, to }) => from <= at && at < to)?.price ?? null;

function namesIn(scopes: Iterable<readonly Scoped[]>): ListedName[] {
  const prices = [...scopes].flatMap(([first]) => (first === undefined ? [] : [first.price]));
  const names = new Map(prices.map(({ provider, model }) => [`${provider}\n${model}`, { provider, model }]));
  return [...names.values()];
}

const scopeOf = ({ model, provider, mode }: PriceScope): string => `${provider}\n${mode}\n${model}`;

function refuseOverlap(scoped: readonly Scoped[]): void {
  const ordered = scoped.toSorted((a, b) => (a.from === b.from ? 0 : a.from < b.from ? -1 : 1));
  for (const [index, entry] of ordered.entries()) {
    const next = ordered[index + 1];
    if (next !== undefined && entry.to > next.from) throw overlap(entry, next);
  }
}

const overlap = (first: Scoped, second: Scoped) =>
  badPrice(
    second.place,
    `the ${second.price.mode} price of ${second.price.model} (${second.price.provider}) overlaps the one at ${placeText(first.place)}`,
    'end one before the other begins (from, to), or give them different providers or modes',
  );
