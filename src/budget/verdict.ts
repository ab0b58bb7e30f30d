/** What every verdict is made of: its codes, its limit as a whole number, and whether it lets a check pass. */

import type { Budget, Level, Limit, Verdict, WarnLimit } from './budget.js';

/** Public codes of verdicts; `docs/guide.md` explains each. Codes are added, never renamed. */
export const CODES = {
  ok: 'TH000',
  overLimit: 'TH001',
  overWarning: 'TH002',
  insideBand: 'TH003',
  noFiles: 'TH004',
  notCounted: 'TH005',
  unpriced: 'TH101',
  otherCurrency: 'TH102',
  noUsage: 'TH103',
  rejectedRows: 'TH104',
  noLedger: 'TH105',
  unsplitBill: 'TH106',
  unheardOf: 'TH107',
} as const;

/** Whether a level lets the check pass. */
export const passes = (level: Level, { allowUnknown }: { readonly allowUnknown: boolean }): boolean =>
  level === 'ok' || level === 'warn' || (level === 'unknown' && allowUnknown);

/** Name and limit, as every verdict on a budget carries them. */
export const ground = (budget: Budget): Pick<Verdict, 'budget' | 'limit'> => ({
  budget: budget.name,
  limit: 'cost' in budget.max ? budget.max.cost : BigInt(budget.max.tokens),
});

/** `file:line` of the budget in its config. */
export const placeOf = ({ place }: Budget): string => `${place.file}:${place.line}`;

/** A limit as a whole number: tokens, or pico-units. */
export const pointsOf = (limit: Limit): bigint => ('cost' in limit ? limit.cost.pico : BigInt(limit.tokens));

/** A percent has at most 6 decimals, see `parseWarn`. */
const MILLION = 1_000_000;

/** A share of the limit rounds down, so that 80% of 9 warns from 8 on. */
export function warnLimit(warn: WarnLimit | null, limit: bigint): bigint | null {
  if (warn === null) return null;
  if (!('percent' in warn)) return pointsOf(warn);
  return (limit * BigInt(Math.round(warn.percent * MILLION))) / BigInt(100 * MILLION);
}

/** A count as a person reads it: `1,234,567`. */
export const count = (value: bigint): string => value.toLocaleString('en-US');
