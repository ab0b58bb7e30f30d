import { expect, test } from 'vitest';
import { breachAbove } from '../../../src/budget/files/certain-breach.js';
import { fileBudget, usd } from '../budgets.js';

test.each([
  ['tokens', {}, null, 1000],
  ['tokens and a tolerance in percent', { tolerance: { percent: 2.5 } }, null, 1025],
  ['a tolerance in tokens', { tolerance: { tokens: 7 } }, null, 1007],
  ['a band: 1001 / 0.75 = 1334.7', {}, [0.75, 1.4] as const, 1335],
  ['5% of 128,000', { max: { contextPercent: 5 }, model: 'gpt-4o' }, null, 6400],
  ['a total', { scope: 'total' }, null, 1000],
] as const)('size is over a limit for certain: %s', (_name, facts, band, above) => {
  expect(breachAbove(fileBudget(facts), band)).toBe(above);
});

test.each([
  ['money', { max: usd(1n) }],
  ['growth', { maxIncrease: { tokens: 1, percent: null, when: 'both' } }],
  ['no limit of size', { max: null }],
  ['sections', { scope: 'section' }],
  ['a window that is not known', { max: { contextPercent: 5 }, model: 'gpt-nobody' }],
] as const)('size alone does not tell with %s', (_name, facts) => {
  expect(breachAbove(fileBudget(facts), null)).toBeNull();
});
