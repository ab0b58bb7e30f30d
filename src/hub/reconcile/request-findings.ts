/** Two recordings that share request ids: what every request says of their difference. */

import type { CallRecord, Side } from './call-record.js';
import type { Cause } from './causes.js';
import { type Declared, differing, type Sides } from './differing.js';
import { type Finding, findingOf } from './finding.js';
import { repeatsOf } from './repeats.js';
import type { RequestGroup } from './request-groups.js';
import { sumsOf, totalOf } from './token-sums.js';

/** The findings of one request. Their differences sum to that of the request: right minus left. */
export function findingsOf(group: RequestGroup, sides: Sides, declared: Declared): readonly Finding[] {
  const { id } = group;
  if (group.left.length === 0) return [...only('right', group.right, id, sides)];
  if (group.right.length === 0) return [...only('left', group.left, id, sides)];
  if (isAgreed(group)) return pairwise(group, sides, declared);
  const left = repeatsOf(group.left, group.right[0]!);
  const right = repeatsOf(group.right, left.first);
  return [
    ...differing(id, left.first, right.first, sides, declared),
    ...more(left.attempts, 'retry', 'left', id),
    ...more(right.attempts, 'retry', 'right', id),
    ...more(left.copies, duplicateIn(sides.left), 'left', id),
    ...more(right.copies, duplicateIn(sides.right), 'right', id),
  ];
}

/** Both have as many records of the request, by the same attempts: so many calls they were. */
const isAgreed = ({ left, right }: RequestGroup): boolean =>
  left.length === right.length && left.every(({ attempt }, i) => attempt === right[i]!.attempt);

const pairwise = ({ id, left, right }: RequestGroup, sides: Sides, declared: Declared): readonly Finding[] =>
  left.length === 1
    ? differing(id, left[0]!, right[0]!, sides, declared)
    : left.flatMap((record, i) => differing(id, record, right[i]!, sides, declared));

function* only(side: keyof Sides, records: readonly CallRecord[], id: string, sides: Sides): Generator<Finding> {
  const { first, attempts, copies } = repeatsOf(records, null);
  yield* more([first], missingIn(sides[side === 'left' ? 'right' : 'left']), side, id);
  yield* more(attempts, 'retry', side, id);
  yield* more(copies, duplicateIn(sides[side]), side, id);
}

/** Records of one side alone. */
const more = (records: readonly CallRecord[], cause: Cause | null, side: keyof Sides, id: string): Finding[] =>
  records.map((record) => ({
    ...findingOf(cause, id, side === 'left' ? { gone: [record], come: [] } : { gone: [], come: [record] }),
    tokens: totalOf(sumsOf(record.tokens)),
  }));

/** A bill that lacks a request, or has it twice, is no cause that has a name. */
const missingIn = (side: Side): Cause | null => (side === 'bill' ? null : `missing_in_${side}`);
const duplicateIn = (side: Side): Cause | null => (side === 'bill' ? null : `duplicate_in_${side}`);
