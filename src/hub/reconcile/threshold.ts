/** What difference is too much. */

import type { Recorded } from './call-record.js';
import type { Pair } from './pair.js';
import { absolute, distanceOf, sumOfAll, totalOf } from './token-sums.js';

/** At most so much; exactly at it passes. */
export type Threshold =
  /** Of the larger side, in millionths of a percent: of tokens, and of every currency that both have. */
  | { readonly text: string; readonly share: bigint }
  | { readonly text: string; readonly tokens: bigint }
  | { readonly text: string; readonly currency: string; readonly pico: bigint };

export type JudgedOn = 'difference' | 'unexplained';

/** Millionths of a percent in the whole. */
const WHOLE = 100_000_000n;

export interface Judged {
  readonly passed: boolean;
  /** Difference of tokens over the larger side, in millionths of a percent, rounded up; `null`: neither has any. */
  readonly share: bigint | null;
}

/** What is too much of one comparison. `null`: money is asked for that not both have, so there is no answer. */
export function judgePair(
  pair: Pair,
  { left, right }: { readonly left: Recorded; readonly right: Recorded },
  threshold: Threshold | null,
  on: JudgedOn,
): Judged | null {
  const measured = on === 'difference' ? distanceOf(pair.difference) : unexplainedTokens(pair);
  const larger = [left, right].map(({ records }) => totalOf(sumOfAll(records))).reduce((a, b) => (a > b ? a : b));
  const share = larger === 0n ? null : (measured * WHOLE + larger - 1n) / larger;
  if (threshold === null) return { passed: true, share };
  if ('tokens' in threshold) return { passed: measured <= threshold.tokens, share };
  const money = moneyOf(pair, on);
  if ('currency' in threshold) {
    const apart = money.get(threshold.currency);
    return apart === undefined ? null : { passed: absolute(apart) <= threshold.pico, share };
  }
  const isMoneyFine = [...money].every(
    ([currency, pico]) => absolute(pico) * WHOLE <= threshold.share * largerCost(currency, [left, right]),
  );
  return { passed: measured * WHOLE <= threshold.share * larger && isMoneyFine, share };
}

/** Bucket by bucket, request by request, so that too much here does not hide too little there. */
const unexplainedTokens = ({ findings }: Pair): bigint =>
  findings.reduce((sum, { cause, difference }) => (cause === null ? sum + distanceOf(difference) : sum), 0n);

function moneyOf(pair: Pair, on: JudgedOn): ReadonlyMap<string, bigint> {
  if (on === 'difference') return pair.cost;
  const sums = new Map([...pair.cost.keys()].map((currency) => [currency, 0n]));
  for (const { cause, cost } of pair.findings)
    if (cause === null) for (const [currency, pico] of cost) sums.set(currency, sums.get(currency)! + absolute(pico));
  return sums;
}

const largerCost = (currency: string, recordings: readonly Recorded[]): bigint =>
  recordings
    .map(({ records }) => records.reduce((sum, { cost }) => (cost?.currency === currency ? sum + cost.pico : sum), 0n))
    .map(absolute)
    .reduce((a, b) => (a > b ? a : b));
