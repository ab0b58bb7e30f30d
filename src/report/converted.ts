/** Costs in one currency, beside the originals. */

import { groupBy } from '../group-by.js';
import { convert, type RateBook, type RateKind, type Ratio } from '../pricing/exchange.js';
import { formatPico } from '../pricing/money.js';
import { byName, costTexts } from './costs.js';
import { type DaySpan, daySpan } from './day-text.js';
import type { CostTexts } from './figures.js';
import { addRatios, byRemainder, floorOf, NO_AMOUNT } from './ratio.js';
import type { ReadCell } from './sum-cells.js';

/** What to convert costs into, and by which rates. */
export interface Exchange {
  readonly currency: string;
  readonly kind: RateKind;
  readonly rates: RateBook;
}

/** Rates a report used of one currency: those of the dates `first` to `last`, and how they are known. */
export interface RateUse {
  readonly from: string;
  readonly first: string;
  readonly last: string;
  readonly paths: readonly string[];
  readonly sources: readonly string[];
}

export interface Converted {
  readonly currency: string;
  /** Decimal text; rows add up to the total to the last digit. `null`: no cost is known, or none could be converted. */
  readonly amount: string | null;
  /** What is not in the amount, as no rate of the day is known: decimal text by currency. */
  readonly missing: CostTexts;
}

/** Cost of some cells in the currency asked for, exact. */
export interface ExactCost {
  /** Pico-units. */
  readonly sum: Ratio;
  /** Something could be converted, or there is nothing at all. */
  readonly isKnown: boolean;
  readonly missing: ReadonlyMap<string, bigint>;
}

/** Rates used by several converters, each currency's together. */
export function rateUses(converters: readonly (Converter | null)[]): RateUse[] {
  const uses = groupBy(
    converters.flatMap((each) => each?.used() ?? []),
    ({ from }) => from,
  );
  const both = (texts: readonly (readonly string[])[]) => [...new Set(texts.flat())].sort();
  return [...uses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([from, ofOne]) => ({
      from,
      first: ofOne.map(({ first }) => first).sort()[0]!,
      last: ofOne
        .map(({ last }) => last)
        .sort()
        .at(-1)!,
      paths: both(ofOne.map(({ paths }) => paths)),
      sources: both(ofOne.map(({ sources }) => sources)),
    }));
}

/** Converts the cost of cells, and remembers the rates used. */
export interface Converter {
  readonly convert: (cells: readonly ReadCell[]) => ExactCost;
  /** One entry per rate. */
  readonly used: () => readonly RateUse[];
}

/**
 * Each amount at the rate of its day, of several days at that of the last; `average` and `closing` at one rate for the
 * whole period.
 */
export function converter({ currency, kind, rates }: Exchange, period: DaySpan): Converter {
  const ratios = new Map<string, Ratio | null>();
  const uses: RateUse[] = [];

  function ratioOf(from: string, days: DaySpan): Ratio | null {
    const rate = rates.find({ from, to: currency, kind, ...days });
    if (!rate.known) return null;
    if (rate.path === 'same') return rate.ratio;
    const path = rate.via === null ? rate.path : `${rate.path} by ${rate.via}`;
    uses.push({ from, first: rate.date, last: rate.lastDate, paths: [path], sources: [rate.source] });
    return rate.ratio;
  }

  function remembered(from: string, day: string): Ratio | null {
    const days = kind === 'daily' ? { first: day, last: day } : period;
    const key = `${from} ${days.last}`;
    const known = ratios.get(key);
    if (known !== undefined) return known;
    const ratio = ratioOf(from, days);
    ratios.set(key, ratio);
    return ratio;
  }

  return { convert: (cells) => convertCells(cells, remembered), used: () => uses };
}

function convertCells(cells: readonly ReadCell[], ratioOf: (from: string, day: string) => Ratio | null): ExactCost {
  let sum = NO_AMOUNT;
  let isKnown = cells.length === 0;
  const missing = new Map<string, bigint>();
  for (const { currency, day, pico } of amountsByDay(cells)) {
    const ratio = ratioOf(currency, day);
    if (ratio === null) missing.set(currency, (missing.get(currency) ?? 0n) + pico);
    else {
      sum = addRatios(sum, { numerator: pico * ratio.numerator, denominator: ratio.denominator });
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
    const day = daySpan(cell.day).last;
    const known = amounts.get(`${currency} ${day}`);
    if (known === undefined) amounts.set(`${currency} ${day}`, { currency, day, pico });
    else known.pico += pico;
  }
  return amounts.values();
}

/**
 * Exact amounts as texts of whole pico-units that add up to the rounded sum of all (largest remainder, the earlier line
 * wins a tie).
 *
 * @returns  one for each line, same order, and the total
 */
export function convertedTexts(
  lines: readonly ExactCost[],
  currency: string,
): { lines: Converted[]; total: Converted } {
  const exact = lines.reduce((sum, line) => addRatios(sum, line.sum), NO_AMOUNT);
  const total = convert(1n, exact);
  const picos = lines.map(({ sum }) => floorOf(sum));
  const left = total - picos.reduce((sum, pico) => sum + pico, 0n);
  for (const i of byRemainder(lines.map(({ sum }) => sum)).slice(0, Number(left))) picos[i]! += 1n;
  const textOf = ({ isKnown, missing }: Omit<ExactCost, 'sum'>, pico: bigint): Converted => ({
    currency,
    amount: isKnown ? formatPico(pico) : null,
    missing: costTexts(byName(missing)),
  });
  const all = { isKnown: lines.length === 0 || lines.some(({ isKnown }) => isKnown), missing: addMissing(lines) };
  return { lines: lines.map((line, i) => textOf(line, picos[i]!)), total: textOf(all, total) };
}

function addMissing(lines: readonly ExactCost[]): Map<string, bigint> {
  const missing = new Map<string, bigint>();
  for (const [currency, pico] of lines.flatMap((line) => [...line.missing]))
    missing.set(currency, (missing.get(currency) ?? 0n) + pico);
  return missing;
}
