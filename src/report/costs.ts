import { formatPico } from '../pricing/money.js';

/** Amounts by currency, in pico-units. Currencies are never added to each other. */
type Costs = Readonly<Record<string, bigint>>;

/** Amounts added currency by currency; currencies in alphabetical order. */
export function addCosts(costs: readonly Costs[]): Costs {
  const sums = new Map<string, bigint>();
  for (const [currency, pico] of costs.flatMap((cost) => Object.entries(cost))) {
    sums.set(currency, (sums.get(currency) ?? 0n) + pico);
  }
  return byName(sums);
}

/** A record from a map, keys in alphabetical order; any text is a safe key. */
export const byName = <T>(map: ReadonlyMap<string, T>): Record<string, T> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Exact decimal text of each amount. */
export const costTexts = (cost: Costs): Record<string, string> =>
  Object.fromEntries(Object.entries(cost).map(([currency, pico]) => [currency, formatPico(pico)]));
