import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { contextTierOf } from '../../../src/usage/anthropic/context-window.js';
import { anthropicUsageCsv, anthropicUsageJson } from '../../../src/usage/sources/anthropic-usage.js';
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

const rows = csvRows('anthropic-usage.csv');
const decodeRow = anthropicUsageCsv.decoder(UTC);

describe("a row of the Console's CSV", () => {
  test('has four classes that are counted apart, and its searches', () =>
    expect(eventOf(anthropicUsageCsv, rows[0])).toMatchObject({
      ...{ id: null, day: '2026-10-20', at: Date.UTC(2026, 9, 20), until: Date.UTC(2026, 9, 21), requests: 0 },
      ...{ model: 'claude-sonnet-4-5-20250929', provider: 'anthropic', account: null, mode: 'standard' },
      tokens: {
        ...{ input: 1_200_000, cacheRead: 30_000, cacheWrite5m: 4000, cacheWrite1h: 500, output: 52_000 },
        reasoning: null,
      },
      ...{ quantities: { 'call:web_search': 3_000_000n }, tierUpTo: 200_000, cacheKind: null },
      origin: { key: 'portal-key', workspace: 'Default', tags: {} },
    }));
  test('says the tier of its context, its mode and where it ran', () => {
    expect(eventOf(anthropicUsageCsv, rows[1])).toMatchObject({ tierUpTo: 1_000_000, quantities: {} });
    expect(eventOf(anthropicUsageCsv, rows[2])).toMatchObject({
      ...{ mode: 'batch', origin: { tags: { inference_geo: 'us' } } },
    });
    expect(eventOf(anthropicUsageCsv, rows[3])).toMatchObject({ mode: 'fast' });
  });
  test('that counts nothing is skipped', () =>
    expect(decodeRow(record(rows[4]))).toEqual({ skipped: 'an empty bucket' }));
  test('of an older export has one column of cache writes, which last five minutes', () => {
    const older = {
      ...{ usage_date_utc: '2025-03-02', model_version: 'claude-3-5-sonnet-20241022', usage_output_tokens: '7' },
      ...{ usage_input_tokens_no_cache: '10', usage_input_tokens_cache_write: '30' },
    };
    expect(recognisedBy({ columns: Object.keys(older) })).toEqual(['anthropic-usage table']);
    expect(eventOf(anthropicUsageCsv, older)).toMatchObject({
      ...{ tokens: { ...NO_TOKENS, input: 10, cacheWrite5m: 30, output: 7 }, tierUpTo: null },
      origin: { key: null, workspace: null },
    });
  });
  test('may be of an hour or a minute; midnight is a day', () => {
    const spanOf = (time: string) => {
      const { at, until, day } = eventOf(anthropicUsageCsv, { ...rows[0], usage_date_utc: time });
      return [(until! - at) / 60_000, day];
    };
    expect(spanOf('2026-10-20T05:00:00Z')).toEqual([60, null]);
    expect(spanOf('2026-10-20 05:07')).toEqual([1, null]);
    expect(spanOf('2026-10-20T00:00:00Z')).toEqual([1440, '2026-10-20']);
  });
});

test.each([
  ['≤ 200k', 200_000],
  ['â‰¤ 200k', 200_000],
  ['<= 200K', 200_000],
  ['> 200k', 1_000_000],
  ['0-200k', 200_000],
  ['200k-1M', 1_000_000],
  ['', null],
  ['not_available', null],
])('the context window %j ends at %j tokens', (text, tier) => expect(contextTierOf(text, 'x')).toBe(tier));

test.each([
  [{ usage_input_tokens_no_cache: '1.000' }, 'usage_input_tokens_no_cache'],
  [{ usage_output_tokens: '-5' }, 'usage_output_tokens'],
  [{ context_window: 'large' }, 'context_window'],
  [{ usage_type: 'turbo' }, 'usage_type'],
  [{ speed: 'ludicrous' }, 'speed'],
  [{ usage_date_utc: '10/20/2026' }, 'usage_date_utc'],
  [{ usage_date_utc: '' }, 'usage_date_utc'],
])('a row with %j is rejected, the field named', (change, field) =>
  expect(rejection(() => decodeRow(record({ ...rows[0], ...change }))).field).toBe(field),
);

describe('a page of the Usage Admin API', () => {
  const { events, rejected } = partsOf(anthropicUsageJson, jsonDocument('anthropic-usage.json'));
  test('has the same classes, and ids of workspace and key', () =>
    expect(events[0]).toMatchObject({
      ...{ day: '2026-10-20', model: 'claude-opus-4-6', mode: 'priority', tierUpTo: 1_000_000, requests: 0 },
      tokens: { input: 900, cacheRead: 60, cacheWrite5m: 30, cacheWrite1h: 7, output: 120, reasoning: null },
      quantities: { 'call:web_search': 2_000_000n },
      origin: { key: 'apikey_1', workspace: 'wrkspc_1', tags: { inference_geo: 'us' } },
    }));
  test('may be of hours, and not grouped', () =>
    expect(events[1]).toMatchObject({
      ...{ day: null, at: Date.UTC(2026, 9, 21, 5), until: Date.UTC(2026, 9, 21, 6), model: '(no model)' },
      ...{ mode: 'batch', tokens: { input: 11 } },
    }));
  test('keeps its good results beside a bad one', () => {
    expect(events).toHaveLength(2);
    expect(rejected).toEqual(['data.0.results.1.uncached_input_tokens']);
  });
});

test('its files are recognised by it alone', () => {
  expect(recognisedBy(csvColumns('anthropic-usage.csv'))).toEqual(['anthropic-usage table']);
  expect(recognisedBy({ value: jsonDocument('anthropic-usage.json') })).toEqual(['anthropic-usage-api json']);
  const empty = { data: [{ starting_at: 'x', ending_at: 'y', results: [] }] };
  expect(recognisedBy({ value: empty })).toEqual(['anthropic-usage-api json']);
});

const FOLDER = 'anthropic-console-usage-csv/usage_synthetic_real-columns.csv';
describe.skipIf(sampleRows(FOLDER).length === 0)('the shared samples', () => {
  test('have the totals worked out by hand', () => {
    const events = sampleRows(FOLDER).map((row) => eventOf(anthropicUsageCsv, row));
    // input 100000 + 50000, output 5000 + 2000, searches 10 + 0
    expect(events.map(({ tokens }) => [tokens.input, tokens.output])).toEqual([
      [100_000, 5000],
      [50_000, 2000],
    ]);
    expect(events.map(({ quantities }) => quantities)).toEqual([{ 'call:web_search': 10_000_000n }, {}]);
    expect(events.map(({ tierUpTo }) => tierUpTo)).toEqual([200_000, 200_000]);
  });
  test('of the API are read', () => {
    const [page] = sampleLines('anthropic-admin-api/usage_report_messages.json')!;
    expect(recognisedBy({ value: page })).toEqual(['anthropic-usage-api json']);
    expect(eventOf(anthropicUsageJson, page)).toMatchObject({
      ...{ day: '2026-05-01', model: 'claude-opus-4-7', tierUpTo: 200_000, quantities: {} },
      tokens: { input: 100, cacheRead: 50, cacheWrite5m: 8, cacheWrite1h: 2, output: 200 },
    });
  });
});
