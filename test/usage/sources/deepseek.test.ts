import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { bucketKeyOf } from '../../../src/usage/bucket.js';
import { deepseek } from '../../../src/usage/sources/deepseek.js';
import { deepseekCost } from '../../../src/usage/sources/deepseek-cost.js';
import { decodeAll, eventOf, eventsOf, recognisedBy, record, rejection, sumOf, UTC } from '../decode.js';
import { columnsOf, csvRows, sampleRows } from '../fixtures.js';

const amounts = csvRows('deepseek-amount.csv');
const costs = csvRows('deepseek-cost.csv');

describe('the amount file', () => {
  test('is one class of tokens a line, at price x amount exactly', () =>
    expect(eventOf(deepseek, amounts[0])).toMatchObject({
      // midnight of 5 October in UTC+8
      ...{ id: null, at: Date.UTC(2026, 9, 4, 16), until: Date.UTC(2026, 9, 5, 16), day: '2026-10-05' },
      ...{ model: 'deepseek-v4-pro', provider: 'deepseek', account: 'u-7', requests: 0, charge: 'usage' },
      tokens: { ...NO_TOKENS, input: 7001 },
      origin: { key: 'portal' },
      statedCost: { currency: 'CNY', pico: 21_003_000_000n, text: null }, // 0.000003 x 7,001 = 0.021003
    }));

  test('adds up to one event of the day, with its calls', () => {
    const day = decodeAll(deepseek, amounts.slice(0, 5)).events;
    expect(new Set(day.map(bucketKeyOf)).size).toBe(1);
    expect(sumOf(day)).toMatchObject({
      requests: 4,
      tokens: { ...NO_TOKENS, input: 7001, cacheRead: 20_480, output: 1900 }, // 1,890 + 10 at the price of peak hours
      // 0.021003 + 0.000000025 x 20,480 = 0.000512 + 0.000006 x 1,890 = 0.01134 + 0.000012 x 10 = 0.00012
      statedCost: { pico: 32_975_000_000n },
    });
  });

  test('counts hours in the offset it was exported with, and keeps no key in full', () => {
    expect(eventOf(deepseek, amounts[6])).toMatchObject({
      ...{ at: Date.UTC(2026, 9, 5, 10), until: Date.UTC(2026, 9, 5, 11), day: null, origin: { key: 'sk-34***ab' } },
    });
    expect(eventOf(deepseek, { ...amounts[6], api_key: 'sk-whole-secret' }).origin.key).toBeNull();
    const day = { start_time_iso: '2026-10-05T00:00:00+03:00', end_time_iso: '2026-10-06T00:00:00+03:00' };
    expect(eventOf(deepseek, { ...amounts[6], ...day }).day).toBe('2026-10-05');
    const local = { start_time_iso: '2026-10-05T00:00:00', end_time_iso: '2026-10-06T00:00:00' };
    expect(eventOf(deepseek, { ...amounts[6], ...local }).at).toBe(Date.UTC(2026, 9, 4, 16)); // UTC+8 without an offset
  });

  test('has lines without usage skipped', () =>
    expect(deepseek.decoder(UTC)(record(amounts[5]))).toEqual({ skipped: 'nothing used' }));

  test.each(['20260427', '2026-04-27'])('had days of UTC before, %s', (utc_date) => {
    const { start_time_iso, end_time_iso, ...rest }: Record<string, string> = amounts[0]!;
    const row = { ...rest, utc_date };
    expect(eventOf(deepseek, row)).toMatchObject({ day: '2026-04-27', at: Date.UTC(2026, 3, 27) });
    expect(recognisedBy(columnsOf([row]))).toEqual(['deepseek']);
  });

  test('states a currency only where a column does', () =>
    expect(eventOf(deepseek, { ...amounts[0], currency: 'USD' }).statedCost?.currency).toBe('USD'));

  test.each([
    ['a type not known', { type: 'image_tokens' }, 'type'],
    ['an amount that is no count', { amount: '1.5' }, 'amount'],
    ['a price that is no number', { price: 'free' }, 'price'],
    ['a bucket that ends before it begins', { end_time_iso: '2026-10-04T00:00:00+08:00' }, 'end_time_iso'],
    ['no model', { model: ' ' }, 'model'],
  ])('has %s rejected by name', (_, changes, field) =>
    expect(rejection(() => eventOf(deepseek, { ...amounts[0], ...changes })).field).toBe(field),
  );
});

describe('the cost file', () => {
  test('is money without tokens', () =>
    expect(eventsOf(deepseekCost, costs[0])).toMatchObject([
      {
        ...{ day: '2026-10-05', account: 'u-7', requests: 0, charge: 'usage', tokens: NO_TOKENS },
        statedCost: { currency: 'CNY', pico: 22_975_000_000n },
      },
    ]));

  test('has granted money as usage and as a credit, so that what was paid is left', () => {
    const events = decodeAll(deepseekCost, costs).events;
    expect(events.map(({ charge, statedCost }) => [charge, statedCost?.pico])).toEqual([
      ...[
        ['usage', 22_975_000_000n],
        ['usage', 10_000_000_000n],
        ['credit', -10_000_000_000n],
      ],
    ]);
    // usage 0.022975 + 0.01 = 0.032975, as the amount file has it; paid 0.022975
    expect(sumOf(events.slice(0, 2)).statedCost?.pico).toBe(32_975_000_000n);
    expect(sumOf(events).statedCost?.pico).toBe(22_975_000_000n);
  });

  test('has money finer than the ledger given back exactly', () => {
    const cost = '0.0000000000000001';
    expect(eventsOf(deepseekCost, { ...costs[1], cost })).toMatchObject([
      { statedCost: { pico: 0n, text: cost } },
      { statedCost: { pico: 0n, text: `-${cost}` } },
    ]);
  });

  test('has wallets not known rejected, lines without money skipped', () => {
    expect(rejection(() => eventsOf(deepseekCost, { ...costs[0], wallet_type: 'main' })).field).toBe('wallet_type');
    expect(deepseekCost.decoder(UTC)(record(costs[2]))).toEqual({ skipped: 'no cost' });
  });
});

test('no other source takes either file for its own', () => {
  expect(recognisedBy(columnsOf(amounts))).toEqual(['deepseek']);
  expect(recognisedBy(columnsOf(costs))).toEqual(['deepseek-cost']);
});

const [amountSample, costSample] = ['amount', 'cost'].map((name) =>
  sampleRows(`deepseek/${name}-2026-08-01_2026-08-17.csv`),
);

describe.skipIf(amountSample === null)('the shared samples', () => {
  test('agree on the money', () => {
    const total = sumOf(decodeAll(deepseek, amountSample ?? []).events);
    // 0.000003 x 7,064 + 0.000006 x 1,890 = 0.021192 + 0.01134
    expect(total).toMatchObject({ requests: 2, tokens: { input: 7064, output: 1890, cacheRead: null } });
    expect(total.statedCost).toEqual({ currency: 'CNY', pico: 32_532_000_000n, text: null });
    expect(decodeAll(deepseekCost, costSample ?? []).events[0]!.statedCost).toEqual(total.statedCost);
  });
});
