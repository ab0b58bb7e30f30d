import { type Contract, isProviderCovered, rankOf } from './contract.js';
import { type Decimal, formatDecimal, parseDecimal, subtractDecimals } from './decimal.js';
import { shareOfRates } from './mode-rules.js';
import { modelName } from './model-name.js';
import type { Price, PriceAnswer, PriceAt, PriceQuery, PriceScope } from './price.js';
import type { PriceBook } from './price-book.js';
import { rememberScopes } from './remember-scopes.js';
import { compileWildcard } from './wildcard.js';

/**
 * A book in which contracts go before the lists: the price is that of the contract in force for the event's key, else
 * its account, else its provider. Its own prices go before its discount, which is off the price the lists have at the
 * event's instant; a contract that says nothing of a model leaves it to the next. The price names contract and list.
 *
 * @param lists      the book that discounts are off, and that answers where no contract does
 * @param contracts  no two of one rank for the same usage (`refuseOverlaps`)
 */
export function contractBook(lists: PriceBook, contracts: readonly Contract[]): PriceBook {
  if (contracts.length === 0) return lists;
  const ranked = contracts.toSorted((a, b) => rankOf(a) - rankOf(b)).map(readyContract);
  const recall = rememberScopes((scope: PriceScope) => ranked.flatMap((contract) => contract.applied(scope) ?? []));
  return {
    find: (query) => {
      for (const priced of recall(query)) {
        if (!priced.covers(query)) continue;
        const answer = priced.answer(query, lists);
        if (answer !== null) return answer;
      }
      return lists.find(query);
    },
  };
}

/** A contract for one model, provider and mode. */
interface AppliedContract {
  readonly covers: (query: PriceQuery) => boolean;
  readonly answer: (query: PriceQuery, lists: PriceBook) => PriceAnswer | null;
}

/** `applied` is `null` where the contract never covers the model or the provider. */
function readyContract(contract: Contract) {
  const { provider, account, key, models, list } = contract;
  const [from, to] = [contract.from ?? Number.NEGATIVE_INFINITY, contract.to ?? Number.POSITIVE_INFINITY];
  const matches = models.map(compileWildcard);
  const own = keepAnswers((price) => ({ ...price, source: `contract ${contract.name}: ${price.source}` }));
  const discounted = contract.discount === null ? null : keepAnswers(discountOf(contract, contract.discount));
  const covers = (query: PriceQuery): boolean =>
    from <= query.at &&
    query.at < to &&
    (account === null || account === query.account) &&
    (key === null || key === (query.key ?? query.origin?.key));
  const applied = (scope: PriceScope): AppliedContract | null => {
    const name = modelName(scope.model, scope.provider);
    const isCovered = models.length === 0 || matches.some((isMatch) => isMatch(name));
    if (!isCovered || !isProviderCovered(provider, scope.provider)) return null;
    const ownAt: PriceAt = list?.pricesOf(scope) ?? (() => null);
    const answer = (query: PriceQuery, lists: PriceBook): PriceAnswer | null => {
      const price = ownAt(query.at);
      if (price !== null) return own(price);
      const listed = discounted === null ? null : lists.find(query);
      return listed?.known ? discounted!(listed.price) : null;
    };
    return { covers, answer };
  };
  return { applied };
}

/** The same answer for the same price, as long as that is kept. */
function keepAnswers(change: (price: Price) => Price): (price: Price) => PriceAnswer {
  const answers = new WeakMap<Price, PriceAnswer>();
  return (price) => {
    const known = answers.get(price);
    if (known !== undefined) return known;
    const answer: PriceAnswer = { known: true, price: change(price) };
    answers.set(price, answer);
    return answer;
  };
}

/** Rates times 1 less the discount, exactly; rounding is left to the one at the end of a cost. */
function discountOf({ name, from, to }: Contract, discount: Decimal): (price: Price) => Price {
  const share = formatDecimal(subtractDecimals(parseDecimal('1'), discount));
  const percent = formatDecimal({ units: discount.units * 100n, scale: discount.scale });
  return (price) => ({
    ...price,
    tiers: price.tiers.map(({ upTo, rates }) => ({ upTo, rates: shareOfRates(rates, share) })),
    source: `contract ${name}: ${percent}% off ${price.source}`,
    valid: {
      from: latest(from, price.valid.from),
      to: earliest(to, price.valid.to),
      hours: price.valid.hours,
    },
  });
}

const latest = (a: number | null, b: number | null): number | null => (a === null || (b ?? -Infinity) > a ? b : a);
const earliest = (a: number | null, b: number | null): number | null => (a === null || (b ?? Infinity) < a ? b : a);
