import type { Database } from '../../load-driver.js';
import { type Basis, type ComputedCost, type ComputedTerms, coveredBy, type PriceRef } from '../../pricing/cost.js';
import type { CacheKind, Mode } from '../../pricing/price.js';
import type { Charge } from '../../usage/event.js';
import type { Facet } from '../facet.js';

interface FacetRow extends PriceRef {
  readonly model_name: string;
  readonly provider: string;
  readonly mode_name: Mode;
  readonly charge: Charge;
  readonly cache_kind: CacheKind | null;
  readonly status: string | null;
  readonly tier_up_to: number | null;
  readonly plan: string | null;
  readonly billed_currency: string | null;
  readonly claimed_currency: string | null;
  readonly computed_currency: string | null;
  readonly basis: Basis | 'plan' | null;
  readonly unpriced: string | null;
}

const FACET = `
  SELECT model.name AS model_name, provider.name AS provider, mode.name AS mode_name, charge.name AS charge,
    cache_kind.name AS cache_kind, status.name AS status, f.tier_up_to, plan.name AS plan,
    billed.name AS billed_currency, claimed.name AS claimed_currency, computed.name AS computed_currency,
    basis.name AS basis, reason.name AS unpriced,
    price.source, price.as_of AS asOf, price.model, price.region, price.mode, price.tier
  FROM facet f
  JOIN model ON model.id = f.model
  JOIN provider ON provider.id = f.provider
  JOIN mode ON mode.id = f.mode
  JOIN charge ON charge.id = f.charge
  LEFT JOIN cache_kind ON cache_kind.id = f.cache_kind
  LEFT JOIN status ON status.id = f.status
  LEFT JOIN plan ON plan.id = f.plan
  LEFT JOIN currency billed ON billed.id = f.billed_currency
  LEFT JOIN currency claimed ON claimed.id = f.claimed_currency
  LEFT JOIN currency computed ON computed.id = f.computed_currency
  LEFT JOIN basis ON basis.id = f.basis
  LEFT JOIN price ON price.id = f.price
  LEFT JOIN reason ON reason.id = f.unpriced
  WHERE f.id = ?`;

/** Facets by id, each read once. */
export function facetReader(db: Database): (id: number) => Facet {
  const find = db.prepare<unknown[], FacetRow>(FACET).safeIntegers(false);
  const known = new Map<number, Facet>();
  return (id) => {
    const met = known.get(id);
    if (met !== undefined) return met;
    const facet = facetFrom(find.get(id)!);
    known.set(id, facet);
    return facet;
  };
}

const facetFrom = (row: FacetRow): Facet => ({
  ...{ model: row.model_name, provider: row.provider, mode: row.mode_name, charge: row.charge, status: row.status },
  ...{ cacheKind: row.cache_kind, tierUpTo: row.tier_up_to, plan: row.plan },
  ...{ billedCurrency: row.billed_currency, claimedCurrency: row.claimed_currency },
  computed: termsFrom(row),
});

function termsFrom({ basis, unpriced, computed_currency: currency, ...row }: FacetRow): ComputedTerms {
  const reason = unpriced ?? '';
  if (basis === 'plan') return coveredBy(reason.slice(coveredBy('').reason.length));
  if (basis === null || currency === null) return { known: false, reason };
  const { source, asOf, model, region, mode, tier } = row;
  return { known: true, currency, basis, price: { source, asOf, model, region, mode, tier } };
}

/** A computed cost with its amount in pico-units. */
export function costFrom(terms: ComputedTerms, pico: number | string | null): ComputedCost {
  if (!terms.known) return terms;
  if (pico === null) throw new Error('a priced event has no amount');
  const { currency, basis, price } = terms;
  return { known: true, currency, pico: BigInt(pico), basis, price };
}
