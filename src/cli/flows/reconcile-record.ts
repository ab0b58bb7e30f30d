import type { CallRecord } from '../../hub/reconcile/call-record.js';
import type { ComputedCost } from '../../pricing/cost.js';
import type { UsageEvent } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';

/** An event of a recording, with what only its reader knows. */
interface ReadEvent {
  readonly event: UsageEvent;
  readonly recording: Recording;
  readonly unit: string | null;
  readonly computed: ComputedCost;
  readonly attempt: number | null;
}

/** An event as it is compared; what a bill states is its cost, and nothing else that is stated. */
export function callRecord(
  { event, recording, unit, computed, attempt }: ReadEvent,
  nameOf: (model: string, provider: string) => string,
): CallRecord {
  const { model, provider, origin } = event;
  const billed = recording.role === 'bill' ? event.statedCost : null;
  return {
    ...{ id: event.id, at: event.at, until: event.until, day: event.day, model, provider },
    name: nameOf(model, provider),
    account: recording.account,
    ...{ key: origin.key, workspace: origin.workspace, unit },
    ...{ tokens: event.tokens, requests: event.requests, status: event.status, plan: event.plan, attempt },
    cost: recording.role === 'bill' ? billed : computed.known ? computed : null,
    ...{ mode: event.mode, cacheKind: event.cacheKind, tierUpTo: event.tierUpTo, quantities: event.quantities },
  };
}
