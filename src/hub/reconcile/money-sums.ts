/** Money by currency, in pico-units; currencies are never added. */

import type { CallRecord } from './call-record.js';

export type MoneySums = ReadonlyMap<string, bigint>;

export const NO_MONEY: MoneySums = new Map();

/** `sign` times the costs of records added; records without a cost add nothing. */
export function addCosts(
  sums: Map<string, bigint>,
  records: Iterable<Pick<CallRecord, 'cost'>>,
  sign: 1n | -1n,
): Map<string, bigint> {
  for (const { cost } of records)
    if (cost !== null) sums.set(cost.currency, (sums.get(cost.currency) ?? 0n) + sign * cost.pico);
  return sums;
}

export function addMoney(a: MoneySums, b: MoneySums, sign: 1n | -1n): MoneySums {
  const sums = new Map(a);
  for (const [currency, pico] of b) sums.set(currency, (sums.get(currency) ?? 0n) + sign * pico);
  return sums;
}

/** Only the currencies asked for, in order of their codes. */
export const onlyIn = (sums: MoneySums, currencies: readonly string[]): MoneySums =>
  new Map(currencies.map((currency) => [currency, sums.get(currency) ?? 0n]));
