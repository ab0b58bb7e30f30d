/** Judges what the ledger holds against the limit of a budget. */

import { CODES } from '../codes.js';
import type { Limit } from '../limit.js';
import { ground, limitFigure, measureLike, placeOf, pointsOf, type Rule, type Verdict, warnLimit } from '../verdict.js';
import type { LedgerBudget } from './ledger-budget.js';
import { doubtAbout, underDoubt } from './ledger-doubts.js';
import { type LedgerMeasure, pointsUsed, wordsFor } from './ledger-measure.js';
import { reportText } from './report-text.js';

/** A budget with a limit on what the whole period may use. */
export type LimitedBudget = LedgerBudget & { readonly max: Limit };

/** A budget on the ledger where there is no ledger to read. */
export const judgeNoLedger = (budget: LedgerBudget): Verdict => ({
  ...ground(budget, firstRule(budget)),
  limit: limitFigure(budget),
  level: 'unknown',
  code: CODES.noLedger,
  message: 'there is no ledger to judge it by',
  hint: 'import usage first: tokenhub import <files...>, or name the ledger with --ledger',
});

/** The first rule it would be judged by; a budget has one at least. */
function firstRule({ max, growth, anomaly, unassigned }: LedgerBudget): Rule {
  if (max !== null) return 'max';
  if (growth !== null) return 'growth';
  if (anomaly !== null) return 'anomaly';
  return unassigned === null ? 'maxAge' : 'unassigned';
}

/**
 * Verdict on the ledger. Usage without a price can only add to a cost, so a breach stands whatever is unpriced; short
 * of a breach, a cost that is not whole is unknown.
 *
 * @param holder  whose quota it is, for the hint; `null`: of no quota
 */
export function judgeLedger(budget: LimitedBudget, measure: LedgerMeasure, holder: string | null = null): Verdict {
  const doubt = doubtAbout(budget, measure);
  const verdict = judgeAmount(budget, measure, holder);
  const isNotTold = doubt?.code === CODES.notReported && pointsUsed(budget.max, measure) === 0n;
  return underDoubt({ ...verdict, ...(isNotTold ? { measured: null } : {}) }, doubt);
}

function judgeAmount(budget: LimitedBudget, measure: LedgerMeasure, holder: string | null): Verdict {
  const { period } = measure;
  const limit = pointsOf(budget.max);
  const points = pointsUsed(budget.max, measure);
  const shown = (value: bigint) => wordsFor(budget.max, value);
  const fact = {
    ...ground(budget, 'max'),
    limit: limitFigure(budget),
    measured: measureLike(budget.max, points),
  } as const;
  const report = reportText(budget, measure.report, holder);
  if (points > limit)
    return {
      ...fact,
      level: 'error',
      code: CODES.overLimit,
      message: `${shown(points)} over ${period}, ${shown(points - limit)} over the limit of ${shown(limit)}`,
      hint: `see where it went: ${report}, or raise \`max\` at ${placeOf(budget)}`,
    };
  const warnAt = warnLimit(budget.warn, limit);
  if (warnAt !== null && points > warnAt)
    return {
      ...fact,
      level: 'warn',
      code: CODES.overWarning,
      message: `${shown(points)} over ${period}, over the warning at ${shown(warnAt)} (limit ${shown(limit)})`,
      hint: `see where it goes: ${report}`,
    };
  return {
    ...fact,
    level: 'ok',
    code: CODES.ok,
    message: `${shown(points)} of ${shown(limit)} over ${period}`,
    hint: '',
  };
}
