/** What usage costs, as lines: computed by class of tokens and rate, billed by bill and model, charges by their kind. */

import type { Rates } from '../../pricing/price.js';
import { type AmountLine, amountLine } from './amount-line.js';
import type { MeterLine, MeterPrice } from './meter-line.js';
import { addReadings, totalTokens } from './meter-reading.js';
import { type RatedUse, ratedClasses } from './rated-classes.js';

/** Usage of one model at one price, whichever recording tells it. */
export interface PricedUse extends RatedUse, Pick<MeterLine, 'model' | 'provider' | 'mode' | 'requests'> {
  readonly price: MeterPrice;
  readonly currency: string;
  /** Accounts it went through, by name: contracts apply to them. */
  readonly accounts: readonly string[];
}

/** The rates a price has or had in the period, one of which it was; none: no list states this price any more. */
export type RatesOf = (use: PricedUse) => readonly Rates[];

type Paid = MeterLine & { readonly cost: NonNullable<MeterLine['cost']> };

const isPaid = (line: MeterLine): line is Paid => line.isReadForMoney && line.cost !== null;

/** Lines of the cost that is read, in order: computed, billed, charges; each by name. */
export function usageAmounts(lines: readonly MeterLine[], ratesOf: RatesOf): AmountLine[] {
  const paid = lines.filter(isPaid);
  const usage = paid.filter(({ charge }) => charge === 'usage');
  return [
    ...pricedUses(usage.filter(isComputed)).flatMap((use) => usageLines(use, ratesOf(use))),
    ...billLines(usage.filter((line) => !isComputed(line))),
    ...billLines(paid.filter(({ charge }) => charge !== 'usage')),
  ];
}

const isComputed = ({ cost, price }: Paid): boolean => cost.kind === 'computed' && price !== null;

/** The usage that was priced, for those who look for its rates. */
export const pricedUsesOf = (lines: readonly MeterLine[]): PricedUse[] =>
  pricedUses(lines.filter(isPaid).filter((line) => line.charge === 'usage' && isComputed(line)));

function pricedUses(lines: readonly Paid[]): PricedUse[] {
  return grouped(
    lines,
    ({ model, provider, mode, price, cost }) => [model, provider, mode, ...priceKey(price!), cost.currency],
    useOf,
    addUses,
  );
}

/** Smaller tiers come first, the last, which has no bound, at the end. */
const priceKey = ({ source, asOf, model, region, mode, tier }: MeterPrice): (string | null)[] => [
  ...[source, asOf, model, region, mode, tier === null ? '~' : `${tier}`.padStart(16, '0')],
];

const useOf = (line: Paid): PricedUse => ({
  ...{ model: line.model, provider: line.provider, mode: line.mode, price: line.price! },
  ...{ events: line.events, requests: line.requests, tokens: line.tokens, quantities: line.quantities },
  ...{ currency: line.cost.currency, pico: line.cost.pico, accounts: [line.recording.account] },
});

const addUses = (a: PricedUse, b: PricedUse): PricedUse => ({
  ...a,
  ...addReadings(a, b),
  events: a.events + b.events,
  pico: a.pico + b.pico,
  accounts: [...new Set([...a.accounts, ...b.accounts])].sort(),
});

function usageLines(use: PricedUse, rates: readonly Rates[]): AmountLine[] {
  const { model, provider, mode, price, currency, pico, tokens } = use;
  const line = { section: 'usage', model, provider, mode, price, currency } as const;
  const classes = rates.map((each) => ratedClasses(use, each)).find((each) => each !== null);
  if (classes === undefined || classes.length === 0)
    return [amountLine({ ...line, pico, amount: millionths(totalTokens(tokens)), note: whyNoRates(classes, rates) })];
  return classes.map(({ name, amount, rates: applied, pico: part }) =>
    amountLine({ ...line, tokenClass: name, amount, rates: applied, pico: part }),
  );
}

const RATES_NOT_KNOWN = 'rates not known any more';

function whyNoRates(classes: readonly unknown[] | undefined, rates: readonly Rates[]): string | null {
  if (classes !== undefined) return null;
  return rates.length > 1 ? `${rates.length} rates in the period` : RATES_NOT_KNOWN;
}

function billLines(lines: readonly Paid[]): AmountLine[] {
  return grouped(
    lines,
    ({ charge, model, provider, recording, cost }) => [charge, model, provider, recording, cost.currency],
    billLine,
    addAmounts,
  );
}

function billLine({ charge, model, provider, recording, cost, tokens }: Paid): AmountLine {
  const isUsage = charge === 'usage';
  return amountLine({
    ...{ section: isUsage ? 'bill' : 'charge', item: isUsage ? null : charge, charge, recording },
    ...{ model, provider, amount: millionths(totalTokens(tokens)), currency: cost.currency, pico: cost.pico },
  });
}

const addAmounts = (a: AmountLine, b: AmountLine): AmountLine => ({
  ...a,
  amount: a.amount === null ? b.amount : a.amount + (b.amount ?? 0n),
  pico: a.pico + b.pico,
});

const millionths = (tokens: bigint | null): bigint | null => (tokens === null ? null : tokens * 1_000_000n);

/** Items of one key added up, by key. */
function grouped<T, G>(
  items: readonly T[],
  keyOf: (item: T) => readonly unknown[],
  make: (item: T) => G,
  add: (a: G, b: G) => G,
): G[] {
  const groups = new Map<string, G>();
  for (const item of items) {
    const key = JSON.stringify(keyOf(item));
    const before = groups.get(key);
    groups.set(key, before === undefined ? make(item) : add(before, make(item)));
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}
