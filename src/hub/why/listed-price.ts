/** The rates behind a stored cost, looked up again in the price lists of now. */

import type { PriceRef } from '../../pricing/cost.js';
import type { Price, PriceTier } from '../../pricing/price.js';
import type { PriceBook } from '../../pricing/price-book.js';
import type { Trace } from './trace.js';

/** `isSame`: by source, date, model, region, mode and tier it is the price that was stored. */
export type ListedPrice =
  | { readonly known: true; readonly isSame: boolean; readonly price: Price; readonly tier: PriceTier }
  | { readonly known: false; readonly reason: string };

/** A trace whose cost was computed. */
export type PricedTrace = Trace & { readonly computed: Extract<Trace['computed'], { readonly known: true }> };

/**
 * The price that lists have for the events of a trace: the one stored, if they still have it, else the one in force.
 *
 * @param book  prepared for the provider of the trace
 * @param keys  keys that contracts are for: which one the events had is not among what a trace tells
 */
export function listedPrice(book: PriceBook, trace: PricedTrace, keys: readonly string[]): ListedPrice {
  const { model, provider, mode, recording, firstAt, lastAt, computed } = trace;
  const pricesAt = (at: number): readonly Price[] =>
    [null, ...keys].flatMap((key) => {
      const answer = book.find({ model, provider, mode, at, account: recording.account, key });
      return answer.known ? [answer.price] : [];
    });
  const [first, last] = [pricesAt(firstAt), pricesAt(lastAt)];
  const price = first.find((each) => isOf(computed.price, each)) ?? first[0];
  if (price === undefined) return { known: false, reason: 'the lists have no such price now' };
  if (price.valid.hours !== null || !last.includes(price))
    return { known: false, reason: 'its rates changed within the day' };
  const tier = price.tiers.find(({ upTo }) => upTo === computed.price.tier);
  if (tier === undefined) return { known: false, reason: 'the lists have other tiers now' };
  return { known: true, isSame: isOf(computed.price, price), price, tier };
}

const isOf = (ref: PriceRef, price: Price): boolean =>
  ref.source === price.source &&
  ref.asOf === price.asOf &&
  ref.model === price.model &&
  ref.region === price.region &&
  ref.mode === price.mode;
