/** Whether one limit lets pass what another does not. Limits measured in different things cannot be compared: that counts as looser. */

import type { WarnLimit } from './budget.js';
import type { CallAssumptions, FileLimit, MaxIncrease, Tolerance } from './files/file-budget.js';
import type { Rise } from './ledger/ledger-budget.js';
import type { Limit } from './limit.js';
import { pointsOf } from './verdict.js';

type Size = Limit | FileLimit | WarnLimit | Tolerance;

/** Of a limit or a warning: higher, measured in something else, or gone. */
export function isLimitLooser(before: Size | null, now: Size | null): boolean {
  if (before === null) return false;
  return now === null || isHigher(before, now);
}

/** Of a tolerance, which is looser when there is one at all. */
export function isToleranceLooser(before: Tolerance | null, now: Tolerance | null): boolean {
  if (now === null) return false;
  return before === null || isHigher(before, now);
}

function isHigher(before: Size, now: Size): boolean {
  if (measuredIn(before) !== measuredIn(now)) return true;
  if ('percent' in before && 'percent' in now) return now.percent > before.percent;
  if ('contextPercent' in before && 'contextPercent' in now) return now.contextPercent > before.contextPercent;
  return pointsOf(now as Limit) > pointsOf(before as Limit);
}

function measuredIn(size: Size): string {
  if ('cost' in size) return size.cost.currency;
  return 'quantity' in size ? size.quantity : Object.keys(size).join();
}

/** Of growth: something that failed before passes now. */
export function isIncreaseLooser(before: MaxIncrease | null, now: MaxIncrease | null): boolean {
  if (before === null) return false;
  return now === null || leastFailing(before).some((growth) => !fails(growth, now));
}

interface Growth {
  readonly tokens: number;
  readonly percent: number;
}

/** Smaller than any step that a config can write: 1 token, 0.000001%. */
const BIT = 1e-7;

/** The smallest growths that fail: each larger one fails, too. */
function leastFailing({ tokens, percent, when }: MaxIncrease): Growth[] {
  const least = (limit: number | null): number => (limit === null ? Number.NEGATIVE_INFINITY : limit + BIT);
  if (when === 'both' || tokens === null || percent === null)
    return [{ tokens: least(tokens), percent: least(percent) }];
  return [
    { tokens: least(tokens), percent: Number.NEGATIVE_INFINITY },
    { tokens: Number.NEGATIVE_INFINITY, percent: least(percent) },
  ];
}

function fails(growth: Growth, { tokens, percent, when }: MaxIncrease): boolean {
  const passed = [
    ...(tokens === null ? [] : [growth.tokens > tokens]),
    ...(percent === null ? [] : [growth.percent > percent]),
  ];
  return when === 'both' ? passed.every(Boolean) : passed.some(Boolean);
}

/** Fewer calls or tokens than before make a call cheaper. */
export const isAssumedLess = (before: CallAssumptions, now: CallAssumptions): boolean =>
  now.outputTokens < before.outputTokens || now.calls < before.calls;

/** Of a rule that is switched on. */
export const isSwitchedOff = (before: boolean, now: boolean): boolean => before && !now;

/** Of a plain number that is the most allowed: an age, a share. */
export const isNumberLooser = (before: number | null, now: number | null): boolean =>
  before !== null && (now === null || now > before);

/** Of a rise, which must pass both the percentage and, where there is one, the floor. */
export function isRiseLooser(before: Rise | null, now: Rise | null): boolean {
  if (before === null) return false;
  if (now === null || now.percent > before.percent) return true;
  return now.floor !== null && (before.floor === null || isHigher(before.floor, now.floor));
}
