import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { bucketKeyOf, sumOfBuckets } from '../../../src/usage/bucket.js';
import { lineItemOf } from '../../../src/usage/openai/line-item.js';
import { openaiCostCsv, openaiCostJson } from '../../../src/usage/sources/openai-cost.js';
import {
  csvColumns,
  csvRows,
  eventOf,
  jsonDocument,
  partsOf,
  recognisedBy,
  record,
  rejection,
  sampleLines,
  sampleRows,
  UTC,
} from '../fixture.js';

const rows = csvRows('openai-cost.csv');
const decodeRow = openaiCostCsv.decoder(UTC);

describe('a row of the dashboard cost CSV', () => {
  test('keeps all decimals, and counts the tokens of its class', () =>
    expect(eventOf(openaiCostCsv, rows[1])).toMatchObject({
      ...{ id: null, day: '2026-10-21', model: 'gpt-5-nano', provider: 'openai', account: null, requests: 0 },
      ...{ mode: 'standard', charge: 'usage', tokens: { ...NO_TOKENS, input: 4000 } },
      // 0.000123456789(012345678901234567): 123 456 789 pico-dollars and a rest that the text keeps
      statedCost: { currency: 'USD', pico: 123_456_789n, text: '0.000123456789012345678901234567' },
      origin: { key: 'key_b', project: 'proj_night', user: null, tags: { organization: 'org-hub' } },
    }));
  test('is one bucket with the other classes of its model, summed exactly', () => {
    const events = rows.slice(1, 4).map((row) => eventOf(openaiCostCsv, row));
    expect(new Set(events.map(bucketKeyOf)).size).toBe(1);
    const sum = events.reduce(sumOfBuckets);
    expect(sum.tokens).toEqual({ ...NO_TOKENS, input: 4000, cacheRead: 8000, output: 500 });
    // 0.000123456789012345678901234567 + 0.00004 + 0.0002
    expect(sum.statedCost!.text).toBe('0.000363456789012345678901234567');
  });
  test('of an empty bucket is skipped', () =>
    expect(decodeRow(record(rows[0]))).toEqual({ skipped: 'an empty bucket' }));
  test('counts seconds, and leaves out units that are no quantity here', () => {
    expect(eventOf(openaiCostCsv, rows[4])).toMatchObject({ model: 'whisper', quantities: { second: 60_000_000n } });
    expect(eventOf(openaiCostCsv, rows[5])).toMatchObject({ model: 'web search tool calls', quantities: {} });
  });
  test('with a negative amount takes something off the bill and is no usage', () => {
    expect(eventOf(openaiCostCsv, rows[6])).toMatchObject({
      ...{ model: 'Promotional credit', charge: 'credit', tokens: NO_TOKENS, statedCost: { pico: -10_000_000_000n } },
    });
    expect(eventOf(openaiCostCsv, { ...rows[1], amount_value: '-0.5' })).toMatchObject({
      ...{ model: 'gpt-5-nano', charge: 'credit', tokens: NO_TOKENS },
    });
    const refund = { ...rows[6], line_item: 'Refund of gpt-5', amount_value: '-0.0000000000000001' };
    expect(eventOf(openaiCostCsv, refund).charge).toBe('refund');
    expect(eventOf(openaiCostCsv, { ...rows[6], line_item: 'Volume discount' }).charge).toBe('discount');
  });
  test('without a line item is a cost of a model that is not named', () =>
    expect(eventOf(openaiCostCsv, { ...rows[1], line_item: '' })).toMatchObject({
      ...{ model: '(no model)', tokens: NO_TOKENS, statedCost: { pico: 123_456_789n } },
    }));
  test('holds no e-mail address and no name', () =>
    expect(JSON.stringify(rows.slice(1).map((row) => eventOf(openaiCostCsv, row).origin))).not.toMatch(/@|Hub|Night/));
});

test.each([
  ['gpt-5-nano, input_tokens', { model: 'gpt-5-nano', tokens: 'input', mode: 'standard' }],
  ['gpt-4o-2024-08-06, cached input', { model: 'gpt-4o-2024-08-06', tokens: 'cacheRead' }],
  ['gpt-5.6-terra, cache writes', { model: 'gpt-5.6-terra', tokens: 'cacheWrite5m' }],
  ['priority | gpt-5.6-sol, output, long context', { mode: 'priority', tokens: 'output', isLongContext: true }],
  ['flex | gpt-5-mini', { model: 'gpt-5-mini', mode: 'flex', tokens: null }],
  ['gpt-image-1 image, input', { model: 'gpt-image-1', tokens: 'input', part: 'image_input_tokens' }],
  ['gpt-image-1 image, output', { model: 'gpt-image-1', tokens: 'output', part: null }],
  ['gpt-audio-mini audio, output', { tokens: 'output', part: 'audio_output_tokens' }],
  ['gpt-audio-mini audio, cached input', { tokens: 'cacheRead', part: null }],
  ['whisper-1, audio', { model: 'whisper-1, audio', tokens: null }],
  ['web search tool calls | gpt-4o', { model: 'web search tool calls | gpt-4o', tokens: null }],
])('the line item %j is %j', (text, expected) => expect(lineItemOf(text)).toMatchObject(expected));

test('a quantity without a unit counts the tokens of the class the line item names', () => {
  expect(eventOf(openaiCostCsv, { ...rows[1], quantity_unit: '' }).tokens.input).toBe(4000);
  expect(eventOf(openaiCostCsv, { ...rows[5], quantity_unit: '' }).tokens).toEqual(NO_TOKENS);
});

test.each([
  [{ amount_value: 'free' }, 'amount_value'],
  [{ amount_currency: '' }, 'amount_currency'],
  [{ amount_currency: 'dollars' }, 'currency'],
  [{ quantity: '1.5' }, 'quantity'],
  [{ end_time: '', end_time_iso: '' }, 'end_time'],
])('a row with %j is rejected, the field named', (change, field) =>
  expect(rejection(() => decodeRow(record({ ...rows[1], ...change }))).field).toBe(field),
);

test('a page of the Costs API is read result by result', () => {
  const { events, rejected } = partsOf(openaiCostJson, jsonDocument('openai-cost.json'));
  expect(events[0]).toMatchObject({
    ...{ day: '2026-10-20', model: 'gpt-5.6-sol', mode: 'priority', tokens: { ...NO_TOKENS, output: 1500 } },
    ...{ origin: { project: 'proj_portal', tags: { context: 'long' } }, statedCost: { pico: 60_000_000_000n } },
  });
  expect(events[1]).toMatchObject({
    model: '(no model)',
    statedCost: { currency: 'USD', pico: 1_250_000_000_000n },
  });
  expect(rejected).toEqual(['data.0.results.2.amount.currency']);
});

test('its files are recognised by it alone', () => {
  expect(recognisedBy(csvColumns('openai-cost.csv'))).toEqual(['openai-cost table']);
  expect(recognisedBy({ value: jsonDocument('openai-cost.json') })).toEqual(['openai-cost json']);
});

describe.skipIf(sampleRows('openai-dashboard-csv/cost.csv').length === 0)('the shared samples', () => {
  test('have the amounts they state', () => {
    const [empty, total, line] = sampleRows('openai-dashboard-csv/cost.csv');
    expect(recognisedBy({ columns: Object.keys(line!) })).toEqual(['openai-cost table']);
    expect(decodeRow(record(empty))).toEqual({ skipped: 'an empty bucket' });
    // 0.003835980000 of 30 decimals is 3 835 980 000 pico-dollars exactly
    expect(eventOf(openaiCostCsv, total)).toMatchObject({
      ...{ day: '2026-09-28', model: '(no model)', statedCost: { pico: 3_835_980_000n, text: null } },
    });
    expect(eventOf(openaiCostCsv, line)).toMatchObject({
      ...{ model: 'gpt-5-nano', tokens: { ...NO_TOKENS, input: 1000 }, statedCost: { pico: 500_000_000_000n } },
    });
  });
  test('of the API are read', () => {
    const [page] = sampleLines('openai-usage-api/costs.json')!;
    expect(recognisedBy({ value: page })).toEqual(['openai-cost json']);
    expect(eventOf(openaiCostJson, page)).toMatchObject({
      ...{ day: '2024-11-01', model: 'gpt-5.5', statedCost: { pico: 60_000_000_000n } },
    });
  });
});
