import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { openaiUsageCsv, openaiUsageJson } from '../../../src/usage/sources/openai-usage.js';
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

const rows = csvRows('openai-usage.csv');
const decodeRow = openaiUsageCsv.decoder(UTC);
const START = Date.UTC(2026, 9, 20);

describe('a row of the dashboard CSV', () => {
  test('is a bucket of a minute, its input less what was cached and written to the cache', () =>
    expect(eventOf(openaiUsageCsv, rows[0])).toMatchObject({
      ...{
        id: null,
        at: START,
        until: START + 60_000,
        day: null,
        model: 'gpt-5-mini',
        provider: 'openai',
        account: null,
      },
      ...{ requests: 3, mode: 'standard', charge: 'usage', statedCost: null, quantities: {} },
      origin: { key: 'key_a', project: 'proj_portal', user: 'user_li', workspace: null },
      // 5000 - 1200 - 300 = 3500
      tokens: { ...NO_TOKENS, input: 3500, cacheRead: 1200, cacheWrite5m: 300, output: 700 },
    }));
  test('repeats its audio tokens as quantities, in millionths', () =>
    expect(eventOf(openaiUsageCsv, rows[1])).toMatchObject({
      ...{ at: START + 3_600_000, until: START + 7_200_000, mode: 'priority' },
      tokens: { input: 900, cacheRead: 0, cacheWrite5m: null, output: 400 },
      quantities: { audio_input_tokens: 250_000_000n, audio_output_tokens: 180_000_000n },
    }));
  test('of a whole day keeps its date; a batch is billed as batch', () =>
    expect(eventOf(openaiUsageCsv, rows[2])).toMatchObject({ day: '2026-10-20', mode: 'batch', requests: 40 }));
  test('of an export that was not grouped is usage of a model that is not named', () =>
    expect(eventOf(openaiUsageCsv, rows[3])).toMatchObject({
      ...{ model: '(no model)', provider: 'openai', requests: 7, origin: { key: null, project: null, user: null } },
      tokens: { input: 600, cacheRead: 40, output: 90 }, // 640 - 40
    }));
  test('of an empty bucket is skipped', () =>
    expect(decodeRow(record(rows[4]))).toEqual({ skipped: 'an empty bucket' }));
  test('is read by its ISO times where the others are missing, without an offset as UTC', () =>
    expect(eventOf(openaiUsageCsv, { ...rows[1], start_time: '', end_time: '' }).at).toBe(START + 3_600_000));
  test('has its headers read in any letter case, after a byte order mark', () => {
    const { start_time, model, ...others } = rows[0]!;
    expect(eventOf(openaiUsageCsv, { '\ufeffStart_Time': start_time, ' Model ': model, ...others })).toEqual(
      eventOf(openaiUsageCsv, rows[0]),
    );
  });
  test('takes its fresh input as stated where the total is not', () => {
    const { input_tokens, ...others } = rows[0]!;
    expect(eventOf(openaiUsageCsv, others).tokens.input).toBe(Number(input_tokens) - 1500);
  });
});

test.each([
  [{ input_cached_tokens: '5001' }, 'input_tokens'],
  [{ input_tokens: '12.5' }, 'input_tokens'],
  [{ num_model_requests: '-1' }, 'num_model_requests'],
  [{ batch: 'maybe' }, 'batch'],
  [{ service_tier: 'turbo' }, 'service_tier'],
  [{ start_time: 'yesterday' }, 'start_time'],
  [{ end_time: '1792454400' }, 'end_time'],
  [{ start_time: '', start_time_iso: '' }, 'start_time'],
])('a row with %j is rejected, the field named', (change, field) =>
  expect(rejection(() => decodeRow(record({ ...rows[0], ...change }))).field).toBe(field),
);

describe('a page of the Usage API', () => {
  const { events, rejected } = partsOf(openaiUsageJson, jsonDocument('openai-usage.json'));
  test('gives an event for every good result, and names the field of a bad one by its path', () => {
    expect(events.map(({ day, model, mode }) => [day, model, mode])).toEqual([
      ['2026-10-20', 'gpt-5-mini', 'flex'],
      ['2026-10-22', '(no model)', 'batch'],
    ]);
    expect(rejected).toEqual(['data.0.results.1.input_tokens']); // 50 of input, 60 cached
    expect(events[0]!.tokens).toMatchObject({ input: 2000, cacheRead: 600, output: 310 }); // 2600 - 600
  });
  test('may come bucket by bucket', () => {
    const [bucket] = (jsonDocument('openai-usage.json') as { data: unknown[] }).data;
    expect(partsOf(openaiUsageJson, bucket)).toEqual({ events: [events[0]], rejected: ['results.1.input_tokens'] });
  });
  test('names a bad bucket, and what is none', () => {
    const bad = { object: 'bucket', start_time: 1792454400, end_time: 'x', results: [{ num_model_requests: 1 }] };
    expect(partsOf(openaiUsageJson, { data: [bad, 5] }).rejected).toEqual(['data.0.end_time', 'data.1']);
  });
  test('of empty buckets is skipped, anything else rejected', () => {
    expect(openaiUsageJson.decoder(UTC)(record({ object: 'page', data: [] }))).toHaveProperty('skipped');
    expect(rejection(() => openaiUsageJson.decoder(UTC)(record({ usage: {} }))).code).toBe('BAD_RECORD');
  });
  test('also counts images, seconds and calls of tools', () => {
    const result = { object: 'organization.usage.web_search_calls.result', num_requests: 4, images: 2, seconds: 1.5 };
    const page = { data: [{ start_time: 1792454400, end_time: 1792540800, results: [result] }] };
    expect(eventOf(openaiUsageJson, page).quantities).toEqual({
      ...{ image: 2_000_000n, second: 1_500_000n, 'call:web_search': 4_000_000n },
    });
  });
});

test('its files are recognised by it alone', () => {
  expect(recognisedBy(csvColumns('openai-usage.csv'))).toEqual(['openai-usage table']);
  expect(recognisedBy({ columns: ['start_time', 'end_time', 'start_time_iso', 'end_time_iso'] })).toEqual([
    'openai-usage table',
  ]);
  expect(recognisedBy({ value: jsonDocument('openai-usage.json') })).toEqual(['openai-usage json']);
  expect(recognisedBy({ value: { object: 'page', data: [] } })).toEqual(['openai-usage json']);
  expect(recognisedBy({ columns: ['start_time', 'model', 'input_tokens', 'output_tokens'] })).toEqual([]);
});

describe.skipIf(sampleRows('openai-dashboard-csv/completions_usage_empty.csv').length === 0)(
  'the shared samples',
  () => {
    test('have the totals worked out by hand', () => {
      const sample = sampleRows('openai-dashboard-csv/completions_usage_RECONSTRUCTED.csv');
      const events = sample.map((row) => eventOf(openaiUsageCsv, row));
      // input 4212 + (7162 - 1280) = 10094; cached 0 + 1280; output 1673 + 900 = 2573; requests 3 + 2
      expect(events.map(({ tokens }) => tokens.input)).toEqual([4212, 5882]);
      expect(events.map(({ tokens }) => tokens.cacheRead)).toEqual([0, 1280]);
      expect(events.map(({ tokens }) => tokens.output)).toEqual([1673, 900]);
      expect(events.map(({ requests }) => requests)).toEqual([3, 2]);
      expect(events[0]!.until! - events[0]!.at).toBe(60_000);
    });
    test('of the API and of an empty export are read', () => {
      const [page] = sampleLines('openai-usage-api/completions.json')!;
      expect(recognisedBy({ value: page })).toEqual(['openai-usage json']);
      expect(eventOf(openaiUsageJson, page)).toMatchObject({
        ...{ day: '2024-11-01', model: '(no model)', requests: 5 },
        tokens: { input: 200, cacheRead: 800, output: 500 }, // 1000 - 800
      });
      const [empty] = sampleRows('openai-dashboard-csv/completions_usage_empty.csv');
      expect(recognisedBy({ columns: Object.keys(empty!) })).toEqual(['openai-usage table']);
      expect(decodeRow(record(empty))).toEqual({ skipped: 'an empty bucket' });
    });
  },
);
