/** What the records of one recording show by themselves, without a counterpart to each. */

import type { CallRecord, Side } from './call-record.js';
import type { Cause } from './causes.js';
import { repeatsOf } from './repeats.js';
import type { RequestGroup } from './request-groups.js';
import { isAborted, isCacheHit } from './status.js';
import { sumsOf, totalOf } from './token-sums.js';

/** Records that stand in the place of others when the left recording is made what the right one should have. */
export interface Fact {
  readonly cause: Cause;
  readonly id: string;
  readonly gone: readonly CallRecord[];
  readonly come: readonly CallRecord[];
}

export interface Facts {
  readonly facts: readonly Fact[];
  /** Calls that ended early, as far as they are known: what more was used is not. */
  readonly open: readonly CallRecord[];
}

/**
 * Calls of the left recording that a bill does not have as they are: copies, and answers from the gateway's cache; and
 * calls that ended early, of which it may have more.
 *
 * @param groups  of the left recording alone, or beside one further from the bill, which is then their `left`
 */
export function factsBeforeBill(
  groups: Iterable<RequestGroup>,
  of: Side,
  recordsOf: (group: RequestGroup) => readonly CallRecord[],
): Facts {
  const facts: Fact[] = [];
  const open: CallRecord[] = [];
  for (const group of groups) {
    const records = recordsOf(group);
    const known = records === group.left ? [] : group.left;
    if (records.length === 0) facts.push(...missing(group.id, known));
    else collect(group.id, of, records, known[0] ?? null, { facts, open });
  }
  return { facts, open };
}

/** What the recording lacks and one before it has: the provider served it all the same. */
function missing(id: string, known: readonly CallRecord[]): Fact[] {
  if (known.length === 0) return [];
  const { first } = repeatsOf(known, null);
  return isCacheHit(first) ? [] : [{ cause: 'missing_in_gateway', id, gone: [], come: [first] }];
}

interface Collected {
  readonly facts: Fact[];
  readonly open: CallRecord[];
}

function collect(
  id: string,
  of: Side,
  records: readonly CallRecord[],
  known: CallRecord | null,
  { facts, open }: Collected,
): void {
  const { first, attempts, copies } = repeatsOf(records, known);
  if (of !== 'bill') for (const copy of copies) facts.push({ cause: `duplicate_in_${of}`, id, gone: [copy], come: [] });
  for (const call of [first, ...attempts]) {
    if (isCacheHit(call)) facts.push({ cause: 'gateway_cache_hit', id, gone: [call], come: [] });
    else if (isAborted(call)) open.push(known === null ? call : fuller(id, call, known, facts));
  }
}

/** The call as far as either recording knows it. */
function fuller(id: string, call: CallRecord, known: CallRecord, facts: Fact[]): CallRecord {
  if (totalOf(sumsOf(known.tokens)) <= totalOf(sumsOf(call.tokens))) return call;
  const come = { ...call, tokens: known.tokens, cost: known.cost, cacheKind: known.cacheKind };
  facts.push({ cause: 'stream_abort', id, gone: [call], come: [come] });
  return come;
}

/** What a gateway's records show that an application before it cannot know of: further attempts, and copies. */
export function factsOfGateway(groups: Iterable<RequestGroup>): Facts {
  const facts: Fact[] = [];
  for (const { id, right } of groups) {
    if (right.length < 2) continue;
    const { attempts, copies } = repeatsOf(right, null);
    for (const call of attempts) facts.push({ cause: 'retry', id, gone: [], come: [call] });
    for (const copy of copies) facts.push({ cause: 'duplicate_in_gateway', id, gone: [], come: [copy] });
  }
  return { facts, open: [] };
}
