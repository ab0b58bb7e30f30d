/** The days a budget is judged by. */

import type { BudgetPeriod, LedgerBudget } from '../../budget/ledger/ledger-budget.js';
import { type Days, daysOf, quarterOf } from '../../report/calendar.js';
import { dayAt, windowOfDays } from '../../report/period.js';
import type { Window } from '../../report/query.js';

interface At {
  /** Instant (ms) in the period. */
  readonly at: number;
  /** Of a budget without a zone of its own. */
  readonly timeZone: string;
}

/** The period of a budget that holds an instant. */
export function windowOfBudget({ period, timeZone: own }: Pick<LedgerBudget, 'period' | 'timeZone'>, at: At): Window {
  const timeZone = own ?? at.timeZone;
  return windowOfDays(daysOfPeriod(period, dayAt(at.at, timeZone)), timeZone);
}

type Day = Days['first'];

/** The period that holds a day; so many days end with it. */
export function daysOfPeriod(period: BudgetPeriod, day: Day): Days {
  if (typeof period !== 'string') return { first: day.subtract({ days: period.days - 1 }), last: day };
  if (period === 'day') return { first: day, last: day };
  return daysOf(period === 'quarter' ? quarterOf(day.toString()) : `this-${period}`, day);
}

/** The first days of the period before, as many as from the first of this one to `last`, as far as it has them. */
export function daysBefore(period: BudgetPeriod, { first, last }: Days): Days {
  const length = typeof period === 'string' ? LENGTHS[period] : { days: period.days };
  const start = first.subtract(length);
  const sameEnd = start.add(first.until(last));
  const end = first.subtract({ days: 1 });
  return { first: start, last: sameEnd.since(end).sign > 0 ? end : sameEnd };
}

const LENGTHS = { day: { days: 1 }, week: { days: 7 }, month: { months: 1 }, quarter: { months: 3 } } as const;
