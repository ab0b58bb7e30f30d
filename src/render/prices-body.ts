/** Prices as the JSON body of the contract: rates are decimal text per million tokens, instants are ISO 8601 in UTC. */

import type { ContractTerms } from '../pricing/contract.js';
import { formatDecimal } from '../pricing/decimal.js';
import type { Mode, Price, PriceAnswer, PriceSource } from '../pricing/price.js';
import type { Offer, PriceFinding } from '../pricing/price-finding.js';

export interface PricesQuery {
  readonly model: string;
  readonly provider: string;
  readonly mode: Mode;
  /** Instant (ms) of the prices; `null`: now. */
  readonly at: number | null;
  /** Price list of provider `alibaba`. */
  readonly region: 'cn' | 'intl';
  /** By which contracts apply; `null`: none. */
  readonly account: string | null;
  readonly key: string | null;
}

export interface PricesAnswer {
  readonly query: PricesQuery;
  readonly finding: PriceFinding;
}

export const pricesBody = ({ query, finding }: PricesAnswer) => ({
  query: { ...query, at: instantText(query.at) },
  known: finding.answer.known,
  reason: reasonOf(finding.answer),
  prices: finding.offers.map(offerBody),
  modes: finding.modes.map(({ mode, answer }) => ({
    mode,
    known: answer.known,
    source: answer.known ? answer.price.source : null,
  })),
  elsewhere: finding.elsewhere.map(priceBody),
  notes: finding.notes,
});

const reasonOf = (answer: PriceAnswer): string | null => (answer.known ? null : answer.reason);

const offerBody = ({ price, used, differs }: Offer) => ({ used, differs, ...priceBody(price) });

const priceBody = ({ valid, ...price }: Price) => ({
  ...{ source: price.source, asOf: price.asOf, model: price.model, provider: price.provider },
  ...{ mode: price.mode, region: price.region, currency: price.currency },
  from: instantText(valid.from),
  to: instantText(valid.to),
  hours: valid.hours,
  reference: price.reference,
  note: price.note,
  tiers: price.tiers,
});

export const instantText = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What `prices` without a model shows. */
export interface PriceLists {
  /** In the order they are asked. */
  readonly lists: readonly PriceSource[];
  readonly contracts: readonly (ContractTerms & { readonly prices: readonly string[] })[];
}

/** A list as it is shown. */
export interface ListFacts {
  readonly list: string;
  readonly asOf: string;
  /** Names with a price; a model has one at each provider that sells it. */
  readonly models: number;
  readonly providers: readonly string[];
}

export const listFacts = ({ name, asOf, names }: PriceSource): ListFacts => ({
  list: name,
  asOf,
  models: names().length,
  providers: [...new Set(names().map(({ provider }) => provider))].sort(),
});

export const priceListsBody = ({ lists, contracts }: PriceLists) => ({
  lists: lists.map(listFacts),
  contracts: contracts.map(({ name, provider, account, key, models, discount, prices, from, to }) => ({
    ...{ name, provider, account, key, models },
    discount: discount === null ? null : formatDecimal(discount),
    priceFiles: prices.length,
    from: instantText(from),
    to: instantText(to),
  })),
});
