/** Two recordings that share no request ids: what every bucket says of their difference. */

import type { Bucket } from './buckets.js';
import { bypassingFinding } from './bypassing.js';
import type { CallRecord, Side } from './call-record.js';
import type { Cause } from './causes.js';
import { costCause } from './cost-findings.js';
import { type Finding, findingOf } from './finding.js';
import { type LastDigit, linesOf } from './last-digit.js';
import { addCosts, addMoney, type MoneySums, NO_MONEY } from './money-sums.js';
import type { PriceRules } from './price-rules.js';
import { absolute, isZero, minus, NO_SUMS, sumOfAll, sumsOf, type TokenSums, totalOf } from './token-sums.js';

export interface BucketContext {
  readonly left: Side;
  readonly right: Side;
  readonly digit: LastDigit;
  /** `null`: the right recording has no money of its own. */
  readonly prices: PriceRules | null;
  /** Whether the bill's month may still get lines. */
  readonly isPreliminary: (record: CallRecord) => boolean;
}

/** The findings of one bucket. Their differences sum to that of the bucket, right minus left. */
export function findingsOfBucket(bucket: Bucket, context: BucketContext): readonly Finding[] {
  const difference = minus(sumOfAll(bucket.right), sumOfAll(bucket.left));
  const bypassing = context.right === 'bill' ? bypassingFinding(bucket) : null;
  const facts = isZero(difference) && bypassing === null ? [] : bucket.facts;
  const known =
    bypassing === null ? facts.map(({ cause, id, gone, come }) => findingOf(cause, id, { gone, come })) : [bypassing];
  const rest = known.reduce((left, finding) => minus(left, finding.difference), difference);
  const cause = isZero(rest) ? null : restCause(rest, bucket, context);
  const found = [...known, ...(isZero(rest) ? [] : [restFinding(rest, cause, bucket, context)])];
  const money = addCosts(addCosts(new Map(), bucket.right, 1n), bucket.left, -1n);
  const open = found.reduce((left, { cost }) => addMoney(left, cost, -1n), money as MoneySums);
  const isTold = isZero(rest) || cause === 'rounding' || (cause === 'stream_abort' && bucket.open.length === 1);
  return [...found, ...moneyFindings(open, bucket, { facts, isTold, rest, cause }, context)];
}

function restFinding(rest: TokenSums, cause: Cause | null, bucket: Bucket, context: BucketContext): Finding {
  const { open, left, text, facts } = bucket;
  const isAbort = cause === 'stream_abort';
  const named = new Set(facts.flatMap(({ come }) => come));
  return {
    cause,
    requests: isAbort ? open.filter((call) => !named.has(call)).length : cause === 'late_bill' ? left.length : 0,
    tokens: totalOf(rest) === 0n ? absolute(rest.cacheRead) : absolute(totalOf(rest)),
    difference: rest,
    cost: isAbort && context.prices !== null ? costOfAbort(rest, open, context.prices) : lateCost(cause, left),
    evidence: isAbort ? open.map(({ id }) => id ?? text) : [text],
  };
}

const lateCost = (cause: Cause | null, left: readonly CallRecord[]): MoneySums =>
  cause === 'late_bill' ? addCosts(new Map(), left, -1n) : NO_MONEY;

/** Why the rest of a bucket, which no record accounts for, is there; `null`: it cannot be said. */
function restCause(
  rest: TokenSums,
  bucket: Bucket,
  { left, right, digit, isPreliminary }: BucketContext,
): Cause | null {
  if (right !== 'bill') return null;
  if (bucket.right.length === 0) return bucket.left.some(isPreliminary) ? 'late_bill' : null;
  if (isOfAborted(rest, bucket.open)) return 'stream_abort';
  if (left === 'app' && isCachedAlone(rest)) return 'cached_ignored_by_app';
  const slack = digit.tokens * linesOf(bucket.right);
  const isRounding = [rest.input, rest.output].every((count) => absolute(count) < slack);
  return digit.tokens > 1n && isRounding ? 'rounding' : null;
}

/**
 * What the bill has more of, in the bucket of a call that ended early, is that call's: of output alone where its input
 * is known, of anything where nothing of it is.
 */
function isOfAborted(rest: TokenSums, open: readonly CallRecord[]): boolean {
  const isMore = rest.input >= 0n && rest.cacheRead >= 0n && rest.cacheWrite >= 0n && rest.output >= 0n;
  if (open.length === 0 || !isMore) return false;
  const isUnknown = open.some(({ tokens }) => isZero(sumsOf(tokens)));
  return isUnknown || (rest.input === 0n && rest.cacheRead === 0n && rest.cacheWrite === 0n);
}

/** All input agrees, and the bill tells more of it to be cached. */
const isCachedAlone = ({ input, cacheRead, cacheWrite, output }: TokenSums): boolean =>
  input === 0n && output === 0n && cacheWrite === 0n && cacheRead > 0n;

/** Of one call that ended early: its cost with the rest, less its cost without. Of several nobody knows whose it was. */
function costOfAbort(rest: TokenSums, open: readonly CallRecord[], { costOf }: PriceRules): MoneySums {
  const [call] = open.length === 1 ? open : [];
  return call === undefined
    ? NO_MONEY
    : addCosts(addCosts(new Map(), [{ cost: costOf(whole(call, rest)) }], 1n), [call], -1n);
}

/** A call with what more the bill has of it. */
function whole(call: CallRecord, rest: TokenSums): CallRecord {
  const { tokens } = call;
  const fresh = rest.input - rest.cacheRead - rest.cacheWrite;
  const add = (count: number | null, more: bigint): number | null =>
    more === 0n ? count : (count ?? 0) + Number(more);
  return {
    ...call,
    tokens: {
      ...tokens,
      input: add(tokens.input, fresh),
      cacheRead: add(tokens.cacheRead, rest.cacheRead),
      cacheWrite5m: add(tokens.cacheWrite5m, rest.cacheWrite),
      output: add(tokens.output, rest.output),
    },
  };
}

interface Told {
  readonly facts: Bucket['facts'];
  /** Whether every token of the bill is accounted for, so that its money can be looked at. */
  readonly isTold: boolean;
  readonly rest: TokenSums;
  readonly cause: Cause | null;
}

/** What is left of a bucket's money, by currency. */
function moneyFindings(open: MoneySums, bucket: Bucket, told: Told, { prices, digit }: BucketContext): Finding[] {
  if (prices === null) return [];
  const calls = told.cause === 'stream_abort' ? bucket.open : [];
  const expected = {
    come: [...bucket.left, ...told.facts.flatMap(({ come }) => come), ...calls.map((call) => whole(call, told.rest))],
    gone: [...told.facts.flatMap(({ gone }) => gone), ...calls],
  };
  const billed = addCosts(new Map(), bucket.right, 1n);
  return [...open].flatMap(([currency, difference]) => {
    if (difference === 0n) return [];
    const stated = billed.get(currency);
    const why =
      told.isTold && stated !== undefined
        ? costCause({ currency, difference, billed: stated }, expected, { prices, digit, lines: linesOf(bucket.right) })
        : null;
    return [
      {
        cause: why?.cause ?? null,
        requests: why === null ? 0 : bucket.left.length,
        tokens: why === null ? 0n : totalOf(sumOfAll(bucket.right)),
        difference: NO_SUMS,
        cost: new Map([[currency, difference]]),
        evidence: [why === null || why.text === '' ? bucket.text : `${bucket.text} (${why.text})`],
      },
    ];
  });
}
