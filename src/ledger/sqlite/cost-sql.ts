import type { CostChoice } from '../../report/query.js';

/** High and low limb of an amount in pico-units, the id of its currency, and the kind it is; NULL when there is none. */
interface CostSql {
  readonly high: string;
  readonly low: string;
  readonly currency: string;
  readonly kind: string;
}

const plain = (kind: 'billed' | 'computed' | 'claimed'): CostSql => ({
  high: `iif(u.${kind}_currency IS NULL, NULL, u.${kind}_high)`,
  low: `iif(u.${kind}_currency IS NULL, NULL, u.${kind}_low)`,
  currency: `u.${kind}_currency`,
  kind: `iif(u.${kind}_currency IS NULL, NULL, '${kind}')`,
});

/** Over rows `u` of `usageRows`. */
export const COSTS: Readonly<Record<CostChoice, CostSql>> = {
  billed: plain('billed'),
  computed: plain('computed'),
  claimed: plain('claimed'),
  auto: {
    high: 'iif(u.billed_currency IS NOT NULL, u.billed_high, iif(u.computed_currency IS NULL, NULL, u.computed_high))',
    low: 'iif(u.billed_currency IS NOT NULL, u.billed_low, iif(u.computed_currency IS NULL, NULL, u.computed_low))',
    currency: 'coalesce(u.billed_currency, u.computed_currency)',
    kind: `CASE WHEN u.billed_currency IS NOT NULL THEN 'billed' WHEN u.computed_currency IS NOT NULL THEN 'computed' END`,
  },
};
