/** Judges what share of usage is of no unit. */

import { CODES } from '../codes.js';
import type { Limit } from '../limit.js';
import { shareOf } from '../percent.js';
import { ground, measureLike, placeOf, type Verdict } from '../verdict.js';
import { gaugeOf, type LedgerBudget } from './ledger-budget.js';
import { doubtAbout } from './ledger-doubts.js';
import { type LedgerMeasure, pointsUsed, wordsFor } from './ledger-measure.js';

export interface UnassignedFacts {
  /** Of every unit and of none. */
  readonly all: LedgerMeasure;
  readonly ofNoUnit: LedgerMeasure;
}

type Sharing = LedgerBudget & { readonly unassigned: number };

/** Money where the budget is in money, else tokens: shares are of what all usage has. */
const sharedGauge = (budget: LedgerBudget): Limit => {
  const gauge = gaugeOf(budget);
  return 'cost' in gauge ? gauge : { tokens: 0 };
};

/** What has no price may be of a unit or of none, so any doubt about either leaves the share unknown. */
export function judgeUnassigned(budget: Sharing, { all, ofNoUnit }: UnassignedFacts): Verdict {
  const gauge = sharedGauge(budget);
  const inGauge = { ...budget, max: gauge };
  const [whole, part] = [pointsUsed(gauge, all), pointsUsed(gauge, ofNoUnit)];
  const most = shareOf(budget.unassigned, whole);
  const fact = {
    ...ground(budget, 'unassigned'),
    measured: measureLike(gauge, part),
    limit: measureLike(gauge, most),
  } as const;
  const doubt = doubtAbout(inGauge, all) ?? doubtAbout(inGauge, ofNoUnit);
  if (doubt !== null) return { ...fact, level: 'unknown', ...doubt };
  const share = `${wordsFor(gauge, part)} of ${wordsFor(gauge, whole)} over ${all.period} is of no unit`;
  if (part <= most) return { ...fact, level: 'ok', code: CODES.ok, message: share, hint: '' };
  return {
    ...fact,
    level: 'error',
    code: CODES.unassignedShare,
    message: `${share}, more than ${budget.unassigned}%`,
    hint: `write rules for it, see: tokenhub units; or raise \`unassigned\` at ${placeOf(budget)}`,
  };
}
