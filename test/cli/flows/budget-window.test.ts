import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { daysBefore, daysOfPeriod, windowOfBudget } from '../../../src/cli/flows/budget-window.js';

const day = (text: string) => Temporal.PlainDate.from(text);
const shown = ({ first, last }: { first: Temporal.PlainDate; last: Temporal.PlainDate }) => `${first} ${last}`;

test.each([
  ['day', '2026-10-05', '2026-10-05 2026-10-05'],
  ['week', '2026-10-04', '2026-09-28 2026-10-04'], // a Sunday
  ['month', '2028-02-10', '2028-02-01 2028-02-29'],
  ['quarter', '2026-12-31', '2026-10-01 2026-12-31'],
  ['quarter', '2027-01-01', '2027-01-01 2027-03-31'],
  [{ days: 7 }, '2026-03-03', '2026-02-25 2026-03-03'],
  [{ days: 1 }, '2026-03-03', '2026-03-03 2026-03-03'],
] as const)('the period %j that holds %s is %s', (period, at, days) => {
  expect(shown(daysOfPeriod(period, day(at)))).toBe(days);
});

test.each([
  ['month', '2026-10-01', '2026-10-12', '2026-09-01 2026-09-12'],
  ['month', '2026-10-01', '2026-10-31', '2026-09-01 2026-09-30'],
  ['month', '2026-03-01', '2026-03-30', '2026-02-01 2026-02-28'],
  ['month', '2028-03-01', '2028-03-29', '2028-02-01 2028-02-29'],
  ['month', '2026-02-01', '2026-02-28', '2026-01-01 2026-01-28'],
  ['quarter', '2026-04-01', '2026-05-15', '2026-01-01 2026-02-14'], // 45 days each
  ['week', '2026-10-05', '2026-10-07', '2026-09-28 2026-09-30'],
  ['day', '2026-03-01', '2026-03-01', '2026-02-28 2026-02-28'],
  [{ days: 30 }, '2026-09-02', '2026-10-01', '2026-08-03 2026-09-01'],
] as const)('as far into a %j as %s to %s was %s', (period, first, last, days) => {
  expect(shown(daysBefore(period, { first: day(first), last: day(last) }))).toBe(days);
});

describe('the window of a budget', () => {
  const at = Date.parse('2026-10-25T12:00:00Z');

  test('is of its own zone, else of that of the check', () => {
    expect(windowOfBudget({ period: 'day', timeZone: 'Asia/Tokyo' }, { at, timeZone: 'UTC' })).toMatchObject({
      ...{ firstDay: '2026-10-25', timeZone: 'Asia/Tokyo', from: Date.parse('2026-10-24T15:00:00Z') },
    });
    expect(windowOfBudget({ period: 'day', timeZone: null }, { at, timeZone: 'UTC' }).timeZone).toBe('UTC');
  });

  test('has the hour more of the day on which clocks are set back', () => {
    const { from, to } = windowOfBudget({ period: 'day', timeZone: 'Europe/Berlin' }, { at, timeZone: 'UTC' });
    expect((to! - from!) / 3_600_000).toBe(25);
  });
});
