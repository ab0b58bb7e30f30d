import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { newApi } from '../../../src/usage/sources/new-api.js';
import { oneApi } from '../../../src/usage/sources/one-api.js';
import { decodeAll, eventOf, recognisedBy, record, rejection, sumOf, UTC } from '../decode.js';
import { columnsOf, csvRows, samplePath, sampleRows } from '../fixtures.js';

const rows = csvRows('new-api.csv');
const decode = (row: unknown) => newApi.decoder(UTC)(record(row));

describe('New API', () => {
  test('a call of a compatible channel: cached tokens are part of the prompt, the quota is claimed in dollars', () =>
    expect(eventOf(newApi, rows[0])).toMatchObject({
      // 1,791,162,000 s
      ...{ id: 'new-api:1791162000:41', at: 1_791_162_000_000, day: null, until: null, requests: 1, account: null },
      ...{ model: 'qwen3.7-plus', provider: 'alibaba', latencyMs: 2000, status: null, charge: 'usage' },
      tokens: { ...NO_TOKENS, input: 808, cacheRead: 8192, output: 120 }, // 9,000 - 8,192
      origin: { key: 'portal-prod', user: 'portal', tags: { channel: '7', group: 'default', matched_tier: '0-256k' } },
      statedCost: { currency: 'USD', pico: 1_450_000_000n, text: null }, // 725 / 500,000 = 0.00145
    }));

  test("a call of a channel with Anthropic's protocol: cached tokens are beside the prompt", () =>
    expect(eventOf(newApi, rows[1])).toMatchObject({
      ...{ id: 'req-b', cacheKind: 'explicit', quantities: { 'call:web_search': 2_000_000n } },
      tokens: { input: 70, cacheRead: 2000, cacheWrite5m: 600, cacheWrite1h: 40, output: 95, reasoning: null },
    }));

  test('a model that stands for another is that other; tokens the gateway counted itself are tagged', () =>
    expect(eventOf(newApi, rows[2])).toMatchObject({
      ...{ model: 'qwen-plus', provider: 'alibaba', status: 'client_gone' },
      origin: {
        ...{
          key: '12',
          tags: { requested_model: 'gpt-alias', local_count_tokens: 'true', channel: '8', group: 'vip' },
        },
      },
    }));

  test('a call without any count is kept, its tokens not reported', () =>
    expect(eventOf(newApi, rows[3])).toMatchObject({ tokens: NO_TOKENS, requests: 1, status: 'ok' }));

  test('refunds give money back, whichever sign they have, and are no calls', () => {
    const refund = { charge: 'refund', requests: 0, tokens: NO_TOKENS };
    expect(eventOf(newApi, rows[4])).toMatchObject({ ...refund, statedCost: { pico: -620_000_000n } }); // 310 x 0.000002
    expect(eventOf(newApi, rows[5])).toMatchObject({ ...refund, statedCost: { pico: -1_000_000_000n } });
    expect(eventOf(newApi, { ...rows[4], quota: '-310' })).toMatchObject({ statedCost: { pico: -620_000_000n } });
    expect(decode({ ...rows[4], quota: '0' })).toEqual({ skipped: 'a refund of nothing' });
  });

  test('errors, top-ups and entries of the system are skipped', () => {
    expect(decode(rows[6])).toEqual({ skipped: 'no consumption' });
    expect(decode(rows[7])).toEqual({ skipped: 'a top-up' });
    expect(decode({ ...rows[7], type: '99' })).toEqual({ skipped: 'a type of line not known' });
  });

  test.each([
    ['more cached than prompt', { other: '{"cache_tokens":9001}' }, 'prompt_tokens'],
    ['a column other that is no JSON', { other: 'x' }, 'other'],
    ['a count that is none', { completion_tokens: '-1' }, 'completion_tokens'],
    ['a quota that is none', { quota: '1.5' }, 'quota'],
    ['a time that is none', { created_at: 'x' }, 'created_at'],
    ['no model', { model_name: '' }, 'model_name'],
  ])('%s is rejected by name', (_, changes, field) =>
    expect(rejection(() => eventOf(newApi, { ...rows[0], ...changes })).field).toBe(field),
  );
});

describe('One API', () => {
  const [call] = csvRows('one-api.csv');
  test('is the same without details', () =>
    expect(eventOf(oneApi, call)).toMatchObject({
      ...{ id: 'one-api:1791162000:9', model: 'gpt-4o-mini', provider: 'openai', latencyMs: null },
      tokens: { ...NO_TOKENS, input: 100, output: 20 },
      ...{ origin: { key: 'batch-key', user: 'root', tags: { channel: '3' } }, statedCost: { pico: 34_000_000n } },
    }));
  test('has a request id and milliseconds in newer versions', () =>
    expect(eventOf(oneApi, { ...call, request_id: 'r-9', elapsed_time: '1250', channel: '4' })).toMatchObject({
      ...{ id: 'r-9', latencyMs: 1250 },
    }));
});

test('no other source takes either table for its own', () => {
  expect(recognisedBy(columnsOf(rows))).toEqual(['new-api']);
  expect(recognisedBy(columnsOf(csvRows('one-api.csv')))).toEqual(['one-api']);
});

const sample = sampleRows('newapi_logs.csv');

/** Cells as a reader of SQLite hands them out: texts, blank for NULL. */
function sqliteRows(): Record<string, string>[] {
  const database = new Database(samplePath('newapi_logs.sqlite'), { readonly: true });
  const all = database.prepare('select * from logs').all() as Record<string, unknown>[];
  database.close();
  return all.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? '')])));
}

describe.skipIf(sample === null)('the shared sample', () => {
  test('is three calls and a refund, in CSV and in SQLite alike', () => {
    const events = decodeAll(newApi, sample ?? []).events;
    expect(events.map(({ charge }) => charge)).toEqual(['usage', 'usage', 'usage', 'refund']);
    expect(sumOf(events)).toMatchObject({
      requests: 3,
      // input 3,000 + (9,000 - 8,192) + 1,000, cached 0 + 8,192, output 400 + 120 + 50
      tokens: { input: 4808, cacheRead: 8192, output: 570 },
      statedCost: { currency: 'USD', pico: 11_600_000_000n }, // (5,100 + 700 + 310 - 310) x 0.000002
    });
    expect(decodeAll(newApi, sqliteRows()).events).toEqual(events);
  });
});
