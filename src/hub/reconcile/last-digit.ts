/** How finely a bill states its figures, from the figures themselves. */

import type { CallRecord } from './call-record.js';

/** Bills state money at least to the hundredth. */
const HUNDREDTH = 10_000_000_000n;
/** As few quantities may all be round by chance. */
const FEWEST_QUANTITIES = 10;
/** Ten thousand tokens: no unit of a bill's last digit is larger. */
const LARGEST_UNIT = 10_000n;

export interface LastDigit {
  /** Tokens; 1: whole tokens. */
  readonly tokens: bigint;
  /** Pico-units, by currency. */
  readonly money: (currency: string) => bigint;
}

export function lastDigitOf(bill: readonly CallRecord[]): LastDigit {
  const counts = bill.flatMap(({ tokens }) => Object.values(tokens).filter((count) => (count ?? 0) > 0));
  const units = new Map<string, bigint>();
  for (const { cost } of bill)
    if (cost !== null && cost.pico !== 0n)
      units.set(cost.currency, unitOf(cost.pico, units.get(cost.currency) ?? HUNDREDTH));
  return {
    tokens:
      counts.length < FEWEST_QUANTITIES
        ? 1n
        : counts.reduce((unit, count) => unitOf(BigInt(count!), unit), LARGEST_UNIT),
    money: (currency) => units.get(currency) ?? 1n,
  };
}

/** The largest power of ten up to `most` that divides a figure. */
function unitOf(figure: bigint, most: bigint): bigint {
  let unit = most;
  while (figure % unit !== 0n) unit /= 10n;
  return unit;
}

/** Lines a bucket of a bill has, at least: one for each class it reports. */
export const linesOf = (bill: readonly CallRecord[]): bigint =>
  bill.reduce((sum, { tokens }) => sum + BigInt(Math.max(1, classesOf(tokens))), 0n);

/** Reasoning is part of the output, and no line of its own. */
const classesOf = ({ reasoning: _, ...classes }: CallRecord['tokens']): number =>
  Object.values(classes).filter((count) => count !== null).length;
