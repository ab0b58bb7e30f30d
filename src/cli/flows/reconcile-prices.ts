/** How the records of a reconciliation are priced, and how they would be otherwise. */

import type { CallRecord } from '../../hub/reconcile/call-record.js';
import type { OtherPricing, PriceRules } from '../../hub/reconcile/price-rules.js';
import { costOf } from '../../pricing/cost.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import type { PriceAnswer } from '../../pricing/price.js';
import { type PriceBook, priceBook } from '../../pricing/price-book.js';

/** Tiers of a price that are tried; no list has more. */
const MOST_TIERS = 6;

/** `isBilled`: a bill states money, so that other prices are worth loading. */
export async function priceRules(
  book: DefaultPriceBook,
  { isBilled }: { readonly isBilled: boolean },
): Promise<PriceRules> {
  const lists = isBilled ? await book.lists() : [];
  return {
    costOf: (record) => priced(record, book.find(queryOf(record, record.provider))),
    others: [
      ...REGIONS.map((provider) => inRegion(provider, book)),
      before(book),
      ...lists.map((list) => ofList(`price list ${list.name}`, priceBook([list]))),
      ...Array.from({ length: MOST_TIERS }, (_, i) => atTier(i, book)),
    ],
  };
}

/** The price lists of Alibaba that a record without a region may be of. */
const REGIONS = ['alibaba-cn', 'alibaba-intl'] as const;

const inRegion = (provider: string, book: PriceBook): OtherPricing => ({
  cause: 'price_table',
  text: `price list ${provider}`,
  costOf: (record) =>
    record.provider.startsWith('alibaba') ? priced(record, book.find(queryOf(record, provider))) : null,
});

const ofList = (text: string, book: PriceBook): OtherPricing => ({
  cause: 'price_table',
  text,
  costOf: (record) => priced(record, book.find(queryOf(record, record.provider))),
});

/** What a provider bills that has not taken up a change of its prices. */
const before = (book: PriceBook): OtherPricing => ({
  cause: 'price_table',
  text: 'the price before the last change',
  costOf: (record) => {
    const query = queryOf(record, record.provider);
    const answer = book.find(query);
    if (!answer.known || answer.price.valid.from === null) return null;
    return priced(record, book.find({ ...query, at: answer.price.valid.from - 1 }));
  },
});

/** Every request at one tier, whatever its input. */
const atTier = (tier: number, book: PriceBook): OtherPricing => ({
  cause: 'tier_rule',
  text: `every request at tier ${tier + 1}`,
  costOf: (record) => {
    const answer = book.find(queryOf(record, record.provider));
    if (!answer.known || answer.price.tiers.length < 2 || tier >= answer.price.tiers.length) return null;
    const tierUpTo = answer.price.tiers[tier]!.upTo ?? Number.MAX_SAFE_INTEGER;
    return costIn({ ...record, requests: 0, until: record.at, tierUpTo }, answer);
  },
});

const queryOf = ({ model, mode, at, account, key }: CallRecord, provider: string) => ({
  ...{ model, provider, mode, at, account, key },
});

const priced = (record: CallRecord, answer: PriceAnswer): CallRecord['cost'] =>
  record.plan === null ? costIn(record, answer) : null;

function costIn(record: CallRecord, answer: PriceAnswer): CallRecord['cost'] {
  const { tokens, quantities, cacheKind, tierUpTo, until, requests } = record;
  const bucket = until === null ? requests > 1 : requests !== 1 || tierUpTo !== null;
  const cost = costOf({ tokens, quantities, cacheKind, bucket, tierUpTo }, answer);
  return cost.known ? { currency: cost.currency, pico: cost.pico } : null;
}
