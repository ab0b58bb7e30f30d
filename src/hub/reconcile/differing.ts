/** Two records of one call: why their figures differ. */

import type { CallRecord, Side } from './call-record.js';
import type { Cause } from './causes.js';
import { type Finding, findingOf } from './finding.js';
import { isAborted, isCacheHit } from './status.js';
import { absolute, isZero, minus, sumsOf, type TokenSums, totalOf } from './token-sums.js';

/** What a comparison is told beside the records. */
export interface Declared {
  /** Recordings whose counts are known to be made by a tokenizer other than the provider's. */
  readonly tokenizers: ReadonlySet<Side>;
}

export interface Sides {
  readonly left: Side;
  readonly right: Side;
}

/** The findings of one call that both have; none where they agree and nothing about it is worth a name. */
export function differing(
  id: string,
  left: CallRecord,
  right: CallRecord,
  sides: Sides,
  { tokenizers }: Declared,
): readonly Finding[] {
  const [from, to] = [sumsOf(left.tokens), sumsOf(right.tokens)];
  const difference = minus(to, from);
  const whole = (cause: Cause | null): Finding => findingOf(cause, id, { gone: [left], come: [right] });
  if (sides.right !== 'bill' && (isCacheHit(left) || isCacheHit(right)))
    return [{ ...whole('gateway_cache_hit'), tokens: totalOf(to) || totalOf(from) }];
  if (isZero(difference)) return costAlone(whole(null));
  if (isAborted(left) || isAborted(right)) return [whole('stream_abort')];
  if (sides.left === 'app' && isCachedIgnored(from, to))
    return [{ ...whole('cached_ignored_by_app'), tokens: to.cacheRead }];
  if (!isLikeEstimate(left, right, from, to)) return [whole(null)];
  return [whole(tokenizers.has(sides.left) || tokenizers.has(sides.right) ? 'tokenizer_skew' : 'estimated_tokens')];
}

/** The same tokens at another cost, as where the two were priced apart. */
const costAlone = (finding: Finding): readonly Finding[] =>
  [...finding.cost.values()].some((pico) => pico !== 0n) ? [finding] : [];

/** The app tells of no cached input, and all that differs is that: it is counted as fresh, or not at all. */
function isCachedIgnored(app: TokenSums, other: TokenSums): boolean {
  if (app.cacheRead !== 0n || other.cacheRead === 0n) return false;
  if (app.output !== other.output || app.cacheWrite !== other.cacheWrite) return false;
  return app.input === other.input || app.input === other.input - other.cacheRead;
}

/**
 * Two counts of one text are of one size: the smaller is at least half of the larger, in input and in output. Anything
 * further apart is no estimate, and is left unexplained. What is not reported was not estimated.
 */
function isLikeEstimate(left: CallRecord, right: CallRecord, from: TokenSums, to: TokenSums): boolean {
  const isReported = ({ tokens }: CallRecord): boolean => tokens.input !== null && tokens.output !== null;
  if (!isReported(left) || !isReported(right)) return false;
  return isOfOneSize(from.input, to.input) && isOfOneSize(from.output, to.output);
}

const isOfOneSize = (a: bigint, b: bigint): boolean => absolute(a - b) * 2n <= (a > b ? a : b);
