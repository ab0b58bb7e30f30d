/** What every list says of one model: which price is used, where others disagree, and what else is priced. */

import { nearestNames } from '../nearest.js';
import { isFloating, modelName } from './model-name.js';
import {
  type ListedName,
  MODES,
  type Mode,
  type Price,
  type PriceAnswer,
  type PriceQuery,
  type PriceSource,
  priceIn,
} from './price.js';
import type { PriceBook } from './price-book.js';
import { differences } from './price-differences.js';

/** One list's price. */
export interface Offer {
  readonly price: Price;
  /** Whether it is the price of the book; the others are what it would be without what goes before. */
  readonly used: boolean;
  /** What it says otherwise than the used one, see `differences`. */
  readonly differs: readonly string[];
}

export interface PriceFinding {
  readonly answer: PriceAnswer;
  /** In the order they are asked; a contract first. */
  readonly offers: readonly Offer[];
  /** Every mode and what the book answers for it. */
  readonly modes: readonly { readonly mode: Mode; readonly answer: PriceAnswer }[];
  /** The same name at other providers, at the same instant and in the same mode. */
  readonly elsewhere: readonly Price[];
  /** Whether any list has the name at all: at any provider, at any date, in any mode. */
  readonly isListed: boolean;
  /** Names much like it that have prices, nearest first; those of its provider before others. */
  readonly nearest: readonly string[];
  /** What to know about the name: lower case, fit to be shown. */
  readonly notes: readonly string[];
}

/**
 * What the lists say of a model.
 *
 * @param book   over the lists, contracts before them
 * @param lists  most trusted first
 */
export function findPrices(book: PriceBook, lists: readonly PriceSource[], query: PriceQuery): PriceFinding {
  const answer = book.find(query);
  const modes = MODES.map((mode) => ({ mode, answer: book.find({ ...query, mode }) }));
  const names = lists.flatMap((list) => list.names());
  const wanted = modelName(query.model, query.provider);
  const same = names.filter(({ model, provider }) => modelName(model, provider) === wanted);
  return {
    answer,
    offers: offersOf(answer, lists, query),
    modes,
    elsewhere: elsewhere(same, lists, { ...query, model: wanted }),
    isListed:
      same.length > 0 ||
      modes.some((mode) => mode.answer.known) ||
      lists.some((list) => list.knowsFloating?.(query) === true),
    nearest: namesNear(wanted, names, query.provider),
    notes: notesOn(query),
  };
}

/** The one provider that any list has the model of; `null`: there are several, or none. */
export function onlyProviderOf(model: string, lists: readonly PriceSource[]): string | null {
  const named = lists.flatMap((list) => list.names()).filter((name) => isOfName(name, model));
  const [only, ...others] = new Set(named.map(({ provider }) => provider));
  return only !== undefined && others.length === 0 ? only : null;
}

const isOfName = ({ model, provider }: ListedName, name: string): boolean =>
  modelName(model, provider) === modelName(name, provider);

function offersOf(answer: PriceAnswer, lists: readonly PriceSource[], query: PriceQuery): Offer[] {
  const used = answer.known ? answer.price : null;
  const listed = lists.flatMap((list) => priceIn(list, query) ?? []);
  const prices = used === null || listed.includes(used) ? listed : [used, ...listed];
  return prices.map((price) => ({
    price,
    used: price === used,
    differs: used === null ? [] : differences(used, price),
  }));
}

function elsewhere(same: readonly ListedName[], lists: readonly PriceSource[], query: PriceQuery): Price[] {
  const own = new Set(lists.map((list) => priceIn(list, query)));
  const providers = [...new Set(same.map(({ provider }) => provider))].filter((name) => name !== query.provider);
  return providers.flatMap((provider) => {
    const prices = lists.map((list) => priceIn(list, { ...query, provider }));
    const price = prices.find((each) => each !== null && !own.has(each)) ?? null;
    return price === null ? [] : [{ ...price, provider }];
  });
}

function namesNear(wanted: string, names: readonly ListedName[], provider: string): string[] {
  const own = names.filter((name) => name.provider === provider);
  const near = [own, names].flatMap((some) => nearestNames(wanted, [...new Set(some.map(({ model }) => model))], 3));
  return [...new Set(near)].filter((name) => name !== wanted).slice(0, 3);
}

function notesOn({ model, provider }: PriceQuery): string[] {
  return [
    ...(isFloating(modelName(model, provider))
      ? [
          'a name that ends in latest means another model tomorrow, so only a price file of yours prices it: name a dated one',
        ]
      : []),
    ...(provider === 'aws'
      ? [
          'on Bedrock a name with the prefix global. has the global price, with a region prefix or none the regional one',
        ]
      : []),
  ];
}
