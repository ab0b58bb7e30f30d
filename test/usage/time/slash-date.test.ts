import { describe, expect, test } from 'vitest';
import { billTime, dateOrder } from '../../../src/usage/time/slash-date.js';
import { rejection } from '../fixture.js';

describe('a billing period proves the order of dates', () => {
  test.each([
    ['4/1/25', '5/1/25', 'month first'], // a month; else a day, 4 to 5 January
    ['01/04/2025', '01/05/2025', 'day first'], // else 4 to 5 January
    ['10/01/2026', '10/31/2026', 'month first'], // there is no month 31
    ['14/09/2026', '13/10/2026', 'day first'],
    ['1/1/25', '2/1/25', 'month first'], // else a day
    ['12/1/25', '1/1/26', 'month first'], // else 12 January 2025 to 1 January 2026
  ])('%s to %s: %s', (start, end, order) => expect(dateOrder(start, end)).toBe(order));
  test.each([
    ['1/1/25', '1/1/26'],
    ['4/5/25', '6/7/25'],
    ['5/1/25', '4/1/25'],
    ['2026-10-01', '2026-11-01'],
    ['', ''],
  ])('%j to %j: nothing', (start, end) => expect(dateOrder(start, end)).toBeNull());
});

test('a date is read in its order, any other time as it stands', () => {
  expect(billTime('4/1/25', 'month first', 'x').day).toBe('2025-04-01');
  expect(billTime('4/1/2025', 'day first', 'x').day).toBe('2025-01-04');
  expect(billTime('2025-04-01T00:00:00Z', 'month first', 'x').at).toBe(Date.UTC(2025, 3, 1));
  expect(rejection(() => billTime('4/1/25', null, 'x'))).toMatchObject({ code: 'BAD_FIELD', field: 'x' });
  expect(rejection(() => billTime('4/31/25', 'month first', 'x'))).toMatchObject({ code: 'BAD_FIELD', field: 'x' });
});
