/** What every verdict is made of: its codes, its limit as a whole number, and whether it lets a check pass. */

import type { Amount } from '../pricing/money.js';
import type { Budget, Level, Limit, Verdict, WarnLimit } from './budget.js';
import type { Quantity } from './quantity.js';

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
  notReported: 'TH108',
  ofNobody: 'TH109',
  unassigned: 'TH110',
} as const;

/** Whether a level lets the check pass. */
export const passes = (level: Level, { allowUnknown }: { readonly allowUnknown: boolean }): boolean =>
  level === 'ok' || level === 'warn' || (level === 'unknown' && allowUnknown);

/** Name and limit, as every verdict on a budget carries them. */
export const ground = (budget: Budget): Pick<Verdict, 'budget' | 'limit'> => ({
  budget: budget.name,
  limit: measureLike(budget.max, pointsOf(budget.max)),
});

/** `file:line` of the budget in its config. */
export const placeOf = ({ place }: Budget): string => `${place.file}:${place.line}`;

/** A limit as a whole number: tokens, pico-units, or millionths of another quantity. */
export function pointsOf(limit: Limit): bigint {
  if ('cost' in limit) return limit.cost.pico;
  return 'quantity' in limit ? limit.millionths : BigInt(limit.tokens);
}

/** Such a whole number as what it is of. */
export function measureLike(limit: Limit, points: bigint): bigint | Amount | Quantity {
  if ('cost' in limit) return { currency: limit.cost.currency, pico: points, text: null };
  return 'quantity' in limit ? { quantity: limit.quantity, millionths: points } : points;
}

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
