import { expect, test } from 'vitest';
import { periodAfter, periodName } from '../../src/report/period-names.js';

test.each([
  ['2026', '2026-01-01', '2026-12-31', '2027-01-01', '2027-12-31'],
  ['2026-Q4', '2026-10-01', '2026-12-31', '2027-01-01', '2027-03-31'],
  ['2026-10', '2026-10-01', '2026-10-31', '2026-11-01', '2026-11-30'],
  ['2027-02', '2027-02-01', '2027-02-28', '2027-03-01', '2027-03-31'], // also four weeks from a Monday
  ['2026-W53', '2026-12-28', '2027-01-03', '2027-01-04', '2027-01-10'],
  ['2026-10-31', '2026-10-31', '2026-10-31', '2026-11-01', '2026-11-01'],
  ['2026-10-01..2026-10-12', '2026-10-01', '2026-10-12', '2026-10-13', '2026-10-24'],
])('%s is named so, and followed by the next of its kind', (name, firstDay, lastDay, nextFirst, nextLast) => {
  expect(periodName({ firstDay, lastDay })).toBe(name);
  expect(periodAfter({ firstDay, lastDay })).toEqual({ firstDay: nextFirst, lastDay: nextLast });
});
