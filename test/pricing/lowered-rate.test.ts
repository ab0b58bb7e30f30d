import { expect, test } from 'vitest';
import { loweredRate } from '../../src/pricing/lowered-rate.js';
import { ALWAYS, type Price, type PriceTier } from '../../src/pricing/price.js';

const tier = (upTo: number | null, input: string | null, output: string | null = '8'): PriceTier => ({
  upTo,
  rates: {
    ...{ input, output, cacheRead: null, cacheReadExplicit: null, cacheWrite5m: null, cacheWrite1h: null },
    ...{ outputThinking: null, inputAudio: null, outputAudio: null },
  },
});

const price = (tiers: readonly PriceTier[], currency = 'USD'): Price => ({
  ...{ model: 'm', provider: 'p', currency, region: null, mode: 'standard', tiers },
  ...{ source: 's', asOf: '2026-01-01', reference: '', valid: ALWAYS, note: null },
});

test.each<[string, readonly PriceTier[], readonly PriceTier[], ReturnType<typeof loweredRate>]>([
  ['equal', [tier(null, '2')], [tier(null, '2')], null],
  ['higher', [tier(null, '2')], [tier(null, '2.0001', '9')], null],
  ['lower', [tier(null, '10')], [tier(null, '9.99')], { of: 'input', before: '10', now: '9.99' }],
  ['lower output', [tier(null, '2')], [tier(null, '3', '7')], { of: 'output', before: '8', now: '7' }],
  ['free', [tier(null, '2')], [tier(null, '0')], { of: 'input', before: '2', now: '0' }],
  ['a cheap tier more', [tier(null, '2')], [tier(5, '1'), tier(null, '2')], { of: 'input', before: '2', now: '1' }],
  [
    'a cheap tier longer',
    [tier(5, '1'), tier(null, '2')],
    [tier(9, '1'), tier(null, '2')],
    { of: 'input', before: '2', now: '1' },
  ],
  ['a cheap tier shorter', [tier(9, '1'), tier(null, '2')], [tier(5, '1'), tier(null, '2')], null],
  ['not known any more', [tier(null, '2')], [tier(null, null)], null],
  ['known no further', [tier(null, '2')], [tier(9, '2')], null],
])('a price that is %s', (_, before, now, expected) => {
  expect(loweredRate(price(before), price(now))).toEqual(expected);
});

test('prices in two currencies are not compared', () => {
  expect(loweredRate(price([tier(null, '2')]), price([tier(null, '1')], 'CNY'))).toBe(null);
});
