/** Calls of images, seconds or characters that never passed the gateway, and are on the bill. */

import type { Bucket } from './buckets.js';
import type { CallRecord } from './call-record.js';
import type { Finding } from './finding.js';
import { addCosts } from './money-sums.js';
import { isZero, NO_SUMS, sumOfAll } from './token-sums.js';

/**
 * What the application, whose request ids the gateway shares, has in a bucket that the gateway has nothing of, where it
 * and the bill tell no tokens and the same quantities; `null`: it is not so. The cost is theirs where all have one, else
 * the bill's: nobody else can be meant by it.
 */
export function bypassingFinding({ left, right, facts }: Bucket): Finding | null {
  const calls = facts.flatMap(({ cause, come }) => (cause === 'missing_in_gateway' ? come : []));
  if (left.length > 0 || right.length === 0 || calls.length === 0) return null;
  if (![right, calls].every((records) => isZero(sumOfAll(records))) || !haveSame(calls, right)) return null;
  return {
    cause: 'missing_in_gateway',
    requests: calls.length,
    ...{ tokens: 0n, difference: NO_SUMS },
    cost: addCosts(new Map(), calls.every(({ cost }) => cost !== null) ? calls : right, 1n),
    evidence: facts.map(({ id }) => id),
  };
}

function haveSame(calls: readonly CallRecord[], billed: readonly CallRecord[]): boolean {
  const [a, b] = [quantitiesOf(calls), quantitiesOf(billed)];
  return a.size > 0 && a.size === b.size && [...a].every(([name, amount]) => b.get(name) === amount);
}

function quantitiesOf(records: readonly CallRecord[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { quantities } of records)
    for (const [name, amount] of Object.entries(quantities)) sums.set(name, (sums.get(name) ?? 0n) + amount);
  return sums;
}
