import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { fireworks } from '../../../src/usage/sources/fireworks.js';
import { eventOf, recognisedBy, record, rejection, UTC } from '../decode.js';
import { columnsOf, csvRows, sampleRows } from '../fixtures.js';

const rows = csvRows('fireworks.csv');
const [serverless, dedicated, empty] = rows;

test('a row is a bucket of a day with tokens and no money', () =>
  expect(eventOf(fireworks, serverless)).toMatchObject({
    ...{
      id: null,
      day: '2026-10-05',
      until: Date.UTC(2026, 9, 6),
      requests: 0,
      model: 'qwen3-8b',
      provider: 'fireworks',
    },
    ...{ tokens: { ...NO_TOKENS, input: 12_000, output: 3400 }, quantities: {}, statedCost: null },
    origin: { user: 'dev@example.com', tags: { usage: 'TEXT_COMPLETION_INFERENCE_USAGE' } },
  }));

test('a deployment is counted in seconds of its accelerator', () =>
  expect(eventOf(fireworks, dedicated)).toMatchObject({
    ...{ model: '(no model)', tokens: NO_TOKENS, quantities: { accelerator_second: 90_500_000n } },
    origin: { tags: { accelerator: 'NVIDIA_H100_80GB', usage: 'DEDICATED_DEPLOYMENT' } },
  }));

test('an empty bucket is skipped', () =>
  expect(fireworks.decoder(UTC)(record(empty))).toEqual({ skipped: 'an empty bucket' }));

test('batch usage is batch', () =>
  expect(eventOf(fireworks, { ...serverless, usage_type: 'BATCH_INFERENCE_USAGE' }).mode).toBe('batch'));

test.each([
  ['a count that is no number', { prompt_tokens: 'x' }, 'prompt_tokens'],
  ['seconds that are negative', { accelerator_seconds: '-1' }, 'accelerator_seconds'],
  ['a bucket that ends before it begins', { end_time: '2026-10-04T00:00:00Z' }, 'end_time'],
  ['no start', { start_time: '' }, 'start_time'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(fireworks, { ...serverless, ...changes })).field).toBe(field),
);

test('no other source takes the file', () => expect(recognisedBy(columnsOf(rows))).toEqual(['fireworks']));

const sample = sampleRows('fireworks/billing.csv');

describe.skipIf(sample === null)('the shared sample', () => {
  test('has one day of 1300 tokens', () =>
    expect(eventOf(fireworks, sample![0])).toMatchObject({
      ...{ day: '2026-08-01', model: 'qwen3-8b', tokens: { input: 1000, output: 300 } },
    }));
});
