import type { CallRecord } from './call-record.js';
import type { Cause } from './causes.js';
import { addCosts, type MoneySums } from './money-sums.js';
import { absolute, minus, sumOfAll, type TokenSums, totalOf } from './token-sums.js';

/** Part of the difference between two recordings, later minus earlier, with what shows it. */
export interface Finding {
  /** `null`: no cause is known. */
  readonly cause: Cause | null;
  /** Calls it is about. */
  readonly requests: number;
  /** Tokens it is about, from 0; they need not make a difference: both may have counted them. */
  readonly tokens: bigint;
  readonly difference: TokenSums;
  readonly cost: MoneySums;
  /** Request ids, or the name of a bucket. */
  readonly evidence: readonly string[];
}

/** What some records put in the place of others make of a difference. */
export function findingOf(
  cause: Cause | null,
  evidence: string,
  { gone, come }: { readonly gone: readonly CallRecord[]; readonly come: readonly CallRecord[] },
): Finding {
  const difference = minus(sumOfAll(come), sumOfAll(gone));
  return {
    cause,
    requests: 1,
    tokens: absolute(totalOf(difference)),
    difference,
    cost: addCosts(addCosts(new Map(), come, 1n), gone, -1n),
    evidence: [evidence],
  };
}
