/** Conversion of currencies by dated rates of the user's: which rate, from where, and what an amount becomes. */

import { addDecimals, type Decimal, divideHalfEven } from './decimal.js';

/** One row of a rates file: on `date` one unit of `base` cost `rate` of `quote`. */
export interface DatedRate {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** ISO 4217 codes, upper case. */
  readonly base: string;
  readonly quote: string;
  /** Above 0. */
  readonly rate: Decimal;
  /** Who published it. */
  readonly source: string;
}

/**
 * `daily`: of the day, else the last one before; `average`: the mean of the rates stated for the days of a period;
 * `closing`: the last one in force at the end of the last day of a period.
 */
export type RateKind = 'daily' | 'average' | 'closing';

export interface RateQuery {
  readonly from: string;
  readonly to: string;
  readonly kind: RateKind;
  /** First and last day, both included, `YYYY-MM-DD`; of `daily` the same day twice. */
  readonly first: string;
  readonly last: string;
}

/** A positive rational number. */
export interface Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** What a unit of `from` is in `to`, and how that is known. */
export interface ExchangeRate {
  readonly known: true;
  readonly from: string;
  readonly to: string;
  readonly kind: RateKind;
  readonly ratio: Ratio;
  /** Date of the rate; of an average the first and last dates that are in it. */
  readonly date: string;
  readonly lastDate: string;
  /** Rates in it: 1, but of an average. */
  readonly days: number;
  /** `direct`: stated so; `inverse`: 1 divided by it; `cross`: by two rates of the base `via`. */
  readonly path: 'direct' | 'inverse' | 'cross' | 'same';
  readonly via: string | null;
  /** Who published it, as the file says; several are joined. */
  readonly source: string;
}

export type RateAnswer = ExchangeRate | { readonly known: false; readonly reason: string };

/**
 * Days after which a rate no longer stands for a day without one. Ten bridge the longest holidays on which the large
 * currencies are not fixed (eight days at Golden Week and at the Spring Festival, weekends beside them).
 */
export const OLDEST_RATE_DAYS = 10;

/** Finds rates. Give it the rates of a file once; it sorts them by pair and date. */
export interface RateBook {
  readonly find: (query: RateQuery) => RateAnswer;
}

/**
 * A book over dated rates.
 *
 * A pair that is stated is taken as stated; else the inverse of the opposite pair; else a cross of two pairs with one
 * base, the first by name where there are several, over days for which both are stated. An average is taken of what is
 * stated and then inverted or divided, so that it is the average a publisher would name.
 *
 * @param rates  at most one of a date, base and quote
 */
export function rateBook(rates: readonly DatedRate[]): RateBook {
  const pairs = new Map<string, DatedRate[]>();
  for (const rate of rates) {
    const pair = pairs.get(pairOf(rate.base, rate.quote));
    if (pair === undefined) pairs.set(pairOf(rate.base, rate.quote), [rate]);
    else pair.push(rate);
  }
  for (const pair of pairs.values()) pair.sort((a, b) => (a.date < b.date ? -1 : 1));
  return { find: (query) => (query.from === query.to ? sameCurrency(query) : rateFrom(seriesOf(pairs, query), query)) };
}

const pairOf = (base: string, quote: string): string => `${base}/${quote}`;

const sameCurrency = ({ from, to, kind, first, last }: RateQuery): ExchangeRate => ({
  ...{ known: true, from, to, kind, ratio: { numerator: 1n, denominator: 1n }, date: first, lastDate: last },
  ...{ days: 1, path: 'same', via: null, source: 'the same currency' },
});

/** Rates of one pair by date; `over` is what the rate is divided by where it is not stated as asked. */
interface Step {
  readonly date: string;
  readonly rate: Decimal;
  readonly over: Decimal;
  readonly source: string;
}

interface Series extends Pick<ExchangeRate, 'path' | 'via'> {
  /** Ascending by date. */
  readonly steps: readonly Step[];
}

const ONE: Decimal = { units: 1n, scale: 0 };

function seriesOf(pairs: ReadonlyMap<string, readonly DatedRate[]>, { from, to }: RateQuery): Series | null {
  const direct = pairs.get(pairOf(from, to));
  if (direct !== undefined) return { path: 'direct', via: null, steps: direct.map((rate) => ({ ...rate, over: ONE })) };
  const inverse = pairs.get(pairOf(to, from));
  if (inverse !== undefined)
    return { path: 'inverse', via: null, steps: inverse.map((rate) => ({ ...rate, rate: ONE, over: rate.rate })) };
  const bases = [...pairs.values()].map(([first]) => first!.base).sort();
  const via = bases.find((base) => pairs.has(pairOf(base, from)) && pairs.has(pairOf(base, to)));
  if (via === undefined) return null;
  const steps = crossed(pairs.get(pairOf(via, to))!, pairs.get(pairOf(via, from))!);
  return { path: 'cross', via, steps };
}

/** Days for which both are stated. */
function crossed(rates: readonly DatedRate[], overs: readonly DatedRate[]): Step[] {
  const byDate = new Map(overs.map((over) => [over.date, over]));
  return rates.flatMap(({ date, rate, source }) => {
    const over = byDate.get(date);
    return over === undefined ? [] : [{ date, rate, over: over.rate, source: joined([source, over.source]) }];
  });
}

function rateFrom(series: Series | null, query: RateQuery): RateAnswer {
  const { from, to, kind, first, last } = query;
  if (series === null)
    return { known: false, reason: `no rate between ${from} and ${to}, nor of both to one currency` };
  const steps =
    kind === 'average' ? series.steps.filter(({ date }) => first <= date && date <= last) : lastUpTo(series, last);
  if (steps.length === 0) return { known: false, reason: whyMissing(query) };
  const { path, via } = series;
  return {
    ...{ known: true, from, to, kind, ratio: meanOf(steps), path, via, days: steps.length },
    ...{ date: steps[0]!.date, lastDate: steps.at(-1)!.date, source: joined(steps.map(({ source }) => source)) },
  };
}

/** The last rate on or before a day, if it is not too old. */
function lastUpTo({ steps }: Series, day: string): readonly Step[] {
  const step = steps.findLast(({ date }) => date <= day);
  const age = step === undefined ? Number.POSITIVE_INFINITY : (Date.parse(day) - Date.parse(step.date)) / 86_400_000;
  return age <= OLDEST_RATE_DAYS ? [step!] : [];
}

function whyMissing({ from, to, kind, first, last }: RateQuery): string {
  if (kind === 'average') return `no rate between ${from} and ${to} from ${first} to ${last}`;
  return `no rate between ${from} and ${to} on ${last}, nor in the ${OLDEST_RATE_DAYS} days before`;
}

/** Mean of the rates over the mean of what they are divided by: the numbers of both are the same, so the sums are enough. */
function meanOf(steps: readonly Step[]): Ratio {
  const rate = steps.map((step) => step.rate).reduce(addDecimals);
  const over = steps.map((step) => step.over).reduce(addDecimals);
  return { numerator: rate.units * 10n ** BigInt(over.scale), denominator: over.units * 10n ** BigInt(rate.scale) };
}

const joined = (sources: readonly string[]): string => [...new Set(sources)].sort().join(', ');

/** An amount in pico-units at a rate: exact, then rounded half-even once to a whole pico-unit. */
export const convert = (pico: bigint, { numerator, denominator }: Ratio): bigint =>
  divideHalfEven(pico * numerator, denominator);
