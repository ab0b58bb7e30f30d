/** Tokens times rate, class by class: how the computed cost of some usage came about. */

import { type Decimal, divideHalfEven, parseDecimal } from '../../pricing/decimal.js';
import type { Rate, Rates } from '../../pricing/price.js';
import type { MeterTokens } from './meter-line.js';

/** Usage priced alike. */
export interface RatedUse {
  readonly events: bigint;
  readonly tokens: MeterTokens;
  /** In millionths, by name. */
  readonly quantities: Readonly<Record<string, bigint>>;
  /** Its computed cost in pico-units: of each event rounded to a whole one. */
  readonly pico: bigint;
}

export interface RatedClass {
  readonly name: string;
  /** In millionths of a token. */
  readonly amount: bigint;
  /** Per million tokens; several where the price of a token depends on its request. */
  readonly rates: readonly Rate[];
  readonly pico: bigint;
}

interface Part {
  readonly name: string;
  readonly amount: bigint;
  readonly rates: readonly (Rate | null)[];
}

/**
 * The classes used, each with its rate and its part of the cost; the parts add up to the cost to the last pico-unit.
 *
 * What each event's cost was rounded by stands with the largest part. Cached input of two kinds of caches, and output of
 * requests that reasoned or not, have two rates each: where one choice of them makes the cost, it is taken; else they
 * stand together with what the other classes leave.
 *
 * @returns `null`: these rates do not make this cost, so they are not those it was computed with
 */
export function ratedClasses(use: RatedUse, rates: Rates): RatedClass[] | null {
  const parts = partsOf(use, rates).filter(({ amount }) => amount !== 0n);
  if (parts.some((part) => part.amount < 0n || part.rates.includes(null))) return null;
  const slack = use.events + BigInt(parts.length);
  const fitting = choicesOf(parts).filter((classes) => isWithin(use.pico - sumOf(classes), slack));
  if (fitting.length === 1) return withRest(fitting[0]!, use.pico);
  return mixedClasses(parts, use.pico, slack);
}

const MILLIONTHS = 1_000_000n;

function partsOf({ tokens, quantities }: RatedUse, rates: Rates): Part[] {
  const of = (count: bigint | null) => (count ?? 0n) * MILLIONTHS;
  const [audioIn, audioOut] = [quantities.audio_input_tokens ?? 0n, quantities.audio_output_tokens ?? 0n];
  const cached = rates.cacheReadExplicit === null ? [rates.cacheRead] : [rates.cacheRead, rates.cacheReadExplicit];
  const thinks = rates.outputThinking !== null && (tokens.reasoning ?? 0n) > 0n;
  return [
    { name: 'input', amount: of(tokens.input) - audioIn, rates: [rates.input] },
    { name: 'audio input', amount: audioIn, rates: [rates.inputAudio] },
    { name: 'cached input', amount: of(tokens.cacheRead), rates: distinct(cached) },
    { name: 'cache write 5m', amount: of(tokens.cacheWrite5m), rates: [rates.cacheWrite5m] },
    { name: 'cache write 1h', amount: of(tokens.cacheWrite1h), rates: [rates.cacheWrite1h] },
    {
      name: 'output',
      amount: of(tokens.output) - audioOut,
      rates: distinct(thinks ? [rates.output, rates.outputThinking] : [rates.output]),
    },
    { name: 'audio output', amount: audioOut, rates: [rates.outputAudio] },
  ];
}

/** Those stated; `null` alone where none is. */
const distinct = (rates: readonly (Rate | null)[]): (Rate | null)[] => {
  const known = [...new Set(rates.filter((rate) => rate !== null))];
  return known.length === 0 ? [null] : known;
};

/** Every way of giving each part one of its rates; four at most. */
const choicesOf = (parts: readonly Part[]): RatedClass[][] =>
  parts.reduce<RatedClass[][]>(
    (choices, part) => choices.flatMap((before) => part.rates.map((rate) => [...before, ratedAt(part, rate!)])),
    [[]],
  );

const ratedAt = ({ name, amount }: Part, rate: Rate): RatedClass => ({
  ...{ name, amount, rates: [rate] },
  pico: picoOf(amount, parseDecimal(rate)),
});

/** Millionths of a token at a rate per million of them are 10^-12 of a rate: pico-units, but for the rate's own decimals. */
const picoOf = (amount: bigint, { units, scale }: Decimal): bigint =>
  divideHalfEven(amount * units, 10n ** BigInt(scale));

const sumOf = (classes: readonly RatedClass[]): bigint => classes.reduce((sum, { pico }) => sum + pico, 0n);

const isWithin = (rest: bigint, slack: bigint): boolean => -slack <= rest && rest <= slack;

function withRest(classes: readonly RatedClass[], pico: bigint): RatedClass[] | null {
  const rest = pico - sumOf(classes);
  if (classes.length === 0) return rest === 0n ? [] : null;
  const largest = classes.reduce((a, b) => (b.pico > a.pico ? b : a));
  return classes.map((each) => (each === largest ? { ...each, pico: each.pico + rest } : each));
}

/** Parts of several rates as one class, of what the others leave; in the place of the first of them. */
function mixedClasses(parts: readonly Part[], pico: bigint, slack: bigint): RatedClass[] | null {
  const mixed = parts.filter(({ rates }) => rates.length > 1);
  if (mixed.length === 0) return null;
  const plain = parts.filter((part) => !mixed.includes(part)).map((part) => ratedAt(part, part.rates[0]!));
  const rest = pico - sumOf(plain);
  const bounds = choicesOf(mixed).map(sumOf);
  if (bounds.every((bound) => rest < bound - slack) || bounds.every((bound) => rest > bound + slack)) return null;
  const together: RatedClass = {
    name: mixed.map(({ name }) => name).join(' and '),
    amount: mixed.reduce((sum, { amount }) => sum + amount, 0n),
    rates: mixed.flatMap(({ rates }) => rates.map((rate) => rate!)),
    pico: rest,
  };
  return parts.flatMap((part) =>
    part === mixed[0] ? [together] : mixed.includes(part) ? [] : plain.filter(({ name }) => name === part.name),
  );
}
