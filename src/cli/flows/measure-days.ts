/** Days before the check, for what compares days. */

import { Temporal } from 'temporal-polyfill';
import { MOST_DAYS } from '../../budget/ledger/forecast.js';
import type { AnomalyFacts } from '../../budget/ledger/judge-anomaly.js';
import type { ForecastFacts } from '../../budget/ledger/judge-forecast.js';
import { gaugeOf } from '../../budget/ledger/ledger-budget.js';
import { daysOfSpan } from '../../report/day-text.js';
import { dayAt, windowOfDays } from '../../report/period.js';
import type { BudgetAsking } from './budget-asking.js';
import { type Held, heldIn } from './measure-window.js';
import { lastRecorded, pointsByDay, recordedDays } from './recorded-days.js';

/** Facts of the rules that a budget has; `null`: it has no such rule. */
export interface DaysFacts {
  readonly forecast: ForecastFacts | null;
  readonly anomaly: AnomalyFacts | null;
}

/** The day that holds the check is not over, whatever is recorded of it: it is ahead. */
export async function measureDays(asking: BudgetAsking, period: Held): Promise<DaysFacts> {
  const today = dayAt(asking.at, asking.timeZone);
  const held = await heldUpTo(asking, today.subtract({ days: 1 }));
  const { forecast, anomaly } = asking.budget;
  return {
    forecast: forecast ? await measureForecast(asking, held, period) : null,
    anomaly: anomaly === null ? null : await measureAnomaly(asking, held, today),
  };
}

/** One day more than a forecast needs: an anomaly is of the last one against those before. */
const heldUpTo = (asking: BudgetAsking, last: Temporal.PlainDate): Promise<Held> =>
  heldIn(asking, windowOfDays({ first: last.subtract({ days: MOST_DAYS }), last }, asking.timeZone));

async function measureForecast(asking: BudgetAsking, held: Held, period: Held): Promise<ForecastFacts> {
  const ahead = daysAhead(period, lastRecorded(held));
  const points = pointsByDay(period.cells, gaugeOf(asking.budget));
  return {
    days: (await recordedDays(asking, held)).slice(-MOST_DAYS),
    measure: held.measureOf(held.cells),
    ahead: ahead.map((day) => ({ day, weekday: Temporal.PlainDate.from(day).dayOfWeek })),
    usedAhead: ahead.reduce((sum, day) => sum + (points.get(day) ?? 0n), 0n),
  };
}

/** Records end before the check, and the weeks compared with are those before the day they end on. */
async function measureAnomaly(asking: BudgetAsking, before: Held, today: Temporal.PlainDate): Promise<AnomalyFacts> {
  const last = lastRecorded(before);
  const isWhole = last === null || last === before.window.lastDay;
  const held = isWhole ? before : await heldUpTo(asking, Temporal.PlainDate.from(last));
  return {
    days: await recordedDays(asking, held),
    today: today.toString(),
    measure: held.measureOf(held.cells),
  };
}

const daysAhead = ({ window: { firstDay, lastDay } }: Held, recorded: string | null): string[] =>
  daysOfSpan({ first: firstDay!, last: lastDay! }).filter((day) => recorded === null || day > recorded);
