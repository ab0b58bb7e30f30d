/** Amounts by currency, added up. */

import type { Costs } from './allocation.js';

/** Sums that grow; `costsOf` makes them what is answered. */
export type CostSums = Map<string, bigint>;

export function addCosts(sums: CostSums, costs: Costs): void {
  for (const [currency, pico] of Object.entries(costs)) sums.set(currency, (sums.get(currency) ?? 0n) + pico);
}

/** The sums under a key, made when it is the first of it. */
export function sumsAt<K>(map: Map<K, CostSums>, key: K): CostSums {
  const sums = map.get(key) ?? new Map<string, bigint>();
  map.set(key, sums);
  return sums;
}

/** Currencies in alphabetical order. */
export const costsOf = (sums: ReadonlyMap<string, bigint>): Costs =>
  Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));

export function sumOfCosts(costs: readonly Costs[]): Costs {
  const sums: CostSums = new Map();
  for (const each of costs) addCosts(sums, each);
  return costsOf(sums);
}

export const negative = (costs: Costs): Costs =>
  Object.fromEntries(Object.entries(costs).map(([currency, pico]) => [currency, -pico]));

export const isNothing = (costs: Costs): boolean => Object.values(costs).every((pico) => pico === 0n);
