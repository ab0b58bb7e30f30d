/** A period so far, and the same days of the one before. */

import { Temporal } from 'temporal-polyfill';
import type { GrowthFacts } from '../../budget/ledger/judge-period-growth.js';
import { daySpan } from '../../report/day-text.js';
import { dayNumber, dayText } from '../../report/local-days.js';
import { dayAt, windowBetween, windowOfDays } from '../../report/period.js';
import { cutWindow } from '../../report/straddling.js';
import type { ReadCell } from '../../report/sum-cells.js';
import type { BudgetAsking } from './budget-asking.js';
import { daysBefore } from './budget-window.js';
import { type Held, heldIn } from './measure-window.js';
import { isOfAccounts, lastRecorded } from './recorded-days.js';

/** How far before the first day compared with a record is looked for. */
const DAYS_BEFORE = 56;

/** Of this period the days up to the check, as far as they are recorded. */
export async function measureGrowth(asking: BudgetAsking, period: Held): Promise<GrowthFacts> {
  const { budget, at, timeZone } = asking;
  const first = Temporal.PlainDate.from(period.window.firstDay!);
  const last = Temporal.PlainDate.from(lastOf(dayAt(at, timeZone).toString(), lastRecorded(period)));
  const now = await heldIn(asking, windowOfDays({ first, last }, timeZone));
  const before = await heldIn(asking, windowOfDays(daysBefore(budget.period, { first, last }), timeZone));
  const cells = [...now.cells, ...before.cells];
  return {
    // what grew is seen in the whole period, beside the whole of the one before
    now: { ...now.measureOf(now.cells), report: period.report },
    before: before.measureOf(before.cells),
    isCovered:
      (await isRecordedFrom(asking, before, cells)) &&
      !(await isCut(asking, now, cells)) &&
      !(await isCut(asking, before, cells)),
  };
}

/** The earlier of the day of the check and the last that is recorded. */
const lastOf = (today: string, recorded: string | null): string =>
  recorded === null || recorded > today ? today : recorded;

/** Whether an account of the cells has a record on the first day, or not long before it. */
async function isRecordedFrom(asking: BudgetAsking, { window, presence }: Held, cells: readonly ReadCell[]) {
  const isOfThem = isOfAccounts(cells);
  if (presence.some((view) => isOfThem(view) && daySpan(view.day).first === window.firstDay)) return true;
  const end = dayNumber(window.firstDay!);
  const days = { firstDay: dayText(end - DAYS_BEFORE), lastDay: dayText(end - 1) };
  return (await asking.ledger.presence(windowBetween({ ...days, timeZone: asking.timeZone }), 'auto')).some(isOfThem);
}

/**
 * Whether an edge of the window cuts a bucket of several days of an account of which the window holds nothing finer: its
 * days on the two sides of the edge cannot be told apart.
 */
async function isCut({ ledger }: BudgetAsking, { window, cells: held }: Held, cells: readonly ReadCell[]) {
  const isOfThem = isOfAccounts(cells);
  const told = new Set(held.map(({ cell }) => cell.recording.account));
  const cut = await ledger.presence(cutWindow(window)!, 'auto');
  return cut.some((view) => view.grain === 'range' && isOfThem(view) && !told.has(view.recording.account));
}
