/** Judges the last recorded day against the same weekdays of the weeks before it. */

import { CODES } from '../codes.js';
import { ground, measureLike, placeOf, type Verdict } from '../verdict.js';
import type { DayFigure } from './forecast.js';
import { gaugeOf, type LedgerBudget, type Rise } from './ledger-budget.js';
import { doubtAbout, doubtAboutPeriod, underDoubt } from './ledger-doubts.js';
import { type LedgerMeasure, wordsFor } from './ledger-measure.js';
import { type ReportDays, reportText } from './report-text.js';
import { mostWithinHalf } from './rise.js';

export interface AnomalyFacts {
  /** Whole days that are recorded, in order, of the eight weeks up to the last one, which is judged. */
  readonly days: readonly DayFigure[];
  /** Day of the check, `YYYY-MM-DD`, after all of them. */
  readonly today: string;
  /** What the ledger holds of them. */
  readonly measure: LedgerMeasure;
}

/** How many of the same weekday it takes, and how many are looked at. */
const FEWEST = 3;
const MOST = 8;
/** How many days before the check the judged day may be. */
const OLDEST = 8;
const DAY = 86_400_000;
const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'];

type Watched = LedgerBudget & { readonly anomaly: Rise };

/** As the days compared with may have used more than is known, any doubt about them leaves nothing known. */
export function judgeAnomaly(budget: Watched, { days, today, measure }: AnomalyFacts): Verdict {
  const last = days.at(-1);
  const alike = days
    .slice(0, -1)
    .filter(({ weekday }) => weekday === last?.weekday)
    .slice(-MOST);
  if (last === undefined) return underDoubt(noDay(budget, measure), doubtAboutRecords(budget, measure));
  const age = (Date.parse(today) - Date.parse(last.day)) / DAY;
  if (age > OLDEST) return underDoubt(tooOld(budget, last, age), doubtAboutRecords(budget, measure));
  if (alike.length < FEWEST)
    return underDoubt(tooFewAlike(budget, last, alike.length), doubtAboutRecords(budget, measure));
  const doubt = doubtAbout(budget, measure);
  const verdict = verdictOn(budget, { last, alike, report: measure.report });
  return doubt === null ? verdict : { ...verdict, level: 'unknown', ...doubt };
}

/** Of too few days there is no more to say, but that nothing is recorded, or that nobody knows a name, is worse. */
const doubtAboutRecords = (budget: LedgerBudget, measure: LedgerMeasure) =>
  measure.recorded && measure.unheardOf === null ? null : doubtAboutPeriod(budget, measure);

/** What used nothing while others did has no days yet; of what did use something, days are missing. */
function noDay(budget: LedgerBudget, { period, events }: LedgerMeasure): Verdict {
  if (events === 0n) return tooFew(budget, `nothing was used over ${period}`);
  return {
    ...ground(budget, 'anomaly'),
    level: 'unknown',
    code: CODES.noUsage,
    message: `no day of ${period} is recorded by itself`,
    hint: 'import logs that tell of single days; or accept it with --allow-unknown',
  };
}

/** An import that stopped must not keep the budget green. */
const tooOld = (budget: LedgerBudget, last: DayFigure, age: number): Verdict => ({
  ...ground(budget, 'anomaly'),
  level: 'unknown',
  code: CODES.stale,
  message: `the last recorded day, ${last.day}, is ${age} days before the check, and may be ${OLDEST}: what came since is not known`,
  hint: 'import the logs since then, see: tokenhub imports --coverage; or accept it with --allow-unknown',
});

const tooFewAlike = (budget: LedgerBudget, last: DayFigure, alike: number): Verdict =>
  tooFew(budget, `${alike} of ${FEWEST} ${WEEKDAYS[last.weekday - 1]} before ${last.day}`);

const tooFew = (budget: LedgerBudget, found: string): Verdict => ({
  ...ground(budget, 'anomaly'),
  level: 'warn',
  code: CODES.tooFewDays,
  message: `not enough data for an anomaly: ${found}`,
  hint: `import the weeks before, or leave \`anomaly\` out at ${placeOf(budget)} until there are as many`,
});

interface Compared {
  readonly last: DayFigure;
  /** Of the same weekday, in order. */
  readonly alike: readonly DayFigure[];
  readonly report: ReportDays;
}

function verdictOn(budget: Watched, { last, alike, report }: Compared): Verdict {
  const gauge = gaugeOf(budget);
  const shown = (value: bigint) => wordsFor(gauge, value);
  const twice = twiceMedianOf(alike.map(({ points }) => points));
  const median = (twice + 1n) >> 1n;
  const most = mostWithinHalf(budget.anomaly, twice);
  const fact = {
    ...ground(budget, 'anomaly'),
    measured: measureLike(gauge, last.points),
    limit: measureLike(gauge, most),
    baseline: measureLike(gauge, median),
    delta: measureLike(gauge, last.points - median),
  } as const;
  const compared = `${shown(last.points)} on ${last.day}, and ${shown(median)} in the median of ${alike.length} ${WEEKDAYS[last.weekday - 1]} before (${alike[0]!.day} to ${alike.at(-1)!.day})`;
  if (last.points <= most) return { ...fact, level: 'ok', code: CODES.ok, message: compared, hint: '' };
  return {
    ...fact,
    level: 'error',
    code: CODES.anomaly,
    message: `${compared}: over the ${shown(most)} that pass`,
    hint: `see what it was: ${reportText(budget, { ...report, period: `--period ${last.day}` })}, or raise \`anomaly\` at ${placeOf(budget)}`,
  };
}

/** Twice the median, which of an even number is the mean of the two in the middle. */
function twiceMedianOf(values: readonly bigint[]): bigint {
  const sorted = [...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? 2n * sorted[middle]! : sorted[middle - 1]! + sorted[middle]!;
}
