/** Which days of a budget's usage are recorded whole, and what each used. */

import { Temporal } from 'temporal-polyfill';
import type { DayFigure } from '../../budget/ledger/forecast.js';
import { gaugeOf } from '../../budget/ledger/ledger-budget.js';
import { pointsUsed } from '../../budget/ledger/ledger-measure.js';
import type { Limit } from '../../budget/limit.js';
import { groupBy } from '../../group-by.js';
import type { Presence } from '../../report/cell.js';
import { daySpan, daysOfSpan, isRange } from '../../report/day-text.js';
import { dayNumber, dayText } from '../../report/local-days.js';
import { windowBetween } from '../../report/period.js';
import type { ReadCell } from '../../report/sum-cells.js';
import { isUsage } from '../../report/told-usage.js';
import type { BudgetAsking } from './budget-asking.js';
import { figuresOf, type Held } from './measure-window.js';

/** How far before the days asked for something is looked for that tells that those days are recorded, too. */
const DAYS_BEFORE = 56;

/**
 * Every day from the first that the budget's usage is recorded on to the last that its accounts are: one without usage used
 * nothing. Left out are days in a bucket of several days, which tells of none of them by itself.
 */
export async function recordedDays(asking: BudgetAsking, held: Held): Promise<DayFigure[]> {
  const first = await firstRecorded(asking, held);
  const last = lastRecorded(held);
  if (first === null || last === null || first > last) return [];
  const gauge = gaugeOf(asking.budget);
  const points = pointsByDay(held.cells, gauge);
  const inRanges = new Set(held.cells.flatMap(({ cell: { day } }) => (isRange(day) ? daysOfSpan(daySpan(day)) : [])));
  return daysOfSpan({ first, last })
    .filter((day) => !inRanges.has(day))
    .map((day) => ({ day, weekday: Temporal.PlainDate.from(day).dayOfWeek, points: points.get(day) ?? 0n }));
}

/** What each day used that has usage; of buckets of several days there is none. */
export const pointsByDay = (cells: readonly ReadCell[], gauge: Limit): ReadonlyMap<string, bigint> =>
  new Map(
    [
      ...groupBy(
        cells.filter(({ cell }) => !isRange(cell.day)),
        ({ cell }) => cell.day,
      ),
    ].map(([day, ofDay]) => [day, pointsUsed(gauge, figuresOf(ofDay))]),
  );

/**
 * The last day of which an account of what is read has any record, of none in particular, where nothing is read; a bucket
 * of several days may reach into days to come.
 */
export function lastRecorded({ presence, cells }: Pick<Held, 'presence' | 'cells'>): string | null {
  const days = presence.filter(isOfAccounts(cells)).flatMap(({ day }) => (isRange(day) ? [] : [day]));
  return days.reduce<string | null>((last, day) => (last === null || day > last ? day : last), null);
}

/** Whether a view is of an account of these cells; of none in particular, where there are no cells. */
export function isOfAccounts(cells: readonly ReadCell[]): (view: Presence) => boolean {
  const accounts = new Set(cells.map(({ cell }) => cell.recording.account));
  return ({ recording: { account } }) => accounts.size === 0 || accounts.has(account);
}

async function firstRecorded(asking: BudgetAsking, { window, cells }: Held): Promise<string | null> {
  const days = cells.filter(({ cell }) => isUsage(cell)).map(({ cell: { day } }) => daySpan(day).first);
  const first = days.reduce<string | null>((least, day) => (least === null || day < least ? day : least), null);
  if (first === window.firstDay || !(await hasUsageBefore(asking, window.firstDay!))) return first;
  return window.firstDay;
}

async function hasUsageBefore(asking: BudgetAsking, day: string): Promise<boolean> {
  const { ledger, units, models, filters, timeZone } = asking;
  const end = dayNumber(day);
  const window = windowBetween({ firstDay: dayText(end - DAYS_BEFORE), lastDay: dayText(end - 1), timeZone });
  const cells = await ledger.cells({
    ...{ window, by: [], cost: 'auto', days: 'all', units, models, filters, latency: false, top: null },
  });
  return cells.some(isUsage);
}
