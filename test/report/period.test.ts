import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weekOf } from '../../src/report/calendar.js';
import { periodFrom } from '../../src/report/period.js';

const UTC = 'UTC';
/** Monday, 5 October 2026, 20:30 UTC: in Shanghai already Tuesday the 6th. */
const NOW = Date.UTC(2026, 9, 5, 20, 30);
const at = (text: string): number => Date.parse(text);
const windowOf = (period: string, timeZone = UTC) => periodFrom({ period }, { now: NOW, timeZone });
const days = (period: string, timeZone = UTC) => {
  const { firstDay, lastDay } = windowOf(period, timeZone);
  return `${firstDay}..${lastDay}`;
};

describe('dates', () => {
  test('from and to as days include both days', () => {
    const window = periodFrom({ from: '2026-10-01', to: '2026-10-31' }, { now: NOW, timeZone: 'Asia/Shanghai' });
    expect(window).toEqual({
      from: at('2026-09-30T16:00Z'),
      to: at('2026-10-31T16:00Z'),
      firstDay: '2026-10-01',
      lastDay: '2026-10-31',
      timeZone: 'Asia/Shanghai',
    });
  });

  test('a value with a time is an instant, and exclusive as an end', () => {
    const window = periodFrom(
      { from: '2026-10-01T08:30', to: '2026-10-03T00:00Z' },
      { now: NOW, timeZone: 'Asia/Shanghai' },
    );
    expect(window.from).toBe(at('2026-10-01T00:30Z'));
    expect(window.to).toBe(at('2026-10-03T00:00Z'));
    // Whole Shanghai days inside: from the 2nd (the 1st began at 00:00, before 08:30) to the 2nd (the 3rd ends later).
    expect([window.firstDay, window.lastDay]).toEqual(['2026-10-02', '2026-10-02']);
  });

  test('a side not given is open', () => {
    expect(periodFrom({}, { now: NOW, timeZone: UTC })).toEqual({
      from: null,
      to: null,
      firstDay: null,
      lastDay: null,
      timeZone: UTC,
    });
    expect(periodFrom({ from: '2026-10-01' }, { now: NOW, timeZone: UTC })).toMatchObject({ to: null, lastDay: null });
  });

  test('a day of summer time change lasts 25 hours in autumn and 23 in spring', () => {
    const hours = (period: string) => {
      const { from, to } = windowOf(period, 'Europe/Berlin');
      return (to! - from!) / 3_600_000;
    };
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-03-29')).toBe(23);
  });

  test('a day whose midnight does not exist begins at its first instant', () => {
    // Sao Paulo, 4 November 2018: clocks went from 00:00 to 01:00 (UTC-2), which is 03:00 UTC.
    expect(windowOf('2018-11-04', 'America/Sao_Paulo').from).toBe(at('2018-11-04T03:00Z'));
  });

  test.each([
    [{ from: '2026-13-01' }, 'BAD_DATE', '--from'],
    [{ to: '2026-02-30' }, 'BAD_DATE', '--to'],
    [{ from: '2026-10-01T25:00' }, 'BAD_DATE', '--from'],
    [{ from: '01.10.2026' }, 'BAD_DATE', '--from'],
    [{ from: '2026-10-02', to: '2026-10-01' }, 'EMPTY_PERIOD', '--to'],
    [{ from: '2026-10-02', to: '2026-10-02T00:00' }, 'EMPTY_PERIOD', '--to'],
    [{ from: '2026-10-02', period: 'mtd' }, 'PERIOD_AND_DATES', '--period'],
    [{ period: '2026-W54' }, 'BAD_PERIOD', '--period'],
    [{ period: '2025-W53' }, 'BAD_PERIOD', '--period'],
    [{ period: '2026-13' }, 'BAD_PERIOD', '--period'],
    [{ period: '2026-Q5' }, 'BAD_PERIOD', '--period'],
    [{ period: '__proto__' }, 'BAD_PERIOD', '--period'],
    [{ period: '' }, 'BAD_PERIOD', '--period'],
  ])('%j is refused as %s', (choice, code, field) => {
    expect(() => periodFrom(choice, { now: NOW, timeZone: UTC })).toThrow(
      expect.objectContaining({ code, place: { field }, hint: expect.stringMatching(/./) }),
    );
  });

  test('an unknown zone is refused', () => {
    expect(() => windowOf('today', 'Asia/Atlantis')).toThrow(expect.objectContaining({ code: 'UNKNOWN_TIME_ZONE' }));
  });
});

describe('periods', () => {
  test.each([
    ['2026', '2026-01-01..2026-12-31'],
    ['2026-10', '2026-10-01..2026-10-31'],
    ['2028-02', '2028-02-01..2028-02-29'],
    ['2026-Q4', '2026-10-01..2026-12-31'],
    ['2026-W41', '2026-10-05..2026-10-11'],
    ['2026-10-05..2026-10-17', '2026-10-05..2026-10-17'],
    ['2026-W01', '2025-12-29..2026-01-04'],
    ['2026-W53', '2026-12-28..2027-01-03'],
    ['2026-10-05', '2026-10-05..2026-10-05'],
    ['today', '2026-10-05..2026-10-05'],
    ['yesterday', '2026-10-04..2026-10-04'],
    ['mtd', '2026-10-01..2026-10-05'],
    ['this-week', '2026-10-05..2026-10-11'],
    ['this-month', '2026-10-01..2026-10-31'],
    ['last-month', '2026-09-01..2026-09-30'],
  ])('%s is %s', (period, expected) => {
    expect(days(period)).toBe(expected);
  });

  test('today is the day of the zone, not of UTC', () => {
    expect(days('today', 'Asia/Shanghai')).toBe('2026-10-06..2026-10-06');
  });

  test('consecutive months tile without gap or overlap in every zone', () => {
    const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'America/Sao_Paulo', 'Australia/Lord_Howe'];
    fc.assert(
      fc.property(fc.integer({ min: 1995, max: 2040 }), fc.constantFrom(...zones), (year, zone) => {
        const months = Array.from({ length: 12 }, (_, i) =>
          windowOf(`${year}-${String(i + 1).padStart(2, '0')}`, zone),
        );
        for (const [i, month] of months.entries()) expect(month.from).toBe(i === 0 ? month.from : months[i - 1]!.to);
        const whole = windowOf(String(year), zone);
        expect([months[0]!.from, months[11]!.to]).toEqual([whole.from, whole.to]);
      }),
      { numRuns: 30 },
    );
  });

  test('the week a day belongs to is the ISO week, whose year may differ', () => {
    expect(weekOf('2026-10-05')).toBe('2026-W41');
    expect(weekOf('2027-01-01')).toBe('2026-W53');
    expect(weekOf('2025-12-29')).toBe('2026-W01');
  });
});
