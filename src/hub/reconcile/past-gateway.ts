/** Usage without tokens that the application knows, the bill has, and the gateway between them never saw. */

import type { Bucket } from './buckets.js';
import type { CallRecord } from './call-record.js';
import type { Finding } from './finding.js';
import { addCosts } from './money-sums.js';
import { isZero, NO_SUMS, sumsOf } from './token-sums.js';

/** Images, films, speech: no tokens, so that quantities alone show that the bill is of calls the gateway never saw. */
export const isPastGateway = ({ left, right, facts }: Bucket): boolean =>
  left.length === 0 &&
  right.length > 0 &&
  facts.length > 0 &&
  facts.every(({ cause }) => cause === 'missing_in_gateway') &&
  [...right, ...facts.flatMap(({ come }) => come)].every(({ tokens }) => isZero(sumsOf(tokens))) &&
  isSame(quantitiesOf(right), quantitiesOf(facts.flatMap(({ come }) => come)));

export const pastGateway = ({ right, facts }: Bucket): Finding => ({
  ...{ cause: 'missing_in_gateway', requests: facts.length, tokens: 0n, difference: NO_SUMS },
  ...{ cost: addCosts(new Map(), right, 1n), evidence: facts.map(({ id }) => id) },
});

function quantitiesOf(records: readonly CallRecord[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const { quantities } of records)
    for (const [name, amount] of Object.entries(quantities)) sums.set(name, (sums.get(name) ?? 0n) + amount);
  return sums;
}

const isSame = (a: ReadonlyMap<string, bigint>, b: ReadonlyMap<string, bigint>): boolean =>
  a.size > 0 && a.size === b.size && [...a].every(([name, amount]) => b.get(name) === amount);
