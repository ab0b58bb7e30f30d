import type { MeterLine, MeterPrice } from '../../hub/statement/meter-line.js';
import { type PricedUse, pricedUsesOf, type RatesOf } from '../../hub/statement/usage-amounts.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import type { Price, Rates } from '../../pricing/price.js';

const HOUR_MS = 3_600_000;

/** In which prices are looked for, and what contracts may apply by. */
interface Where {
  readonly from: number;
  readonly to: number;
  /** Keys that contracts name. */
  readonly keys: readonly string[];
}

/**
 * Finds the rates of prices that costs were computed with, in the price lists of today: a ledger keeps which price it was,
 * but not its rates. Looks at every hour of the period, as prices change, some by the hour.
 */
export async function ratesFinder(book: DefaultPriceBook, lines: readonly MeterLine[], where: Where): Promise<RatesOf> {
  await book.prepare(new Set(pricedUsesOf(lines).map(({ provider }) => provider)));
  return (use) => [...new Map([...ratesIn(book, use, where)].map((rates) => [JSON.stringify(rates), rates])).values()];
}

function ratesIn(book: DefaultPriceBook, use: PricedUse, { from, to, keys }: Where): Set<Rates> {
  const { model, provider, mode } = use;
  const found = new Set<Rates>();
  for (const account of use.accounts)
    for (const key of [null, ...keys])
      for (let at = from; at < to; at += HOUR_MS) {
        const answer = book.find({ model, provider, mode, at, account, key });
        const rates = answer.known ? ratesOf(answer.price, use.price, use.currency) : null;
        if (rates !== null) found.add(rates);
      }
  return found;
}

/** The rates of the tier, where it is this price; `null`: it is another. */
function ratesOf(price: Price, applied: MeterPrice, currency: string): Rates | null {
  const isApplied =
    price.source === applied.source &&
    price.asOf === applied.asOf &&
    price.model === applied.model &&
    price.region === applied.region &&
    price.mode === applied.mode &&
    price.currency === currency;
  return isApplied ? (price.tiers.find(({ upTo }) => upTo === applied.tier)?.rates ?? null) : null;
}
