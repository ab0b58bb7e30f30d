import type { Database } from '../../load-driver.js';
import type { ComputedCost, PriceRef } from '../../pricing/cost.js';
import { facetOf } from '../facet.js';
import type { Dictionaries, FacetIds } from './dictionaries.js';
import type { PagedEvent } from './event-pages.js';

/** The facets of events as their computed costs become others. */
export function pricedFacets(db: Database, ids: Dictionaries) {
  const byId: FacetIds[] = [];
  const read = facetIdsReader(db);
  const known = new Map<string, Map<PriceRef | string, FacetIds>>();

  function newFacet({ event, view }: PagedEvent, cost: ComputedCost): FacetIds {
    const facet = ids.facet(facetOf(event, view.recording.role === 'bill', cost));
    byId[facet.id] = facet;
    return facet;
  }

  return {
    /** The ids each facet met so far is made of, by its own. */
    byId,
    /** The facet of an event with another cost; few costs have other terms than one before. */
    idOf: (paged: PagedEvent, cost: ComputedCost): number => {
      const before = paged.ids.facet;
      byId[before] ??= read(before);
      const kind = `${before} ${cost.known ? `${cost.basis} ${cost.currency}` : (cost.plan ?? '')}`;
      const ofKind = known.get(kind) ?? new Map<PriceRef | string, FacetIds>();
      known.set(kind, ofKind);
      const terms = cost.known ? cost.price : cost.reason;
      const facet = ofKind.get(terms) ?? newFacet(paged, cost);
      ofKind.set(terms, facet);
      return facet.id;
    },
  };
}

interface FacetIdsRow extends Omit<FacetIds, 'isCovered'> {
  readonly basis: string | null;
}

const FACET_IDS = `SELECT f.id, f.model, f.provider, f.charge, f.billed_currency AS billedCurrency,
    f.claimed_currency AS claimedCurrency, f.computed_currency AS computedCurrency, f.price, basis.name AS basis
  FROM facet f LEFT JOIN basis ON basis.id = f.basis WHERE f.id = ?`;

function facetIdsReader(db: Database): (id: number) => FacetIds {
  const find = db.prepare<unknown[], FacetIdsRow>(FACET_IDS).safeIntegers(false);
  return (id) => {
    const { basis, ...ids } = find.get(id)!;
    return { ...ids, isCovered: basis === 'plan' ? 1 : 0 };
  };
}
