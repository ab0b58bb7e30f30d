/** Costs in one currency, beside the originals. */

import { formatPico } from '../pricing/money.js';
import { byName, costTexts } from './costs.js';
import type { CostTexts } from './figures.js';
import type { ReadCell } from './sum-cells.js';

/** A number as a fraction of whole ones; `denominator` > 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Rates into one currency. */
export interface Exchange {
  readonly currency: string;
  /** How a rate was chosen for a day. */
  readonly rate: 'daily' | 'average' | 'closing';
  /** Units of `currency` for one of another on a day `YYYY-MM-DD`, exact; `null`: no rate is known. */
  readonly rateOn: (currency: string, day: string) => Fraction | null;
}

export interface Converted {
  readonly currency: string;
  /** Decimal text; rows add up to the total to the last digit. `null`: nothing could be converted. */
  readonly amount: string | null;
  /** What is not in the amount, as no rate of the day is known: decimal text by currency. */
  readonly missing: CostTexts;
}

interface Exact {
  /** Pico-units. */
  readonly sum: Fraction;
  readonly isKnown: boolean;
  readonly missing: ReadonlyMap<string, bigint>;
}

const NOTHING: Fraction = { numerator: 0n, denominator: 1n };

/** What cells cost in the currency of the rates: each amount at the rate of its day, of several days at that of the last. */
export function convertCells(cells: readonly ReadCell[], { currency, rateOn }: Exchange): Exact {
  let sum = NOTHING;
  const missing = new Map<string, bigint>();
  let isKnown = false;
  for (const { currency: from, day, pico } of amountsByDay(cells)) {
    const rate = from === currency ? { numerator: 1n, denominator: 1n } : rateOn(from, day);
    if (rate === null) missing.set(from, (missing.get(from) ?? 0n) + pico);
    else {
      sum = addFractions(sum, { numerator: pico * rate.numerator, denominator: rate.denominator });
      isKnown = true;
    }
  }
  return { sum, isKnown, missing };
}

interface DayAmount {
  readonly currency: string;
  readonly day: string;
  pico: bigint;
}

function amountsByDay(cells: readonly ReadCell[]): Iterable<DayAmount> {
  const amounts = new Map<string, DayAmount>();
  for (const { cell, reading } of cells) {
    if (!reading.money || cell.cost === null) continue;
    const { currency, pico } = cell.cost;
    const day = cell.day.slice(-'YYYY-MM-DD'.length);
    const known = amounts.get(`${currency} ${day}`);
    if (known === undefined) amounts.set(`${currency} ${day}`, { currency, day, pico });
    else known.pico += pico;
  }
  return amounts.values();
}

/** Pico-units, the part of one cut off; for comparing. */
export const wholePico = ({ sum }: Exact): bigint => floorDivide(sum.numerator, sum.denominator);

/**
 * Exact amounts as texts of whole pico-units that add up to the rounded sum of all (largest remainder, the earlier line
 * wins a tie).
 *
 * @returns  one for each line, same order, and the total
 */
export function convertedTexts(lines: readonly Exact[], currency: string): { lines: Converted[]; total: Converted } {
  const exact = lines.reduce((sum, line) => addFractions(sum, line.sum), NOTHING);
  const total = floorDivide(2n * exact.numerator + exact.denominator, 2n * exact.denominator);
  const picos = lines.map(wholePico);
  const missing = total - picos.reduce((sum, pico) => sum + pico, 0n);
  for (const i of byRemainder(lines).slice(0, Number(missing))) picos[i]! += 1n;
  const textOf = ({ isKnown, missing: left }: Omit<Exact, 'sum'>, pico: bigint): Converted => ({
    currency,
    amount: isKnown || left.size === 0 ? formatPico(pico) : null,
    missing: costTexts(byName(left)),
  });
  const all = { isKnown: lines.some(({ isKnown }) => isKnown), missing: addMissing(lines) };
  return { lines: lines.map((line, i) => textOf(line, picos[i]!)), total: textOf(all, total) };
}

function addMissing(lines: readonly Exact[]): Map<string, bigint> {
  const missing = new Map<string, bigint>();
  for (const [currency, pico] of lines.flatMap((line) => [...line.missing]))
    missing.set(currency, (missing.get(currency) ?? 0n) + pico);
  return missing;
}

/** Places of the lines, the largest part of a pico-unit cut off first. */
function byRemainder(lines: readonly Exact[]): number[] {
  const rest = ({ sum }: Exact): Fraction => ({
    numerator: sum.numerator - floorDivide(sum.numerator, sum.denominator) * sum.denominator,
    denominator: sum.denominator,
  });
  const rests = lines.map(rest);
  return rests.map((_, i) => i).sort((a, b) => compareFractions(rests[b]!, rests[a]!) || a - b);
}

function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference > 0n ? 1 : difference < 0n ? -1 : 0;
}

function addFractions(a: Fraction, b: Fraction): Fraction {
  if (a.denominator === b.denominator) return { numerator: a.numerator + b.numerator, denominator: a.denominator };
  const numerator = a.numerator * b.denominator + b.numerator * a.denominator;
  const denominator = a.denominator * b.denominator;
  const divisor = greatestDivisor(numerator < 0n ? -numerator : numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
