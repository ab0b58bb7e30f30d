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

/** The day that holds the check is not over, whatever is recorded of it: it is ahead. */
export async function measureDays(
  asking: BudgetAsking,
  period: Held,
): Promise<{ forecast: ForecastFacts; anomaly: AnomalyFacts }> {
  const today = dayAt(asking.at, asking.timeZone);
  // one more than a forecast needs: an anomaly is of the last one against those before
  const before = { first: today.subtract({ days: MOST_DAYS + 1 }), last: today.subtract({ days: 1 }) };
  const held = await heldIn(asking, windowOfDays(before, asking.timeZone));
  const days = await recordedDays(asking, held);
  const measure = held.measureOf(held.cells);
  const ahead = daysAhead(period, lastRecorded(held));
  const points = pointsByDay(period.cells, gaugeOf(asking.budget));
  return {
    anomaly: { days, measure },
    forecast: {
      days: days.slice(-MOST_DAYS),
      measure,
      ahead: ahead.map((day) => ({ day, weekday: Temporal.PlainDate.from(day).dayOfWeek })),
      usedAhead: ahead.reduce((sum, day) => sum + (points.get(day) ?? 0n), 0n),
    },
  };
}

const daysAhead = ({ window: { firstDay, lastDay } }: Held, recorded: string | null): string[] =>
  daysOfSpan({ first: firstDay!, last: lastDay! }).filter((day) => recorded === null || day > recorded);
