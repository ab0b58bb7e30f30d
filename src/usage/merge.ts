/** Two records of the same request: agents and gateways write one again when it has grown. */

import type { Amount } from '../pricing/money.js';
import type { TokenClasses } from '../pricing/token-classes.js';
import type { Origin, UsageEvent } from './event.js';
import { INPUT_PARTS, moreOfInput } from './more-of-input.js';

/**
 * What the ledger keeps of an event when the same request is recorded again. The input, all its classes and parts, is
 * that of one record, since a record that tells cached from fresh input and one that does not count the same tokens:
 * of the record with the larger input, see `moreOfInput`; so are model, provider, mode and kind of cache, which it is
 * priced by. Of output, other quantities, number of requests, latency and stated cost the larger; the times are those of
 * the record that begins earlier, see `earlierOf`; of any other two that differ, the first in code-unit order.
 *
 * The result does not depend on the order in which records arrive, nor on how often: merging is commutative, associative
 * and idempotent. So an import can be undone by merging what the others say.
 *
 * @returns the merged event, `null` when nothing changes
 */
export function mergeResent(kept: UsageEvent, incoming: UsageEvent): UsageEvent | null {
  const input = moreOfInput(kept, incoming);
  const { model, provider, mode, cacheKind } = input;
  const { at, day, until } = earlierOf(kept, incoming);
  const merged: UsageEvent = {
    ...kept,
    ...{ model, provider, mode, cacheKind, at, day, until },
    account: kept.account ?? incoming.account,
    origin: mergeOrigins(kept.origin, incoming.origin),
    agent: firstOf(kept.agent, incoming.agent),
    session: firstOf(kept.session, incoming.session),
    requests: requestsOf(kept, incoming, input),
    tokens: { ...input.tokens, ...mergeOutput(kept.tokens, incoming.tokens) },
    quantities: mergeQuantities(kept.quantities, incoming.quantities, input.quantities),
    tierUpTo: larger(kept.tierUpTo, incoming.tierUpTo),
    charge: kept.charge < incoming.charge ? kept.charge : incoming.charge,
    plan: firstOf(kept.plan, incoming.plan),
    status: firstOf(kept.status, incoming.status),
    latencyMs: larger(kept.latencyMs, incoming.latencyMs),
    statedCost: mergeCosts(kept.statedCost, incoming.statedCost),
  };
  return same(kept, merged) ? null : merged;
}

/**
 * The record whose times are kept: instant, calendar date and end belong together. A daily bucket exported under two
 * zones would else last longer than its day. Of two that begin at once, the one with a date, the earlier one, then the
 * one that ends later.
 */
function earlierOf(a: UsageEvent, b: UsageEvent): UsageEvent {
  if (a.at !== b.at) return a.at < b.at ? a : b;
  if (a.day !== b.day) return firstOf(a.day, b.day) === a.day ? a : b;
  return (a.until ?? a.at) >= (b.until ?? b.at) ? a : b;
}

/**
 * The larger number; but where that is 1, what the record says that the input is taken from: a bucket that does not say
 * how many requests it is of would else be priced as one.
 */
function requestsOf(kept: UsageEvent, incoming: UsageEvent, input: UsageEvent): number {
  const most = Math.max(kept.requests, incoming.requests);
  if (most !== 1 || kept.requests === incoming.requests) return most;
  const isTie = moreOfInput(kept, incoming) !== moreOfInput(incoming, kept);
  return isTie ? most : input.requests;
}

/** A record that reports reasoning but no output tells that the output is at least as much. */
function mergeOutput(a: TokenClasses, b: TokenClasses): Pick<TokenClasses, 'output' | 'reasoning'> {
  const reasoning = larger(a.reasoning, b.reasoning);
  const isReported = a.output !== null || b.output !== null;
  return { output: isReported ? larger(a.output ?? a.reasoning, b.output ?? b.reasoning) : null, reasoning };
}

/** Whether any figure that both report is smaller now, and 0 requests report none: input as a whole, since its classes may be told apart anew. */
export function isLess(now: UsageEvent, kept: UsageEvent): boolean {
  const isSmaller = (a: number | bigint | null, b: number | bigint | null) => a !== null && b !== null && a < b;
  return (
    isSmaller(inputOf(now.tokens), inputOf(kept.tokens)) ||
    isSmaller(now.tokens.output, kept.tokens.output) ||
    isSmaller(now.requests || null, kept.requests) ||
    Object.entries(kept.quantities).some(([name, value]) => isSmaller(now.quantities[name] ?? null, value)) ||
    (now.statedCost?.currency === kept.statedCost?.currency &&
      isSmaller(now.statedCost?.pico ?? null, kept.statedCost?.pico ?? null))
  );
}

/** All classes of input; `null`: none is reported. As bigint: a sum of four counts may pass 2^53. */
function inputOf({ input, cacheRead, cacheWrite5m, cacheWrite1h }: TokenClasses): bigint | null {
  const reported = [input, cacheRead, cacheWrite5m, cacheWrite1h].filter((count) => count !== null);
  return reported.length === 0 ? null : reported.reduce((sum, count) => sum + BigInt(count), 0n);
}

/** One request is sent again within minutes, rarely hours. */
const LONGEST_RESEND_MS = 24 * 3600 * 1000;

/**
 * Whether two records of one request id look like two calls: of different models, or more than a day apart. They are
 * merged all the same, because an id is all that tells requests apart; but somebody should hear of it.
 */
export const looksLikeAnother = (kept: UsageEvent, incoming: UsageEvent): boolean =>
  kept.model !== incoming.model || Math.abs(kept.at - incoming.at) > LONGEST_RESEND_MS;

/** "Not reported" is less than any count. */
const larger = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

/** The first in code-unit order of two texts; `null` is none. */
const firstOf = (a: string | null, b: string | null): string | null =>
  a === null || b === null ? (a ?? b) : a < b ? a : b;

/** @param input  the quantities of the record the input is taken from */
function mergeQuantities(
  a: UsageEvent['quantities'],
  b: UsageEvent['quantities'],
  input: UsageEvent['quantities'],
): UsageEvent['quantities'] {
  const merged = new Map(Object.entries(input).filter(([name]) => INPUT_PARTS.includes(name)));
  for (const [name, quantity] of [...Object.entries(a), ...Object.entries(b)]) {
    if (!INPUT_PARTS.includes(name) && quantity >= (merged.get(name) ?? quantity)) merged.set(name, quantity);
  }
  return Object.fromEntries(merged);
}

/** The larger; amounts of different currencies cannot be compared: that of the first code in code-unit order. */
function mergeCosts(a: Amount | null, b: Amount | null): Amount | null {
  if (a === null || b === null) return a ?? b;
  if (a.currency !== b.currency) return a.currency < b.currency ? a : b;
  if (a.pico !== b.pico) return a.pico > b.pico ? a : b;
  return (a.text ?? '') >= (b.text ?? '') ? a : b;
}

const mergeOrigins = (a: Origin, b: Origin): Origin => ({
  unit: firstOf(a.unit, b.unit),
  key: firstOf(a.key, b.key),
  workspace: firstOf(a.workspace, b.workspace),
  project: firstOf(a.project, b.project),
  team: firstOf(a.team, b.team),
  user: firstOf(a.user, b.user),
  service: firstOf(a.service, b.service),
  consumer: firstOf(a.consumer, b.consumer),
  path: firstOf(a.path, b.path),
  tags: mergeTags(a.tags, b.tags),
});

function mergeTags(a: Origin['tags'], b: Origin['tags']): Origin['tags'] {
  const merged = new Map(Object.entries(a));
  for (const [name, value] of Object.entries(b)) merged.set(name, firstOf(merged.get(name) ?? null, value)!);
  return Object.fromEntries(merged);
}

function same(kept: UsageEvent, merged: UsageEvent): boolean {
  const { origin, tokens, quantities, statedCost, ...rest } = merged;
  const { tags, ...fields } = origin;
  return (
    sameValues(rest, kept) &&
    sameValues(fields, kept.origin) &&
    sameValues(tokens, kept.tokens) &&
    Object.keys(quantities).length === Object.keys(kept.quantities).length &&
    sameValues(quantities, kept.quantities) &&
    sameValues(statedCost ?? {}, kept.statedCost ?? {}) &&
    sameValues(tags, kept.origin.tags)
  );
}

const sameValues = (merged: object, kept: object): boolean =>
  Object.entries(merged).every(
    ([name, value]) => Object.hasOwn(kept, name) && Object.is((kept as Record<string, unknown>)[name], value),
  );
