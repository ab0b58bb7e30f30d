/** An event as one JSON text, and back: what a sighting or a reading keeps of the record it was. */

import { sortedFields } from '../../usage/content-key.js';
import type { UsageEvent } from '../../usage/event.js';

/**
 * The same text for events that are alike in everything but the account, which is that of their recording: fields in a
 * fixed order, quantities and amounts, which JSON cannot hold, as decimal text.
 */
export function contentText({ origin, tokens, quantities, statedCost, ...event }: UsageEvent): string {
  const { unit, key, workspace, project, team, user, service, consumer, path, tags } = origin;
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning } = tokens;
  const { id, at, day, until, model, provider, agent, session, requests, cacheKind, mode } = event;
  const { tierUpTo, charge, plan, counter, status, latencyMs } = event;
  return JSON.stringify({
    ...{ id, at, day, until, model, provider, agent, session, requests, cacheKind, mode },
    ...{ tierUpTo, charge, plan, counter, status, latencyMs },
    origin: { unit, key, workspace, project, team, user, service, consumer, path, tags: sortedFields(tags) },
    tokens: { input, cacheRead, cacheWrite5m, cacheWrite1h, output, reasoning },
    quantities: sortedFields(quantities),
    statedCost:
      statedCost === null ? null : { currency: statedCost.currency, pico: `${statedCost.pico}`, text: statedCost.text },
  });
}

/** Reads what `contentText` wrote. */
export function eventOfContent(text: string, account: string): UsageEvent {
  const { origin, quantities, statedCost, ...rest } = JSON.parse(text);
  return {
    ...rest,
    account,
    origin: { ...origin, tags: Object.fromEntries(origin.tags) },
    quantities: Object.fromEntries(quantities.map(([name, value]: [string, string]) => [name, BigInt(value)])),
    statedCost: statedCost === null ? null : { ...statedCost, pico: BigInt(statedCost.pico) },
  };
}
