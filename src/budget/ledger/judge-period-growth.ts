/** Judges a period against the one before it. */

import { CODES } from '../codes.js';
import { ground, measureLike, placeOf, type Verdict } from '../verdict.js';
import { gaugeOf, type LedgerBudget, type Rise } from './ledger-budget.js';
import { doubtAbout, underDoubt } from './ledger-doubts.js';
import { type LedgerMeasure, pointsUsed, wordsFor } from './ledger-measure.js';
import { reportText } from './report-text.js';
import { mostWithin, percentMore } from './rise.js';

/** The two are of the first days of their periods, as many as are recorded of this one. */
export interface GrowthFacts {
  readonly now: LedgerMeasure;
  readonly before: LedgerMeasure;
  /** Whether the ledger holds records of the same accounts from the first day compared with on. */
  readonly isCovered: boolean;
}

type Growing = LedgerBudget & { readonly growth: Rise };

/**
 * What is missing of this period can only add to its growth, so a breach stands; what is missing of the period before takes
 * from it, so that nothing is known.
 */
export function judgePeriodGrowth(budget: Growing, { now, before, isCovered }: GrowthFacts): Verdict {
  const gauge = gaugeOf(budget);
  const [points, baseline] = [pointsUsed(gauge, now), pointsUsed(gauge, before)];
  const fact = { ...ground(budget, 'growth'), measured: measureLike(gauge, points) } as const;
  const doubtNow = doubtAbout(budget, now);
  if (!before.recorded || !isCovered || baseline < 0n || (baseline === 0n && points > 0n)) {
    const why = before.recorded && isCovered ? `nothing was used over ${before.period}` : notRecorded(before);
    return underDoubt({ ...fact, level: 'unknown', ...noFormer(budget, why) }, doubtNow);
  }
  const doubtBefore = doubtAbout(budget, before);
  if (doubtBefore !== null) return { ...fact, level: 'unknown', ...doubtBefore };
  return underDoubt(verdictOn(budget, { points, baseline }, { now, before }), doubtNow);
}

const notRecorded = ({ period, recorded }: LedgerMeasure): string =>
  recorded ? `only part of ${period} is recorded` : `nothing is recorded for ${period}`;

const noFormer = (budget: LedgerBudget, why: string) => ({
  code: CODES.noFormerPeriod,
  message: `${why}, so the growth cannot be compared`,
  hint: `import the logs of that period, or leave \`growth\` out at ${placeOf(budget)} until there are any`,
});

function verdictOn(
  budget: Growing,
  { points, baseline }: { readonly points: bigint; readonly baseline: bigint },
  { now, before }: Pick<GrowthFacts, 'now' | 'before'>,
): Verdict {
  const gauge = gaugeOf(budget);
  const shown = (value: bigint) => wordsFor(gauge, value);
  const most = mostWithin(budget.growth, baseline);
  const fact = {
    ...ground(budget, 'growth'),
    measured: measureLike(gauge, points),
    limit: measureLike(gauge, most),
    baseline: measureLike(gauge, baseline),
    delta: measureLike(gauge, points - baseline),
  } as const;
  const compared = `${shown(points)} over ${now.period}, after ${shown(baseline)} over ${before.period}`;
  if (points <= most) return { ...fact, level: 'ok', code: CODES.ok, message: compared, hint: '' };
  return {
    ...fact,
    level: 'error',
    code: CODES.periodGrown,
    message: `${compared}: ${percentMore(points, baseline)} more, over the ${shown(most)} that pass`,
    hint: `see what grew: ${reportText(budget, now.report)} --compare previous, or raise \`growth\` at ${placeOf(budget)}`,
  };
}
