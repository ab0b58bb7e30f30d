import { expect, test } from 'vitest';
import { parseAmount } from '../../../src/pricing/money.js';
import { addAmounts, isNegative, isZero, subtractAmounts } from '../../../src/usage/reading/amounts.js';

const usd = (text: string) => parseAmount(text, 'USD');

test('sums and differences are exact beyond a pico-unit', () => {
  expect(addAmounts(usd('0.1'), usd('0.2'))).toEqual(usd('0.3'));
  // 1 - 0.0000000000001 = 0.9999999999999, a tenth of a pico-unit below 1
  expect(subtractAmounts(usd('1'), usd('0.0000000000001'))).toEqual(usd('0.9999999999999'));
  expect(subtractAmounts(usd('0.9'), usd('1'))).toEqual(usd('-0.1'));
});

test('what is finer than a pico-unit is neither zero nor without a sign', () => {
  expect([usd('0'), usd('0.00'), usd('0.0000000000001')].map(isZero)).toEqual([true, true, false]);
  expect([usd('-0.0000000000001'), usd('-1'), usd('0'), usd('1')].map(isNegative)).toEqual([true, true, false, false]);
});
