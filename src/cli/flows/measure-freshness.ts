/** How old the newest usage is that a budget reads. */

import { Temporal } from 'temporal-polyfill';
import type { FreshnessFacts } from '../../budget/ledger/judge-freshness.js';
import { chooseRecordings } from '../../report/choose-recordings.js';
import { daySpan } from '../../report/day-text.js';
import { dayAt, dayStart, window, windowBetween } from '../../report/period.js';
import type { Window } from '../../report/query.js';
import { isRead } from '../../report/sum-cells.js';
import type { BudgetAsking } from './budget-asking.js';

const DAY = 86_400_000;

/** Looks at the last days first; only where there is nothing in them at all that was ever recorded. */
export async function measureFreshness(asking: BudgetAsking, maxAge: number): Promise<FreshnessFacts> {
  const { at, timeZone } = asking;
  const start = dayStart(dayAt(at - maxAge - DAY, timeZone), timeZone);
  const end = dayStart(dayAt(at, timeZone).add({ days: 1 }), timeZone);
  const newest =
    (await newestIn(asking, window(start, end, timeZone))) ?? (await newestIn(asking, window(null, start, timeZone)));
  return { newest: newest === null ? null : { age: at - newest, time: timeText(newest, timeZone) } };
}

/** The instant up to which usage of the window is told, at most that of the check; `null`: there is none. */
async function newestIn(asking: BudgetAsking, within: Window): Promise<number | null> {
  const { ledger, at, units, models, filters } = asking;
  const query = { cost: 'auto', units, models, filters } as const;
  const { read } = chooseRecordings(await ledger.presence(within, 'auto'), 'auto');
  const cells = await ledger.cells({ ...query, window: within, by: [], days: 'each', latency: false, top: null });
  const days = cells.filter((cell) => cell.charge === 'usage' && isRead(read(cell))).map(({ day }) => daySpan(day));
  for (const { first, last } of days.sort((a, b) => (a.last < b.last ? 1 : -1))) {
    const selection = {
      ...query,
      window: windowBetween({ firstDay: first, lastDay: last, timeZone: asking.timeZone }),
    };
    const told = (await ledger.newest(selection, at)).filter((view) => isRead(read(view)));
    if (told.length > 0) return Math.max(...told.map(({ until }) => Math.min(until, at)));
  }
  return null;
}

/** `2026-10-05 16:00 (Asia/Shanghai)` */
function timeText(at: number, timeZone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  return `${time.toPlainDate()} ${time.toPlainTime().toString({ smallestUnit: 'minute' })} (${timeZone})`;
}
