import { expect, test } from 'vitest';
import type { MeterLine } from '../../../src/hub/statement/meter-line.js';
import { statementOf } from '../../../src/hub/statement/statement.js';

const BILL = { role: 'bill', source: 'alibaba-bill', account: 'prod' } as const;
const APP = { role: 'app', source: 'tokenhub', account: 'prod' } as const;

const line = (facts: Partial<MeterLine>): MeterLine => ({
  ...{ unit: 'wukong', recording: APP, model: 'qwen3-max', provider: 'alibaba', mode: 'standard', charge: 'usage' },
  ...{ price: null, unpriced: null, isCovered: false, cost: null, isReadForTokens: true, isReadForMoney: true },
  ...{ events: 1n, requests: 1n, quantities: {} },
  tokens: { input: 10n, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: null, reasoning: null },
  ...facts,
});
const cny = (pico: bigint) => ({ kind: 'billed', currency: 'CNY', pico }) as const;
const NOTHING = { lines: [], before: [], ratesOf: () => [], allocations: [], corrections: [] };

test('tax, credits, shared cost and corrections are lines of their own, of which the total is made', () => {
  const beside = { recording: BILL, isReadForTokens: false, requests: 0n, tokens: line({}).tokens };
  const { lines, total } = statementOf({
    ...NOTHING,
    lines: [
      line({ ...beside, cost: cny(100n) }),
      line({ ...beside, charge: 'tax', cost: cny(6n) }),
      line({ ...beside, charge: 'credit', cost: cny(-20n) }),
    ],
    allocations: [
      { from: 'gateway (shared)', to: 'wukong', by: '40%', currency: 'CNY', pico: 40n },
      { from: 'wukong', to: 'qianwen', by: 'evenly', currency: 'CNY', pico: -30n },
    ],
    corrections: [
      {
        ...{ period: '2026-09', model: 'qwen3-max', charge: 'usage', kind: 'computed', tokens: 5n },
        ...{ currency: 'CNY', pico: 3n, cause: 'imported: late.csv' },
      },
    ],
  });
  expect(lines.map(({ section, item, pico, note }) => [section, item, pico, note])).toEqual([
    ['bill', null, 100n, null],
    ['charge', 'credit', -20n, null],
    ['charge', 'tax', 6n, null],
    ['allocation', 'gateway (shared) to wukong', 40n, '40%'],
    ['allocation', 'wukong to qianwen', -30n, 'evenly'],
    ['correction', '2026-09: computed usage', 3n, 'imported: late.csv'],
  ]);
  expect(total).toEqual({ CNY: 99n }); // 100 - 20 + 6 + 40 - 30 + 3
});

test('usage a plan covers is owed nothing for, usage without a price is named, and what used nothing is neither', () => {
  const { covered, unpriced, lines } = statementOf({
    ...NOTHING,
    lines: [
      line({ isCovered: true, unpriced: 'covered by plan team' }),
      line({ unpriced: 'no price', model: 'house-1' }),
      line({ unpriced: 'no price', model: 'house-2', tokens: { ...line({}).tokens, input: 0n } }),
      line({
        unpriced: 'no price',
        model: 'image-1',
        tokens: { ...line({}).tokens, input: null },
        quantities: { image: 1n },
      }),
      line({ unpriced: 'no price', model: 'left-out', isReadForTokens: false, isReadForMoney: false }),
    ],
  });
  expect(covered).toEqual([{ model: 'qwen3-max', reason: 'covered by plan team', events: 1n, tokens: 10n }]);
  expect(unpriced.map(({ model, tokens }) => [model, tokens])).toEqual([
    ['house-1', 10n],
    ['image-1', 0n],
  ]);
  expect(lines).toEqual([]);
});

test('what is left out of a recording is told beside what is read', () => {
  const { recordings, readings } = statementOf({
    ...NOTHING,
    lines: [
      line({ isReadForMoney: false, cost: cny(9n) }),
      line({ recording: BILL, isReadForTokens: false, cost: cny(7n) }),
    ],
  });
  expect(readings.map(({ tokens }) => tokens.input)).toEqual([10n]); // the bill's are the same tokens
  expect(recordings).toMatchObject([
    { role: 'app', used: 'tokens', tokensRead: 10n, cost: { CNY: 9n }, costRead: {} },
    { role: 'bill', used: 'money', tokensRead: 0n, cost: { CNY: 7n }, costRead: { CNY: 7n } },
  ]);
});
