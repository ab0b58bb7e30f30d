import { expect, test } from 'vitest';
import { finalAt } from '../../src/hub/final-bills.js';

test('a month is final at noon of day 3 of the next, in UTC+8', () => {
  expect(finalAt(Date.UTC(2026, 9, 15))).toBe(Date.UTC(2026, 10, 3, 4));
  expect(finalAt(Date.UTC(2026, 9, 31, 15, 59))).toBe(Date.UTC(2026, 10, 3, 4));
  expect(finalAt(Date.UTC(2026, 9, 31, 16))).toBe(Date.UTC(2026, 11, 3, 4)); // 1 November there
  expect(finalAt(Date.parse('2026-12-31'))).toBe(Date.UTC(2027, 0, 3, 4));
});
