/** Two recordings compared. */

import { type BucketContext, findingsOfBucket } from './bucket-findings.js';
import { bucketsOf } from './buckets.js';
import type { CallRecord, Recorded, Side } from './call-record.js';
import type { Declared } from './differing.js';
import { type Finding, findingOf } from './finding.js';
import type { Grid, GridName } from './grid.js';
import { lastDigitOf } from './last-digit.js';
import { addCosts, addMoney, type MoneySums, onlyIn } from './money-sums.js';
import { type Facts, factsBeforeBill, factsOfGateway } from './own-facts.js';
import { type Owner, sharedOwner } from './owner.js';
import type { PriceRules } from './price-rules.js';
import { findingsOf } from './request-findings.js';
import { groupByRequest, shareIds } from './request-groups.js';
import { minus, sumOfAll, type TokenSums } from './token-sums.js';

/** How two recordings were compared, and what was found. The findings' differences sum to `difference`, in every currency too. */
export interface Pair {
  readonly left: Side;
  readonly right: Side;
  readonly by: 'request' | GridName;
  /** Of buckets; `null`: by model alone, or by request. */
  readonly owner: Owner | null;
  /** Requests, or buckets, that both have, and that one has. */
  readonly matched: number;
  readonly unmatched: number;
  /** Right less left. */
  readonly difference: TokenSums;
  /** In the currencies that both have. */
  readonly cost: MoneySums;
  readonly findings: readonly Finding[];
}

export interface PairContext {
  readonly grid: Grid;
  readonly declared: Declared;
  readonly prices: PriceRules;
  readonly isPreliminary: (record: CallRecord) => boolean;
  /** A bucketed comparison was asked for, also of recordings that share request ids. */
  readonly bucketed: boolean;
  /** The recording before the left one, which knows more of its requests; `null`: there is none. */
  readonly before: Recorded | null;
}

export function comparePair(left: Recorded, right: Recorded, context: PairContext): Pair {
  const byRequest = !context.bucketed && shareIds(left.records, right.records);
  const found = byRequest ? byRequests(left, right, context) : byBuckets(left, right, context);
  const [before, after] = [addCosts(new Map(), left.records, 1n), addCosts(new Map(), right.records, 1n)];
  const currencies = [...before.keys()].filter((currency) => after.has(currency)).sort();
  return {
    left: left.side,
    right: right.side,
    ...found,
    difference: minus(sumOfAll(right.records), sumOfAll(left.records)),
    cost: onlyIn(addMoney(after, before, -1n), currencies),
    findings: found.findings.map((finding) => ({ ...finding, cost: onlyIn(finding.cost, currencies) })),
  };
}

type Found = Pick<Pair, 'by' | 'owner' | 'matched' | 'unmatched' | 'findings'>;

function byRequests(left: Recorded, right: Recorded, { declared }: PairContext): Found {
  const sides = { left: left.side, right: right.side };
  const findings: Finding[] = [];
  let [matched, unmatched] = [0, 0];
  for (const group of groupByRequest(left.records, right.records)) {
    if (group.left.length > 0 && group.right.length > 0) matched++;
    else unmatched++;
    findings.push(...findingsOf(group, sides, declared));
  }
  const nameless = [left, right].map(({ records }) => records.filter(({ id }) => id === null));
  const [gone, come] = nameless as [CallRecord[], CallRecord[]];
  const without = gone.length + come.length;
  if (without > 0) findings.push({ ...findingOf(null, '(no request id)', { gone, come }), requests: without });
  return { by: 'request', owner: null, matched, unmatched: unmatched + without, findings };
}

function byBuckets(left: Recorded, right: Recorded, context: PairContext): Found {
  const { grid, before, isPreliminary } = context;
  const knowing = before !== null && shareIds(before.records, left.records) ? before : null;
  const owner = sharedOwner([left.records, right.records, ...(knowing === null ? [] : [knowing.records])]);
  const buckets = bucketsOf({ left: left.records, right: right.records }, factsOf(left, right, knowing), grid, owner);
  const bucketContext: BucketContext = {
    ...{ left: left.side, right: right.side, isPreliminary },
    digit: lastDigitOf(right.side === 'bill' ? right.records : []),
    prices: right.records.some(({ cost }) => cost !== null) ? context.prices : null,
  };
  const findings = buckets.flatMap((bucket) => findingsOfBucket(bucket, bucketContext));
  const matched = buckets.filter((bucket) => bucket.left.length > 0 && bucket.right.length > 0).length;
  return { by: grid.name, owner, matched, unmatched: buckets.length - matched, findings };
}

function factsOf(left: Recorded, right: Recorded, knowing: Recorded | null): Facts {
  if (right.side !== 'bill') {
    const own = factsBeforeBill(groupByRequest(left.records, []), left.side, (group) => group.left);
    const copies = own.facts.filter(({ cause }) => cause === 'duplicate_in_app');
    return { facts: [...copies, ...factsOfGateway(groupByRequest([], right.records)).facts], open: [] };
  }
  return knowing === null
    ? factsBeforeBill(groupByRequest(left.records, []), left.side, (group) => group.left)
    : factsBeforeBill(groupByRequest(knowing.records, left.records), left.side, (group) => group.right);
}
