/** How far apart two recordings are, in tokens and in each currency. */

import { divideHalfEven, formatFixed } from '../../pricing/decimal.js';
import { usesQuantity } from '../../pricing/priceable.js';
import type { CallRecord, Recorded } from './call-record.js';
import type { Pair } from './pair.js';
import { isCacheHit } from './status.js';
import { absolute, distanceOf, sumOfAll, totalOf } from './token-sums.js';

/** Part of a whole, both from 0: tokens, or pico-units. */
export interface Measure {
  readonly apart: bigint;
  /** What the larger side has. */
  readonly larger: bigint;
}

export interface Measures {
  readonly tokens: Measure;
  /** In the currencies that both have. */
  readonly cost: ReadonlyMap<string, Measure>;
}

export interface Compared {
  readonly pair: Pair;
  readonly left: Recorded;
  readonly right: Recorded;
}

/** The whole difference: input and output by themselves, so that more of one does not hide less of the other. */
export const measuresOfDifference = ({ pair, ...sides }: Compared): Measures =>
  measuresOf(sides, distanceOf(pair.difference), pair.cost);

/** What no cause explains: bucket by bucket, request by request, so that too much here does not hide too little there. */
export function measuresOfUnexplained({ pair, ...sides }: Compared): Measures {
  const open = pair.findings.filter(({ cause }) => cause === null);
  const tokens = open.reduce((sum, { difference }) => sum + distanceOf(difference), 0n);
  const cost = new Map([...pair.cost.keys()].map((currency) => [currency, 0n]));
  for (const finding of open)
    for (const [currency, pico] of finding.cost) cost.set(currency, cost.get(currency)! + absolute(pico));
  return measuresOf(sides, tokens, cost);
}

const measuresOf = (
  { left, right }: Omit<Compared, 'pair'>,
  tokens: bigint,
  cost: ReadonlyMap<string, bigint>,
): Measures => ({
  tokens: { apart: tokens, larger: larger(left, right, (records) => totalOf(sumOfAll(records))) },
  cost: new Map(
    [...cost].map(([currency, pico]) => [
      currency,
      { apart: absolute(pico), larger: larger(left, right, (records) => costIn(currency, records)) },
    ]),
  ),
});

function larger(left: Recorded, right: Recorded, sum: (records: readonly CallRecord[]) => bigint): bigint {
  const [a, b] = [absolute(sum(left.records)), absolute(sum(right.records))];
  return a > b ? a : b;
}

const costIn = (currency: string, records: readonly CallRecord[]): bigint =>
  records.reduce((sum, { cost }) => (cost?.currency === currency ? sum + cost.pico : sum), 0n);

/** Whether a cost is missing from what is compared: of usage that nothing covered. A missing cost is not a cost of 0. */
export const lacksCost = ({ left, right }: Omit<Compared, 'pair'>): boolean =>
  [left, right].some(({ records }) => records.some(isUnpriced));

const isUnpriced = (record: CallRecord): boolean =>
  record.cost === null && record.plan === null && !isCacheHit(record) && usedSomething(record);

const usedSomething = ({ tokens, quantities }: CallRecord): boolean =>
  Object.values(tokens).some((count) => count !== null && count !== 0) || usesQuantity(quantities);

/**
 * Percent as decimal text of two decimals, rounded half-even; `<0.01` for less than that shows of what is not 0; `null`:
 * neither side has any.
 *
 * @example percentOf({ apart: 1n, larger: 3n }) // '33.33'
 */
export function percentOf({ apart, larger }: Measure): string | null {
  if (larger === 0n) return null;
  const hundredths = divideHalfEven(apart * 10_000n, larger);
  return hundredths === 0n && apart !== 0n ? '<0.01' : formatFixed(hundredths, 2);
}
