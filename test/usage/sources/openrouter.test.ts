import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { openrouter } from '../../../src/usage/sources/openrouter.js';
import { openrouterApi } from '../../../src/usage/sources/openrouter-api.js';
import { openrouterDaily } from '../../../src/usage/sources/openrouter-daily.js';
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

const log = csvRows('openrouter-log.csv');
const days = csvRows('openrouter-activity.csv');
const decodeRow = openrouter.decoder({ ...UTC, timeZone: 'Asia/Shanghai' });
const decodeDay = openrouterDaily.decoder(UTC);

describe('a row of the log of generations', () => {
  test('is a call of its own id, its time in UTC, its prompt less what was cached', () =>
    expect(eventOf(openrouter, log[0], { ...UTC, timeZone: 'Asia/Shanghai' })).toMatchObject({
      ...{ id: 'gen-1', at: Date.UTC(2026, 9, 20, 8, 30, 15, 250), until: null, day: null, requests: 1 },
      ...{ model: 'openai/gpt-5-mini', provider: 'openrouter', account: null, mode: 'standard' },
      tokens: { ...NO_TOKENS, input: 500, cacheRead: 700, output: 300, reasoning: 90 }, // 1200 - 700
      ...{ status: 'stop', latencyMs: 1835 },
      // cost_total alone: its part cost_cache of -0.004 is in it
      statedCost: { currency: 'USD', pico: 12_300_000_000n },
      origin: {
        ...{ key: 'Portal', service: 'Portal app', user: 'user-7' },
        tags: { provider_name: 'OpenAI', streamed: 'true' },
      },
    }));
  test('of an own key costs what it cost upstream; a cancelled one says so', () =>
    expect(eventOf(openrouter, log[1])).toMatchObject({
      ...{ id: 'gen-2', status: 'cancelled', statedCost: { pico: 500_000_000_000n } }, // 0 + 0.5
      tokens: { input: 50, cacheRead: 0, output: 0, reasoning: 0 },
    }));
  test('that measured nothing is skipped', () =>
    expect(decodeRow(record(log[2]))).toEqual({ skipped: 'no tokens and no cost' }));
});

test.each([
  [{ tokens_cached: '1201' }, 'tokens_cached'],
  [{ tokens_prompt: 'x' }, 'tokens_prompt'],
  [{ created_at: '' }, 'created_at'],
  [{ created_at: '2026-10-20' }, 'created_at'],
  [{ model_permaslug: '' }, 'model_permaslug'],
  [{ cost_total: 'free' }, 'cost_total'],
  [{ cancelled: 'perhaps' }, 'cancelled'],
  [{ generation_time_ms: '-1' }, 'generation_time_ms'],
])('a row with %j is rejected, the field named', (change, field) =>
  expect(rejection(() => decodeRow(record({ ...log[0], ...change }))).field).toBe(field),
);

describe('a row of the activity by day', () => {
  test('is a day in UTC, and costs what its credits and its own keys do', () =>
    expect(eventOf(openrouterDaily, days[0], { ...UTC, timeZone: 'Asia/Shanghai' })).toMatchObject({
      ...{ id: null, day: '2026-10-20', at: Date.UTC(2026, 9, 20), until: Date.UTC(2026, 9, 21), requests: 41 },
      ...{ model: 'anthropic/claude-sonnet-4.5', provider: 'openrouter', origin: { tags: {} } },
      tokens: { ...NO_TOKENS, input: 900_000, output: 30_000, reasoning: 12_000 },
      statedCost: { pico: 12_750_000_000_000n }, // 12.5 + 0.25
    }));
  test('does not report a reasoning that is more than the completion', () =>
    expect(eventOf(openrouterDaily, days[1]).tokens).toMatchObject({ output: 800, reasoning: null }));
  test('that counts nothing is skipped', () =>
    expect(decodeDay(record(days[2]))).toEqual({ skipped: 'an empty bucket' }));
  test('has its errors named by its own columns', () => {
    expect(rejection(() => decodeDay(record({ ...days[0], Requests: '1.5' }))).field).toBe('Requests');
    expect(rejection(() => decodeDay(record({ ...days[0], 'BYOK Usage': '?' }))).field).toBe('BYOK Usage');
    expect(rejection(() => decodeDay(record({ Date: '2026-10-20', Requests: '1' }))).field).toBe('Slug');
  });
});

describe('an answer of the activity API', () => {
  const answer = jsonDocument('openrouter-activity.json');
  const { events, rejected } = partsOf(openrouterApi, answer);
  test('is a day per model and upstream provider', () => {
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      ...{ day: '2026-10-20', model: 'openai/gpt-5-2025-08-07', provider: 'openrouter', requests: 6 },
      tokens: { ...NO_TOKENS, input: 500, output: 140, reasoning: 100 },
      ...{ statedCost: { pico: 25_000_000_000n }, origin: { tags: { provider_name: 'OpenAI' } } }, // 0.021 + 0.004
    });
  });
  test('keeps its good buckets beside a bad one', () => expect(rejected).toEqual(['data.1.requests']));
  test('may come bucket by bucket, and be empty', () => {
    const [bucket] = (answer as { data: unknown[] }).data;
    expect(recognisedBy({ value: bucket })).toEqual(['openrouter-api json']);
    expect(eventOf(openrouterApi, bucket)).toEqual(events[0]);
    expect(openrouterApi.decoder(UTC)(record({ data: [] }))).toEqual({ skipped: 'no usage' });
  });
});

test('each file is recognised by its source alone', () => {
  expect(recognisedBy(csvColumns('openrouter-log.csv'))).toEqual(['openrouter table']);
  expect(recognisedBy(csvColumns('openrouter-activity.csv'))).toEqual(['openrouter-daily table']);
  expect(recognisedBy({ value: jsonDocument('openrouter-activity.json') })).toEqual(['openrouter-api json']);
});

describe.skipIf(sampleRows('openrouter-activity/daily.csv').length === 0)('the shared samples', () => {
  test('have the totals they state', () => {
    const [call] = sampleRows('openrouter-activity/logs_per-generation.csv');
    expect(recognisedBy({ columns: Object.keys(call!) })).toEqual(['openrouter table']);
    expect(eventOf(openrouter, call)).toMatchObject({
      ...{ id: 'gen-a', at: Date.UTC(2026, 3, 13, 10), latencyMs: 123, status: 'stop' },
      ...{ tokens: { input: 9, cacheRead: 1, output: 20, reasoning: 3 }, statedCost: { pico: 120_000_000_000n } }, // 10 - 1
    });
    const [day] = sampleRows('openrouter-activity/daily.csv');
    expect(eventOf(openrouterDaily, day)).toMatchObject({
      ...{ day: '2026-05-12', requests: 4115, statedCost: { pico: 430_070_000_000_000n } },
      tokens: { input: 70_965_665, output: 3_009_973, reasoning: 0 },
    });
  });
  test('of the API are read', () => {
    const [answer] = sampleLines('openrouter-activity/api_v1_activity.json')!;
    expect(recognisedBy({ value: answer })).toEqual(['openrouter-api json']);
    expect(eventOf(openrouterApi, answer)).toMatchObject({
      ...{ day: '2025-08-24', model: 'openai/gpt-4.1-2025-04-14', requests: 5 },
      ...{ tokens: { input: 50, output: 125, reasoning: 25 }, statedCost: { pico: 27_000_000_000n } }, // 0.015 + 0.012
    });
  });
});
