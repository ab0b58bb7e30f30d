import type { Database } from '../../load-driver.js';
import type { CoveredDay } from '../../report/coverage-gaps.js';
import type { Recording } from '../../usage/recording.js';
import type { Coverage } from '../ledger.js';
import { dayTexts } from './day-texts.js';
import { usageRows, windowValues } from './usage-rows.js';

/** Days on which each recording has events, by recording; a bucket of several days covers each of them. */
export function readCoverage(db: Database, timeZone: string): Coverage[] {
  const everything = { from: null, to: null, firstDay: null, lastDay: null, timeZone };
  const rows = db
    .prepare<unknown[], Recording & { day: bigint; days: bigint; events: bigint }>(
      `SELECT r.role, r.source, r.account, u.day, u.days, SUM(u.events) AS events
       FROM (${usageRows(db, everything, [], 'each').sql}) u JOIN recording r ON r.id = u.recording
       GROUP BY u.recording, u.day, u.days ORDER BY r.account, r.role, r.source, u.day`,
    )
    .all(windowValues(everything));
  const textOf = dayTexts();
  const coverage = new Map<string, { recording: Recording; days: Map<string, CoveredDay> }>();
  for (const { role, source, account, day, days, events } of rows) {
    const key = JSON.stringify([role, source, account]);
    const known = coverage.get(key) ?? { recording: { role, source, account }, days: new Map<string, CoveredDay>() };
    coverage.set(key, known);
    for (let each = day; each < day + (days > 1n ? days : 1n); each++) {
      const text = textOf(each, 'day', 0n);
      const before = known.days.get(text) ?? { day: text, events: 0n, begun: 0n };
      known.days.set(text, {
        day: text,
        events: before.events + events,
        begun: before.begun + (each === day ? events : 0n),
      });
    }
  }
  return [...coverage.values()].map(({ recording, days }) => ({
    recording,
    days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
  }));
}
