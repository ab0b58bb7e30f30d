/** Usage that does not say whose it is, where each user, team, … has a quota. */

import { CODES } from '../codes.js';
import { gaugeOf, type LedgerBudget } from './ledger-budget.js';
import { type Doubt, doubtAbout } from './ledger-doubts.js';
import { type LedgerMeasure, pointsUsed, wordsFor } from './ledger-measure.js';
import { type ReportDays, reportOf } from './report-text.js';

/**
 * What usage of nobody puts in doubt; `null`: there is none of what the limit is of.
 *
 * @param within  those within the limit, in words: `3 users`
 */
export function doubtAboutNobody(budget: LedgerBudget, nobody: LedgerMeasure, within: string): Doubt | null {
  const { each } = budget;
  const gauge = gaugeOf(budget);
  const points = pointsUsed(gauge, nobody);
  if (points === 0n && doubtAbout(budget, nobody) === null) return null;
  const used = points === 0n ? 'usage' : wordsFor(gauge, points);
  return {
    code: CODES.ofNobody,
    message: `${used} over ${nobody.period} without a ${each}: the view read does not say whose it is, so nobody is known to be within the limit (${within})`,
    hint: each === 'unit' ? HINT_OF_UNITS : hintOf(each!, nobody.report),
  };
}

const HINT_OF_UNITS = 'write rules that map it to units, see: tokenhub units; or accept it with --allow-unknown';

const hintOf = (each: string, days: ReportDays): string =>
  `see which views are read and which are left out: ${reportOf(days, `--by ${each}`)}; or accept it with --allow-unknown`;
