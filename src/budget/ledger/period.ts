/** Periods and ages as a config writes them. */

import { badLimit } from '../../errors/config.js';
import type { BudgetPeriod, CalendarPeriod } from './ledger-budget.js';

export const CALENDAR_PERIODS = ['day', 'week', 'month', 'quarter'] as const satisfies readonly CalendarPeriod[];

export const PERIOD_FORM = /^(?:day|week|month|quarter|[1-9]\d{0,3} days?)$/;
export const AGE_FORM = /^[1-9]\d{0,4} (?:hours?|days?)$/;

const MOST_DAYS = 366;
const HOUR = 3_600_000;

/**
 * @throws BAD_LIMIT
 * @example parsePeriod('7 days') // { days: 7 }
 */
export function parsePeriod(text: string): BudgetPeriod {
  const named = CALENDAR_PERIODS.find((period) => period === text);
  if (named !== undefined) return named;
  const days = PERIOD_FORM.test(text) ? Number.parseInt(text, 10) : 0;
  if (days >= 1 && days <= MOST_DAYS) return { days };
  throw badLimit(text, 'is no period', `write day, week, month, quarter, or up to ${MOST_DAYS} days as in 30 days`);
}

/**
 * How old something may be, in ms; a day is 24 hours.
 *
 * @throws BAD_LIMIT
 * @example parseAge('36 hours') // 129_600_000
 */
export function parseAge(text: string): number {
  if (!AGE_FORM.test(text)) throw badLimit(text, 'is no age', 'write it as in 36 hours or 2 days');
  return Number.parseInt(text, 10) * (text.includes('hour') ? HOUR : 24 * HOUR);
}

/** `3 days`, or below two days `36 hours`; rounded down, but for less than an hour. */
export function ageText(ms: number): string {
  const hours = Math.floor(ms / HOUR);
  if (hours < 1) return 'less than an hour';
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`;
  const [days, rest] = [Math.floor(hours / 24), hours % 24];
  return rest === 0 ? `${days} days` : `${days} days and ${rest === 1 ? '1 hour' : `${rest} hours`}`;
}
