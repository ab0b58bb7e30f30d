import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { azureCost } from '../../../src/usage/sources/azure-cost.js';
import { eventOf, recognisedBy, record, rejection, UTC } from '../decode.js';
import { columnsOf, csvRows, sampleRows } from '../fixtures.js';

const [rows, payg] = [csvRows('azure-cost-ea.csv'), csvRows('azure-cost-payg.csv')];
const [cached, output, reserved, machine, refund] = rows;

test('a token meter is a class of a model on one day, with what is billed for it', () =>
  expect(eventOf(azureCost, cached)).toMatchObject({
    ...{ id: null, day: '2026-10-05', until: Date.UTC(2026, 9, 6), requests: 0, charge: 'usage', plan: null },
    ...{ model: 'gpt-5.1-mini', provider: 'azure', account: 'sub-1', mode: 'batch' },
    tokens: { ...NO_TOKENS, cacheRead: 500_000 }, // 0.5 x 1M
    origin: {
      ...{ workspace: 'chat', project: 'rg-ai', team: 'cc-7', service: 'Foundry Models' },
      tags: { team: 'search', env: 'prod' },
    },
    statedCost: { currency: 'EUR', pico: 6_250_000_000n },
  }));

test('thousands are counted exactly', () =>
  expect(eventOf(azureCost, output)).toMatchObject({
    ...{ model: 'gpt-4o', tokens: { ...NO_TOKENS, output: 12_345 }, origin: { tags: {} } }, // 12.345 x 1K
  }));

test('capacity keeps its cost, and names the reservation that covered it', () =>
  expect(eventOf(azureCost, reserved)).toMatchObject({
    ...{ model: 'Provisioned Managed Global Unit', tokens: NO_TOKENS, plan: 'ptu-2026', statedCost: { pico: 0n } },
  }));

test('services that are no models are skipped', () =>
  expect(azureCost.decoder(UTC)(record(machine))).toEqual({ skipped: 'not a service of models' }));

test('a refund is a charge without tokens, and so is negative usage', () => {
  const expected = { day: '2026-10-06', charge: 'refund', tokens: NO_TOKENS, statedCost: { pico: -10_000_000_000n } };
  expect(eventOf(azureCost, refund)).toMatchObject(expected);
  expect(eventOf(azureCost, { ...refund, ChargeType: 'Usage' })).toMatchObject(expected);
  expect(eventOf(azureCost, { ...refund, ChargeType: 'UnusedReservation' }).charge).toBe('other');
});

test('pay-as-you-go columns are read too; audio is a part of the input', () =>
  expect(eventOf(azureCost, payg[0])).toMatchObject({
    ...{ day: '2026-10-05', model: 'gpt-aud-1.5', account: 'sub-2', tokens: { input: 2000 } }, // 0.002 x 1M
    ...{ quantities: { audio_input_tokens: 2_000_000_000n }, statedCost: { currency: 'USD', pico: 64_000_000_000n } },
  }));

test('tokens of no known class are a quantity', () =>
  expect(eventOf(azureCost, { ...output, MeterName: 'gpt 35 turbo Tokens' })).toMatchObject({
    ...{ model: 'gpt 35 turbo Tokens', tokens: NO_TOKENS, quantities: { unclassed_token: 12_345_000_000n } },
  }));

test.each([
  ['a date whose order nothing proves', { BillingPeriodStartDate: '', BillingPeriodEndDate: '' }, 'Date'],
  ['a quantity that is no whole token', { Quantity: '0.0000005' }, 'Quantity'],
  ['a quantity that is no number', { Quantity: 'x' }, 'Quantity'],
  ['a cost that is no number', { CostInBillingCurrency: 'x' }, 'CostInBillingCurrency'],
  ['no cost', { CostInBillingCurrency: '' }, 'CostInBillingCurrency'],
  ['no currency', { BillingCurrencyCode: '' }, 'BillingCurrencyCode'],
  ['tags that are no JSON', { Tags: '"a" b' }, 'Tags'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(azureCost, { ...cached, ...changes })).field).toBe(field),
);

test('a date after the twelfth proves its order by itself', () => {
  const row = { ...cached, Date: '10/13/2026', BillingPeriodStartDate: '', BillingPeriodEndDate: '' };
  expect(eventOf(azureCost, row).day).toBe('2026-10-13');
});

test('no other source takes the files', () => {
  for (const table of [rows, payg]) expect(recognisedBy(columnsOf(table))).toEqual(['azure-cost']);
});

const sample = sampleRows('azure-cost/payg_SUBSET.csv');

describe.skipIf(sample === null)('the shared sample', () => {
  test('has 1.25 million input tokens of gpt-4o', () =>
    expect(eventOf(azureCost, sample![0])).toMatchObject({
      ...{ day: '2026-08-01', model: 'gpt-4o', tokens: { ...NO_TOKENS, input: 1_250_000 } },
      ...{ statedCost: { pico: 3_125_000_000_000n }, origin: { tags: { team: 'search' }, workspace: 'a' } },
    }));
});
