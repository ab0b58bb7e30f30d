import { expect, test } from 'vitest';
import { periodText } from '../../src/render/period-text.js';
import { periodFrom } from '../../src/report/period.js';
import { windowBefore } from '../../src/report/previous-period.js';

const now = Date.parse('2026-10-31T12:00:00Z');
const text = ({ from, to, timeZone }: ReturnType<typeof periodFrom>): string =>
  periodText({ from: new Date(from!).toISOString(), to: new Date(to!).toISOString(), tz: timeZone });

test.each([
  [{ period: '2026-10' }, '2026-09-01 to 2026-09-30'],
  [{ period: '2026-03' }, '2026-02-01 to 2026-02-28'],
  [{ period: '2026-01' }, '2025-12-01 to 2025-12-31'],
  [{ period: '2026-Q4' }, '2026-07-01 to 2026-09-30'],
  [{ period: '2026-Q1' }, '2025-10-01 to 2025-12-31'],
  [{ period: '2026' }, '2025-01-01 to 2025-12-31'],
  [{ period: '2026-W01' }, '2025-12-22 to 2025-12-28'], // W01 of 2026 begins on Monday 29 December
  [{ period: 'today' }, '2026-10-30'],
  [{ period: 'mtd' }, '2026-09-01 to 2026-09-30'], // September has no 31st
  [{ period: 'last-month' }, '2026-08-01 to 2026-08-31'],
  [{ from: '2026-10-01', to: '2026-10-31' }, '2026-09-01 to 2026-09-30'],
  [{ from: '2026-10-01', to: '2026-10-10' }, '2026-09-21 to 2026-09-30'], // ten days before
  [{ from: '2026-10-05T06:00', to: '2026-10-05T18:00' }, '2026-10-04 18:00:00 to before 2026-10-05 06:00:00'],
])('%j is preceded by %s', (choice, expected) => {
  const context = { now, timeZone: 'Europe/Berlin' };
  const current = periodFrom(choice, context);
  expect(text(windowBefore('previous', current, choice, context))).toBe(expected);
});

test('mtd in the middle of a month is compared with the same days', () => {
  const context = { now: Date.parse('2026-10-12T12:00:00Z'), timeZone: 'UTC' };
  const current = periodFrom({ period: 'mtd' }, context);
  expect(text(windowBefore('previous', current, { period: 'mtd' }, context))).toBe('2026-09-01 to 2026-09-12');
});

test('another period may be named', () => {
  const context = { now, timeZone: 'UTC' };
  const current = periodFrom({ period: '2026-10' }, context);
  expect(text(windowBefore('2025-10', current, {}, context))).toBe('2025-10-01 to 2025-10-31');
});

test('a period with an open end has no previous one', () => {
  const context = { now, timeZone: 'UTC' };
  const current = periodFrom({ from: '2026-10-01' }, context);
  expect(() => windowBefore('previous', current, {}, context)).toThrow('needs a period with two ends');
});
