import { expect, test } from 'vitest';
import type { Figure } from '../../src/budget/verdict.js';
import { deltaText, exactFigure, figureText } from '../../src/render/check-figures.js';
import { verdict } from '../budget/budgets.js';

const usd = (pico: bigint): Figure => ({ currency: 'USD', pico, text: null });
const images = (millionths: bigint): Figure => ({ quantity: 'image', millionths });

test.each<[Figure | null, Figure | null, string | null]>([
  [1000n, 200n, '+200 (+20%)'],
  [1201n, 200n, '+200 (+16.7%)'], // 200 / 1201 = 16.65 %
  [1000n, -1n, '-1 (-0.1%)'],
  [100_000n, 1n, '+1'], // 0.001 % is no tenth
  [1000n, 0n, '0'],
  [0n, 5n, '+5'], // of nothing there is no percentage
  [null, null, null],
  [10n ** 20n, 10n ** 20n, '+100,000,000,000,000,000,000 (+100%)'],
  [usd(2_000_000_000_000n), usd(500_000_000_000n), '+0.5 USD (+25%)'],
  [images(4_000_000n), images(-1_000_000n), '-1 images (-25%)'],
])('from %s, a change of %s reads %s', (baseline, delta, text) => {
  expect(deltaText(verdict({ baseline, delta }))).toBe(text);
});

test('a figure is exact beside what it is in for programs, and separated for people', () => {
  expect(exactFigure(1_234_567n)).toEqual({ number: '1234567', measuredIn: 'tokens' });
  expect(exactFigure(usd(1_234_500_000_000_000n))).toEqual({ number: '1234.5', measuredIn: 'USD' });
  expect(exactFigure(images(1_500_000n))).toEqual({ number: '1.5', measuredIn: 'image' });
  expect([1_234_567n, usd(1_234_500_000_000_000n), 1n].map((figure) => figureText(figure as Figure))).toEqual([
    '1,234,567 tokens',
    '1,234.5 USD',
    '1 token',
  ]);
});
