/** Daily buckets of an export: which rows are the same bucket, and what they make together. */

import { TokenhubError } from '../errors/tokenhub-error.js';
import { badField } from '../errors/usage-records.js';
import { type Amount, fitsLedger } from '../pricing/money.js';
import type { TokenClasses } from '../pricing/token-classes.js';
import { sortedFields } from './content-key.js';
import type { UsageEvent } from './event.js';
import { addAmounts } from './reading/amounts.js';

/** True for a bucket that only its dimensions tell from another. */
export const isBucketWithoutId = ({ id, until }: UsageEvent): boolean => id === null && until !== null;

/**
 * What tells one bucket of a recording from another, as one text: its calendar date, or its first and last instant, and
 * every dimension, but none of its figures, which grow until it is over. The text is stored in keys: its form must not
 * change.
 */
export const bucketKeyOf = (event: UsageEvent): string =>
  JSON.stringify([
    'bucket-v1',
    event.day,
    event.model,
    event.provider,
    event.account,
    sortedFields({ ...event.origin, tags: sortedFields(event.origin.tags) }),
    event.agent,
    event.session,
    event.cacheKind,
    event.mode,
    ...more(event),
  ]);

const DAY_MS = 86_400_000;

/** What tells buckets apart beside the above; of a plain daily bucket nothing. */
function more({ at, day, until, tierUpTo, charge, plan }: UsageEvent): readonly unknown[] {
  const days = Math.round(((until ?? at) - at) / DAY_MS);
  const span = day === null ? [at, until] : days > 1 ? [days] : [];
  const told = [...span, tierUpTo, charge, plan];
  return span.length === 0 && tierUpTo === null && charge === 'usage' && plan === null ? [] : [told];
}

/**
 * Two rows of one file that are the same bucket, as one: every figure is the sum, "not reported" only when neither
 * reports it. A status or a latency is kept only when both rows agree on it.
 *
 * @param sum  the rows before, of the same `bucketKeyOf`
 * @param row  the row to add
 * @throws BAD_FIELD at the figure that would pass 2^53 - 1 (costs and quantities: 64 bits), and at `currency` when the
 *   rows state different ones
 */
export const sumOfBuckets = (sum: UsageEvent, row: UsageEvent): UsageEvent => ({
  ...sum,
  requests: addCounts(sum.requests, row.requests, 'requests')!,
  tokens: addTokens(sum.tokens, row.tokens),
  quantities: addQuantities(sum.quantities, row.quantities),
  status: sum.status === row.status ? sum.status : null,
  latencyMs: sum.latencyMs === row.latencyMs ? sum.latencyMs : null,
  statedCost: addCosts(sum.statedCost, row.statedCost),
});

const addTokens = (a: TokenClasses, b: TokenClasses): TokenClasses => ({
  input: addCounts(a.input, b.input, 'input_tokens'),
  cacheRead: addCounts(a.cacheRead, b.cacheRead, 'cached_input_tokens'),
  cacheWrite5m: addCounts(a.cacheWrite5m, b.cacheWrite5m, 'cache_write_5m_tokens'),
  cacheWrite1h: addCounts(a.cacheWrite1h, b.cacheWrite1h, 'cache_write_1h_tokens'),
  output: addCounts(a.output, b.output, 'output_tokens'),
  reasoning: addCounts(a.reasoning, b.reasoning, 'reasoning_tokens'),
});

function addCounts(a: number | null, b: number | null, field: string): number | null {
  if (a === null || b === null) return a ?? b;
  if (!Number.isSafeInteger(a + b))
    throw badField(field, b, 'takes the rows of its bucket past 2^53 - 1', ONE_ROW_PER_BUCKET);
  return a + b;
}

function addQuantities(a: UsageEvent['quantities'], b: UsageEvent['quantities']): UsageEvent['quantities'] {
  const sums = new Map(Object.entries(a));
  for (const [name, amount] of Object.entries(b)) {
    const sum = (sums.get(name) ?? 0n) + amount;
    if (!fitsLedger(sum)) throw badField(name, `${amount}`, 'takes its bucket past 64 bits', ONE_ROW_PER_BUCKET);
    sums.set(name, sum);
  }
  return Object.fromEntries(sums);
}

function addCosts(a: Amount | null, b: Amount | null): Amount | null {
  if (a === null || b === null) return a ?? b;
  if (a.currency !== b.currency)
    throw badField('currency', b.currency, `differs from ${a.currency} of its bucket's other rows`, ONE_ROW_PER_BUCKET);
  try {
    return addAmounts(a, b);
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause.at({ field: 'cost' }) : cause;
  }
}

const ONE_ROW_PER_BUCKET = 'tell the buckets apart by a column, such as request_id or tag:part';
