import type { ComputedCost } from '../../pricing/cost.js';
import { formatDecimal } from '../../pricing/decimal.js';
import { lowestTierOf } from '../../pricing/lowest-tier.js';
import type { PreviewEvent } from '../../render/preview-sheet.js';
import type { Unpriced } from './entries.js';

/** An event as a preview shows it. What a bill states is its cost, and nothing else that is stated. */
export function previewEvent({ event, recording, unit, record }: Unpriced, computed: ComputedCost): PreviewEvent {
  const { tokens, statedCost } = event;
  const billed = recording.role === 'bill' ? statedCost : null;
  return {
    line: record,
    id: event.id,
    time: event.day ?? new Date(event.at).toISOString(),
    model: event.model,
    provider: event.provider,
    account: recording.account,
    unit,
    requests: event.requests,
    tokens: {
      input: tokens.input,
      cacheRead: tokens.cacheRead,
      cacheWrite: sumOrNull(tokens.cacheWrite5m, tokens.cacheWrite1h),
      output: tokens.output,
      reasoning: tokens.reasoning,
    },
    cost:
      billed !== null
        ? { amount: billed.text ?? decimalOf(billed.pico), currency: billed.currency, kind: 'billed' }
        : computed.known
          ? { amount: decimalOf(computed.pico), currency: computed.currency, kind: 'computed' }
          : null,
    claimed:
      statedCost === null || billed !== null
        ? null
        : { amount: statedCost.text ?? decimalOf(statedCost.pico), currency: statedCost.currency },
    unpriced: billed !== null || computed.known ? null : computed.reason,
    lowestTier: billed !== null ? null : lowestTierOf(event, computed),
  };
}

const sumOrNull = (a: number | null, b: number | null): number | null =>
  a === null && b === null ? null : (a ?? 0) + (b ?? 0);

const decimalOf = (pico: bigint): string => formatDecimal({ units: pico, scale: 12 });
