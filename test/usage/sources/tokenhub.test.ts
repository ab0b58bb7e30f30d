import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { contentOf } from '../../../src/usage/content-key.js';
import { NO_ORIGIN } from '../../../src/usage/event.js';
import { tokenhubCsv, tokenhubJsonl } from '../../../src/usage/sources/tokenhub.js';
import { eventOf, record, rejection, UTC } from '../decode.js';
import { csvRows, jsonLines } from '../fixtures.js';

const AT = { ts: '2026-10-05T00:00:00Z', model: 'qwen-plus' };

test('a full row of the CSV becomes one event; input is less what was cached and cache-written', () =>
  expect(eventOf(tokenhubCsv, csvRows('own.csv')[0])).toEqual({
    ...{ until: null, tierUpTo: null, charge: 'usage', plan: null, counter: null },
    ...{
      id: 'ow-1',
      at: Date.UTC(2026, 9, 5, 8, 30),
      day: null,
      model: 'qwen3-max',
      provider: 'alibaba',
      account: 'acme',
    },
    origin: {
      ...{ unit: null, key: 'k-7', workspace: 'llm-wukong', project: 'search', team: 'core', user: 'li', path: null },
      ...{ service: 'wukong-agent', consumer: 'web', tags: { app: 'qianwen' } },
    },
    ...{ agent: 'planner', session: 's-1', requests: 1 },
    // 1200 - 300 - 100 - 50 = 750
    tokens: { input: 750, cacheRead: 300, cacheWrite5m: 100, cacheWrite1h: 50, output: 80, reasoning: 20 },
    ...{ quantities: {}, cacheKind: null, mode: 'standard', status: '200', latencyMs: 950 },
    statedCost: { currency: 'USD', pico: 4_500_000_000n, text: null },
  }));

test('empty cells are not reported', () => {
  const event = eventOf(tokenhubCsv, csvRows('own.csv')[1]);
  expect(event.tokens).toEqual({ ...NO_TOKENS, input: 400, output: 35 });
  expect(event).toMatchObject({ origin: NO_ORIGIN, statedCost: null, latencyMs: null, status: null });
});

test('JSONL knows the short names, seconds since 1970 and nested tags', () => {
  const [first, second] = jsonLines('own-short.jsonl')
    .slice(0, 2)
    .map((line) => eventOf(tokenhubJsonl, line));
  expect(first).toMatchObject({
    id: null,
    at: 1_790_000_000_000,
    provider: 'openai',
    tokens: { input: 512, cacheRead: 128, output: 72 },
  }); // 640 - 128
  expect(first!.origin.tags).toEqual({ app: 'portal', tier: '2' });
  expect(second!.tokens).toEqual({ ...NO_TOKENS, output: 9 });
});

test('a row without tokens and cost is skipped, one with a cost alone is kept', () => {
  expect(tokenhubJsonl.decoder(UTC)(record(jsonLines('own-short.jsonl')[2]))).toEqual({
    skipped: 'no tokens and no cost',
  });
  expect(eventOf(tokenhubJsonl, { ...AT, cost: 0.5, currency: 'CNY' }).statedCost?.pico).toBe(500_000_000_000n);
});

test('the same call in CSV and in JSONL is the same event', () => {
  const row = {
    timestamp: '2026-10-05T00:00:00Z',
    model: 'qwen-plus',
    input_tokens: '400',
    output_tokens: '35',
    'tag:app': 'a',
  };
  const line = { ...AT, input: 400, output: 35, tags: { app: 'a' } };
  expect(contentOf(eventOf(tokenhubCsv, row))).toBe(contentOf(eventOf(tokenhubJsonl, line)));
  expect(tokenhubCsv.name).toBe(tokenhubJsonl.name);
});

describe("a CSV of the user's own", () => {
  const context = {
    ...{
      ...UTC,
      timeZone: 'Asia/Shanghai',
      at: null,
    },
    mapping: {
      ts: 'Start time',
      model: 'Model name',
      input: 'prompt_tok',
      output: 'completion_tok',
      'tag:centre': 'Cost centre',
    },
  };
  test('is read through its mapping, with local times and thousands separators', () =>
    expect(eventOf(tokenhubCsv, csvRows('portal-export.csv', ';')[0], context)).toMatchObject({
      at: Date.UTC(2026, 9, 6, 1, 15), // 09:15 - 8 h
      ...{
        model: 'qwen-flash',
        provider: 'alibaba',
        tokens: { input: 12_345, output: 678 },
        origin: { tags: { centre: 'c-9' } },
      },
    }));
  test('has its errors named by its own columns', () =>
    expect(
      rejection(() =>
        tokenhubCsv.decoder(context)(record({ 'Start time': '2026-10-06', 'Model name': 'm', prompt_tok: 'x' })),
      ).field,
    ).toBe('prompt_tok'));
  test('has no error named by a column that could steer a terminal', () =>
    expect(
      rejection(() =>
        tokenhubCsv.decoder({ ...UTC, mapping: { input: 'a\u001b[2J' } })(record({ ...AT, 'a\u001b[2J': 'x' })),
      ).field,
    ).toBe('input_tokens'));
});

test('headers are the same in any letter case, with blanks or hyphens', () =>
  expect(
    eventOf(tokenhubCsv, { 'Time Stamp': '1790000000', MODEL: 'm', 'Input-Tokens': '5', 'TAG: App ': 'x' }),
  ).toMatchObject({
    ...{ tokens: { input: 5 }, origin: { tags: { App: 'x' } } },
  }));

test('a date alone is a daily bucket, which may say how many requests it holds', () => {
  expect(eventOf(tokenhubCsv, { ts: '2026-10-05', model: 'm', input: '5', requests: '1,200' })).toMatchObject({
    day: '2026-10-05',
    requests: 1200,
  });
  expect(rejection(() => eventOf(tokenhubCsv, { ts: '2026-10-05', model: 'm', input: '5', requests: '0' })).field).toBe(
    'requests',
  );
});

test('a service tier is the mode the call is priced in', () => {
  expect(eventOf(tokenhubCsv, { ...AT, input: '5', 'Service Tier': 'Batch' }).mode).toBe('batch');
  expect(eventOf(tokenhubJsonl, { ...AT, input: 5, service_tier: null }).mode).toBe('standard');
  expect(rejection(() => eventOf(tokenhubJsonl, { ...AT, input: 5, service_tier: 'turbo' })).field).toBe(
    'service_tier',
  );
});

test('the unit that reports print for events without one is no unit', () => {
  expect(eventOf(tokenhubCsv, { ...AT, input: '5', unit: '(unassigned)' }).origin.unit).toBeNull();
  expect(eventOf(tokenhubCsv, { ...AT, input: '5', unit: 'wukong' }).origin.unit).toBe('wukong');
});

test('--at stands in for a time that is missing', () => {
  expect(eventOf(tokenhubJsonl, { model: 'm', input: 5 }, { ...UTC, at: 77 }).at).toBe(77);
  expect(rejection(() => eventOf(tokenhubJsonl, { model: 'm', input: 5 }))).toMatchObject({
    code: 'MISSING_FIELD',
    field: 'timestamp',
  });
  expect(rejection(() => eventOf(tokenhubJsonl, { model: 'm', input: 5 })).hint).toContain('--at');
});

test.each([
  ['more cached than input', { input: 5, cached: 6 }, 'input'],
  ['more cached and written than input', { input: 5, cached: 3, cache_write_5m_tokens: 3 }, 'input'],
  ['more reasoning than output', { output: 5, reasoning_tokens: 6 }, 'reasoning_tokens'],
  ['a cost without currency', { input: 5, cost: 1 }, 'currency'],
  ['thousands separators in JSON', { input: '1,234' }, 'input'],
  ['tags that are a list', { input: 5, tags: ['a'] }, 'tags'],
  ['control characters', { input: 5, user: '\u001b[31mli' }, 'user'],
  ['no model', { input: 5, model: '' }, 'model'],
])('%s is rejected by name', (_, fields, field) =>
  expect(rejection(() => eventOf(tokenhubJsonl, { ...AT, ...fields })).field).toBe(field),
);

test('rows of different columns in one file are each read by their own', () => {
  const models = [
    { ...AT, input: 1 },
    { ts: AT.ts, model: 'b', output: 2 },
    { ...AT, input_tokens: 3 },
  ];
  expect(models.map((line) => eventOf(tokenhubJsonl, line).tokens)).toMatchObject([
    { input: 1 },
    { output: 2 },
    { input: 3 },
  ]);
});
