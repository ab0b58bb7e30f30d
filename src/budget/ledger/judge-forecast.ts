/** Judges what a period will end at. */

import { CODES } from '../codes.js';
import type { Limit } from '../limit.js';
import { ground, limitFigure, measureLike, placeOf, pointsOf, type Verdict } from '../verdict.js';
import { type Basis, type DayAhead, type DayFigure, FEWEST_DAYS, type Forecast, forecastOf } from './forecast.js';
import type { LimitedBudget } from './judge-ledger.js';
import { doubtAbout, underDoubt } from './ledger-doubts.js';
import { type LedgerMeasure, pointsUsed, wordsFor } from './ledger-measure.js';
import { reportText } from './report-text.js';

export interface ForecastFacts {
  /** Whole days that are recorded, the latest ones, in order. */
  readonly days: readonly DayFigure[];
  /** What the ledger holds of those days. */
  readonly measure: LedgerMeasure;
  /** Days of the period that are not recorded whole: those are forecast. */
  readonly ahead: readonly DayAhead[];
  /** What is recorded of the days ahead; part of what the period has used. */
  readonly usedAhead: bigint;
}

/**
 * The verdict on the end of the period; `null`: it is over its limit already, which the limit's own verdict tells. What is
 * used is used: no end of a forecast is below it.
 */
export function judgeForecast(budget: LimitedBudget, period: LedgerMeasure, facts: ForecastFacts): Verdict | null {
  const used = pointsUsed(budget.max, period);
  if (used > pointsOf(budget.max)) return null;
  if (facts.days.length < FEWEST_DAYS) return tooFewDays(budget, facts.days.length);
  const ahead = forecastOf(facts.days, facts.ahead);
  const endAt = (points: bigint) => mostOf(used, used - facts.usedAhead + points);
  const end = { ...ahead, expected: endAt(ahead.expected), low: endAt(ahead.low), high: endAt(ahead.high) };
  const verdict = verdictOn(budget, period, { end, days: facts.days.length });
  return underDoubt(verdict, doubtAbout(budget, period) ?? doubtAbout(budget, facts.measure));
}

const mostOf = (a: bigint, b: bigint): bigint => (a > b ? a : b);

const tooFewDays = (budget: LimitedBudget, days: number): Verdict => ({
  ...ground(budget, 'forecast'),
  limit: limitFigure(budget),
  level: 'warn',
  code: CODES.tooFewDays,
  message: `not enough data for a forecast: ${days} of ${FEWEST_DAYS} days`,
  hint: `import the days before, or leave \`forecast\` out at ${placeOf(budget)} until there are as many`,
});

function verdictOn(
  budget: LimitedBudget,
  { period, report }: LedgerMeasure,
  { end, days }: { readonly end: Forecast; readonly days: number },
): Verdict {
  const limit = pointsOf(budget.max);
  const ends = `${roundedText(budget.max, end.low, 'down')} to ${roundedText(budget.max, end.high, 'up')}`;
  const basis = `80% range from ${days} days, ${BASES[end.by]}`;
  const fact = {
    ...ground(budget, 'forecast'),
    limit: limitFigure(budget),
    measured: measureLike(budget.max, end.expected),
    method: 'approximate',
    band: 'tokens' in budget.max ? ([end.low, end.high] as const) : null,
  } as const;
  const shown = wordsFor(budget.max, limit);
  if (end.low > limit)
    return {
      ...fact,
      level: 'error',
      code: CODES.forecastOver,
      message: `${period} will end at ${ends}, over the limit of ${shown} even at the low end (${basis})`,
      hint: `see where it goes: ${reportText(budget, report)}, or raise \`max\` at ${placeOf(budget)}`,
    };
  if (end.high > limit)
    return {
      ...fact,
      level: 'warn',
      code: CODES.forecastMayPass,
      message: `${period} may end over the limit of ${shown}: at ${ends} (${basis})`,
      hint: `see where it goes: ${reportText(budget, report)}`,
    };
  return {
    ...fact,
    level: 'ok',
    code: CODES.ok,
    message: `${period} will end at ${ends}, within the limit of ${shown} (${basis})`,
    hint: '',
  };
}

const BASES: Readonly<Record<Basis, string>> = {
  day: 'all alike',
  weekday: 'by weekday',
  trend: 'by weekday, along their trend',
};

const PICO = 10n ** 12n;
const CENT = 10n ** 10n;

/** Money of one or more to the cent, away from the middle of the range, unless that were on the other side of the limit. */
function roundedText(limit: Limit, points: bigint, to: 'down' | 'up'): string {
  if (!('cost' in limit) || points < PICO) return wordsFor(limit, points);
  const down = points - (points % CENT);
  const rounded = to === 'up' && down < points ? down + CENT : down;
  const isSame = rounded > limit.cost.pico === points > limit.cost.pico;
  return wordsFor(limit, isSame ? rounded : points);
}
