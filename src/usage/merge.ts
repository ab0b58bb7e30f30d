/** Two records of the same request: agents and gateways write one again when it has grown. */

import type { Amount } from '../pricing/money.js';
import type { TokenClasses } from '../pricing/token-classes.js';
import type { Origin, UsageEvent } from './event.js';

/**
 * What the ledger keeps of an event when the same request is recorded again: per token class, quantity, number of
 * requests and stated cost the larger, of the times the earlier; everything else as it was, unless it was empty.
 *
 * The figures of the result do not depend on the order in which records arrive.
 *
 * @returns the merged event, `null` when nothing changes
 */
export function mergeResent(kept: UsageEvent, incoming: UsageEvent): UsageEvent | null {
  const merged: UsageEvent = {
    ...kept,
    at: Math.min(kept.at, incoming.at),
    day: kept.day ?? incoming.day,
    account: kept.account ?? incoming.account,
    origin: mergeOrigins(kept.origin, incoming.origin),
    agent: kept.agent ?? incoming.agent,
    session: kept.session ?? incoming.session,
    requests: Math.max(kept.requests, incoming.requests),
    tokens: mergeTokens(kept.tokens, incoming.tokens),
    quantities: mergeQuantities(kept.quantities, incoming.quantities),
    cacheKind: kept.cacheKind ?? incoming.cacheKind,
    status: kept.status ?? incoming.status,
    latencyMs: kept.latencyMs ?? incoming.latencyMs,
    statedCost: largerCost(kept.statedCost, incoming.statedCost),
  };
  return same(kept, merged) ? null : merged;
}

const mergeTokens = (a: TokenClasses, b: TokenClasses): TokenClasses => ({
  input: larger(a.input, b.input),
  cacheRead: larger(a.cacheRead, b.cacheRead),
  cacheWrite5m: larger(a.cacheWrite5m, b.cacheWrite5m),
  cacheWrite1h: larger(a.cacheWrite1h, b.cacheWrite1h),
  output: larger(a.output, b.output),
  reasoning: larger(a.reasoning, b.reasoning),
});

/** "Not reported" is less than any count. */
const larger = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.max(a, b);

function mergeQuantities(a: UsageEvent['quantities'], b: UsageEvent['quantities']): UsageEvent['quantities'] {
  const merged = new Map(Object.entries(a));
  for (const [name, quantity] of Object.entries(b)) {
    const known = merged.get(name);
    if (known === undefined || quantity > known) merged.set(name, quantity);
  }
  return Object.fromEntries(merged);
}

/** Amounts of different currencies cannot be compared: the first one stays. */
function largerCost(a: Amount | null, b: Amount | null): Amount | null {
  if (a === null || b === null) return a ?? b;
  return b.currency === a.currency && b.pico > a.pico ? b : a;
}

const mergeOrigins = (a: Origin, b: Origin): Origin => ({
  unit: a.unit ?? b.unit,
  key: a.key ?? b.key,
  workspace: a.workspace ?? b.workspace,
  project: a.project ?? b.project,
  team: a.team ?? b.team,
  user: a.user ?? b.user,
  service: a.service ?? b.service,
  consumer: a.consumer ?? b.consumer,
  path: a.path ?? b.path,
  tags: { ...b.tags, ...a.tags },
});

/** Merging only ever adds, so a record with as many quantities and tags, and no value changed, is the same. */
function same(kept: UsageEvent, merged: UsageEvent): boolean {
  const { origin, tokens, quantities, ...rest } = merged;
  const { tags, ...fields } = origin;
  return (
    sameValues(rest, kept) &&
    sameValues(fields, kept.origin) &&
    sameValues(tokens, kept.tokens) &&
    sameValues(quantities, kept.quantities) &&
    sameValues(tags, kept.origin.tags)
  );
}

const sameValues = (merged: object, kept: object): boolean =>
  Object.entries(merged).every(
    ([name, value]) => Object.hasOwn(kept, name) && Object.is((kept as Record<string, unknown>)[name], value),
  );
