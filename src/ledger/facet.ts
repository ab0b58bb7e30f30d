import type { ComputedCost, ComputedTerms } from '../pricing/cost.js';
import type { UsageEvent } from '../usage/event.js';

/** What takes few values over the events of a file, kept once. */
export type Facet = Pick<
  UsageEvent,
  'model' | 'provider' | 'mode' | 'cacheKind' | 'status' | 'tierUpTo' | 'charge' | 'plan'
> & {
  readonly billedCurrency: string | null;
  readonly claimedCurrency: string | null;
  /** The computed cost but for its amount. */
  readonly computed: ComputedTerms;
};

/** Whether an event and its cost have this facet. */
export function isFacetOf(facet: Facet, event: UsageEvent, isBill: boolean, computed: ComputedCost): boolean {
  const currency = event.statedCost === null ? null : event.statedCost.currency;
  return (
    facet.model === event.model &&
    facet.provider === event.provider &&
    facet.status === event.status &&
    facet.mode === event.mode &&
    facet.cacheKind === event.cacheKind &&
    facet.charge === event.charge &&
    facet.tierUpTo === event.tierUpTo &&
    facet.plan === event.plan &&
    facet.billedCurrency === (isBill ? currency : null) &&
    facet.claimedCurrency === (isBill ? null : currency) &&
    (computed.known
      ? facet.computed.known && facet.computed.basis === computed.basis && facet.computed.currency === computed.currency
      : !facet.computed.known && facet.computed.plan === computed.plan)
  );
}

export function facetOf(event: UsageEvent, isBill: boolean, computed: ComputedCost): Facet {
  const { model, provider, mode, cacheKind, status, tierUpTo, charge, plan, statedCost } = event;
  return {
    ...{ model, provider, mode, cacheKind, status, tierUpTo, charge, plan },
    billedCurrency: isBill && statedCost !== null ? statedCost.currency : null,
    claimedCurrency: !isBill && statedCost !== null ? statedCost.currency : null,
    computed: withoutPico(computed),
  };
}

const withoutPico = (computed: ComputedCost): ComputedTerms => {
  if (!computed.known) return computed;
  const { pico: _, ...terms } = computed;
  return terms;
};
