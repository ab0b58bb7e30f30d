import type { UsageEvent } from './event.js';

/**
 * Everything that makes a call, as one text: records without an id of their own are keyed by a hash of it and by which
 * occurrence of that text in its file they are. Two events have the same text only when they are alike in every field
 * but the id. The text is stored in keys: its form must not change.
 *
 * @returns JSON, object keys in code-unit order, quantities and amounts as decimal text
 */
export const contentOf = (event: UsageEvent): string =>
  JSON.stringify([
    'v1',
    event.at,
    event.day,
    event.model,
    event.provider,
    event.account,
    sortedFields({ ...event.origin, tags: sortedFields(event.origin.tags) }),
    event.agent,
    event.session,
    event.requests,
    sortedFields(event.tokens),
    sortedFields(event.quantities),
    event.cacheKind,
    event.mode,
    event.status,
    event.latencyMs,
    event.statedCost === null ? null : [event.statedCost.currency, `${event.statedCost.pico}`, event.statedCost.text],
    ...(event.charge === 'usage' && event.plan === null ? [] : [[event.charge, event.plan]]),
  ]);

/** Entries in code-unit order of their names; bigints, which JSON lacks, as text. */
export const sortedFields = (fields: object): readonly (readonly [string, unknown])[] =>
  Object.entries(fields)
    .map(([name, value]) => [name, typeof value === 'bigint' ? `${value}` : value] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
