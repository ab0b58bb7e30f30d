import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { bucketKeyOf, sumOfBuckets } from '../../../src/usage/bucket.js';
import { focus } from '../../../src/usage/sources/focus.js';
import { csvRows, eventOf, record, rejection, UTC } from '../fixture.js';
import { columnsOf, recognisers, sampleRows } from '../tables.js';

const rows = csvRows('focus.csv');
const [input, cached, covered, tax, correction, disk] = rows;
const [purchase, run] = csvRows('focus-virtual.csv');

test('a usage row is one class of tokens of a period, and what is billed for it', () =>
  expect(eventOf(focus, input)).toMatchObject({
    ...{ id: null, day: '2026-10-05', until: Date.UTC(2026, 9, 6), requests: 0, charge: 'usage', plan: null },
    ...{ model: 'qwen3-max', provider: 'alibaba', account: 'sa-1' },
    ...{ tokens: { ...NO_TOKENS, input: 50_000 }, quantities: {} }, // 50 x 1K
    origin: { project: 'search', service: 'Model Studio', workspace: 'chat', path: 'res-1', tags: { team: 'search' } },
    statedCost: { currency: 'USD', pico: 125_000_000_000n },
  }));

test('the rows of a bucket sum up to it', () => {
  const [a, b] = [eventOf(focus, input), eventOf(focus, cached)];
  expect(bucketKeyOf(a)).toBe(bucketKeyOf(b));
  expect(sumOfBuckets(a, b)).toMatchObject({
    ...{ tokens: { input: 50_000, cacheRead: 20_000 }, statedCost: { pico: 135_000_000_000n } }, // 0.125 + 0.01
  });
});

test('usage that a commitment covered names it; its class and model are those of the meter', () =>
  expect(eventOf(focus, covered)).toMatchObject({
    ...{ day: null, at: Date.UTC(2026, 9, 5), until: Date.UTC(2026, 9, 5, 1), provider: 'azure', model: 'gpt-4o' },
    ...{ tokens: { ...NO_TOKENS, output: 7000 }, plan: 'ptu-2026', statedCost: { pico: 0n } },
  }));

test('taxes and corrections are charges without tokens', () => {
  expect(eventOf(focus, tax)).toMatchObject({
    ...{ charge: 'tax', day: '2026-10-01', until: Date.UTC(2026, 10, 1), model: 'Model Studio', tokens: NO_TOKENS },
  });
  expect(eventOf(focus, correction)).toMatchObject({
    ...{ charge: 'refund', tokens: NO_TOKENS, statedCost: { pico: -20_000_000_000n } },
  });
  expect(eventOf(focus, { ...tax, ChargeCategory: 'Credit' }).charge).toBe('credit');
  expect(eventOf(focus, { ...tax, ChargeCategory: 'Adjustment' }).charge).toBe('other');
});

test('services that are no models are skipped, unless they count tokens', () => {
  expect(focus.decoder(UTC)(record(disk))).toEqual({ skipped: 'not a service of models' });
  expect(eventOf(focus, { ...disk, ConsumedUnit: 'Tokens', x_TokenType: 'output' }).tokens.output).toBe(1);
});

test('classes may have columns of their own', () => {
  const row = { ...input, x_InputTokens: '10', x_CacheReadTokens: '7', x_OutputTokens: '3', x_CacheWriteTokens: '' };
  expect(eventOf(focus, row).tokens).toEqual({ ...NO_TOKENS, input: 10, cacheRead: 7, output: 3 });
});

test('tokens of no known class are a quantity', () =>
  expect(eventOf(focus, { ...input, x_TokenType: '' })).toMatchObject({
    ...{ tokens: NO_TOKENS, quantities: { unclassed_token: 50_000_000_000n } },
  }));

test('a virtual currency is bought for money and used as a quantity', () => {
  expect(eventOf(focus, purchase)).toMatchObject({
    ...{ charge: 'purchase', day: '2026-04-01', until: Date.UTC(2027, 3, 1), model: 'Credits', tokens: NO_TOKENS },
    ...{ quantities: {}, provider: 'acme', account: 'ba-9', statedCost: { pico: 500_000_000_000_000n } },
  });
  expect(eventOf(focus, run)).toMatchObject({
    ...{ charge: 'usage', day: '2026-04-01', until: Date.UTC(2026, 3, 2), tokens: NO_TOKENS, plan: 'prepaid Token' },
    quantities: { 'currency:Token': 6_500_000n },
  });
});

test.each([
  ['a cost that is no number', { BilledCost: 'x' }, 'BilledCost'],
  ['no cost', { BilledCost: '' }, 'BilledCost'],
  ['no currency', { BillingCurrency: '' }, 'BillingCurrency'],
  ['a currency that is none', { BillingCurrency: 'Token' }, 'currency'],
  ['a part of a token', { ConsumedQuantity: '0.0005' }, 'ConsumedQuantity'],
  ['a period that ends before it begins', { ChargePeriodEnd: '2026-10-04T00:00:00Z' }, 'ChargePeriodEnd'],
  ['a date whose order nothing proves', { ChargePeriodStart: '4/1/26' }, 'ChargePeriodStart'],
  ['tags that are none', { Tags: '5' }, 'Tags'],
  ['details that are no JSON', { SkuPriceDetails: '{' }, 'SkuPriceDetails'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(focus, { ...input, ...changes })).field).toBe(field),
);

test('no other source takes the file', () => expect(recognisers(columnsOf(rows))).toEqual(['focus']));

const models = ['a1', 'a2', 'b1', 'b2', 'b3', 'c'];
const samples = models.map((name) => sampleRows(`focus/virtual_currency_pricing_model_${name}.csv`));

describe.skipIf(samples[0] === null)('the shared samples', () => {
  const events = () => samples.map((table) => (table ?? []).map((row) => eventOf(focus, row)));
  test('bill purchases alone', () => {
    const billed = events().map(
      (list) => list.reduce((sum, { statedCost }) => sum + statedCost!.pico, 0n) / 10n ** 12n,
    );
    // a1 200000; b1 100000; c 3000 + 50000; usage is prepaid
    expect(billed).toEqual([200_000n, 0n, 100_000n, 0n, 0n, 53_000n]);
  });
  test('spend the virtual currency they bought', () => {
    const used = events().map((list) =>
      list.reduce((sum, { quantities }) => sum + (quantities['currency:Token'] ?? 0n), 0n),
    );
    // 245 + 10 + 360 = 615; b3: 245 + 10 + 240 = 495
    expect(used.map((millionths) => millionths / 1_000_000n)).toEqual([0n, 615n, 0n, 615n, 495n, 0n]);
  });
  test('write the month first, as their billing periods prove', () => {
    expect(events()[1]![0]).toMatchObject({ day: '2025-04-01', until: Date.UTC(2025, 3, 2), plan: 'prepaid Token' });
    expect(events()[5]![1]).toMatchObject({ day: '2025-10-01', until: Date.UTC(2026, 3, 1), charge: 'purchase' });
  });
});
