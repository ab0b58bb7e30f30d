import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { langfuseTokens } from '../../../src/usage/shapes/langfuse.js';
import { langfuseCsv, langfuseJson } from '../../../src/usage/sources/langfuse.js';
import { csvRows, eventOf, jsonLines, record, rejection, sampleLines, UTC } from '../fixture.js';
import { columnsOf, recognisers } from '../tables.js';

const [generation, span, camel] = jsonLines('langfuse.jsonl') as [object, object, object];

test('a generation is a call, to the millisecond, with the cost Langfuse reckons', () =>
  expect(eventOf(langfuseJson, generation)).toMatchObject({
    ...{ id: 'obs-a', at: Date.UTC(2026, 9, 5, 8, 0, 0, 123), model: 'gpt-5-mini', provider: 'openai', session: 's1' },
    // 700 + 50 of audio; 120 + 80
    tokens: { ...NO_TOKENS, input: 750, cacheRead: 300, output: 200, reasoning: 80 },
    quantities: { audio_input_tokens: 50_000_000n },
    origin: {
      ...{ project: 'p-1', user: 'u1', service: 'support' },
      tags: { portal: 'true', env: 'prod', environment: 'production' },
    },
    ...{ status: null, latencyMs: 1877, statedCost: { currency: 'USD', pico: 1_250_000_000n } },
  }));

test('what surrounds a call is skipped', () =>
  expect(langfuseJson.decoder(UTC)(record(span))).toEqual({ skipped: 'not a generation' }));

test('the API writes camelCase, bare or as a page', () => {
  const event = eventOf(langfuseJson, camel);
  expect(event).toMatchObject({
    ...{ id: 'obs-c', status: 'ERROR', latencyMs: null, statedCost: null },
    tokens: { input: 40, cacheRead: 900, cacheWrite5m: 200, output: 60 },
  });
  const page = { data: [camel, span, { ...camel, startTime: 'x' }], meta: {} };
  const decoded = langfuseJson.decoder(UTC)(record(page));
  expect(decoded).toMatchObject({ events: [event], rejects: [{ place: { field: 'data.2.startTime' } }] });
  expect(recognisers({ value: page })).toEqual(['langfuse']);
});

test('the CSV has JSON in its cells', () =>
  expect(eventOf(langfuseCsv, csvRows('langfuse.csv')[0])).toMatchObject({
    ...{ id: 'obs-d', at: Date.UTC(2026, 9, 5, 8, 2), latencyMs: 250, tokens: { input: 500, output: null } },
    origin: { tags: { portal: 'true' } },
  }));

describe('the total decides what is part of what', () => {
  const tokens = (usage: object) => langfuseTokens(usage as Record<string, unknown>).tokens;
  test('reasoning beside the output', () =>
    expect(tokens({ input: 10, output: 20, output_reasoning_tokens: 5, total: 35 })).toMatchObject({
      output: 25,
      reasoning: 5,
    }));
  test('reasoning in the output', () =>
    expect(tokens({ input: 10, output: 20, output_reasoning_tokens: 5, total: 30 })).toMatchObject({
      output: 20,
      reasoning: 5,
    }));
  test('cached input in the input', () =>
    expect(tokens({ input: 100, input_cached_tokens: 60, output: 20, total: 120 })).toMatchObject({
      input: 40,
      cacheRead: 60,
    }));
  test('without a total, all of it is disjoint', () =>
    expect(tokens({ input: 100, input_cached_tokens: 60, output: 20, output_reasoning_tokens: 5 })).toMatchObject({
      ...{ input: 100, cacheRead: 60, output: 25 },
    }));
  test('writes by lifetime', () =>
    expect(tokens({ cache_creation_input_tokens: 3, input_cache_creation_1h: 4, input: 1, total: 8 })).toMatchObject({
      ...{ input: 1, cacheWrite5m: 3, cacheWrite1h: 4 },
    }));
  test('no reading of the sum is rejected', () =>
    expect(rejection(() => tokens({ input: 1, output: 2, total: 4 })).field).toBe('usage_details.total'));
  test('a usage type that nobody knows matters only where the total needs it', () => {
    expect(tokens({ input: 1, output: 2, search_units: 9, total: 3 })).toMatchObject({ input: 1, output: 2 });
    expect(rejection(() => tokens({ input: 1, output: 2, search_units: 9, total: 12 })).field).toBe(
      'usage_details.search_units',
    );
  });
});

test.each([
  ['a negative count', { usage_details: { input: -1 } }, 'usage_details.input'],
  ['usage that is a list', { usage_details: [1] }, 'usage_details'],
  ['no model', { provided_model_name: null }, 'provided_model_name'],
  ['no time', { start_time: null }, 'start_time'],
  ['a cost that is no number', { total_cost: 'x' }, 'total_cost'],
  ['a latency that is no number', { latency: 'x' }, 'latency'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(langfuseJson, { ...generation, ...changes })).field).toBe(field),
);

test('a generation without usage is skipped', () =>
  expect(langfuseJson.decoder(UTC)(record({ ...generation, usage_details: {}, total_cost: null }))).toEqual({
    skipped: 'no usage',
  }));

test('no other source takes the files', () => {
  for (const value of [generation, span]) expect(recognisers({ value })).toEqual(['langfuse']);
  expect(recognisers(columnsOf(csvRows('langfuse.csv')))).toEqual(['langfuse']);
});

const sample = sampleLines('langfuse/observations_v2.jsonl');

describe.skipIf(sample === null)('the shared sample', () => {
  test('has 1000 fresh, 200 cached and 300 output tokens', () =>
    expect(eventOf(langfuseJson, sample![0])).toMatchObject({
      ...{ tokens: { input: 1000, cacheRead: 200, output: 300 }, latencyMs: 2876 },
      ...{ origin: { tags: { 'team-a': 'true' } }, statedCost: { pico: 345_000_000n } },
    }));
});
