import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { litellmCsv, litellmJson } from '../../../src/usage/sources/litellm.js';
import { eventOf, recognisedBy, record, rejection, UTC } from '../decode.js';
import { columnsOf, csvRows, jsonLines, sampleDocument, sampleRows } from '../fixtures.js';

const rows = csvRows('litellm.csv');
const [cached, failed, hit, anthropic] = rows;
const [page] = jsonLines('litellm.json') as [{ data: object[] }];

test('a row is a call with its key, team, tags and the spend it claims', () =>
  expect(eventOf(litellmCsv, cached)).toMatchObject({
    ...{ id: 'req-a1', at: Date.UTC(2026, 9, 5, 8, 0, 0, 250), day: null, until: null, requests: 1 },
    ...{ model: 'dashscope/qwen3-max', provider: 'alibaba-intl', account: null, session: 's-1', latencyMs: 1750 },
    // 1500 - 1024
    tokens: { ...NO_TOKENS, input: 476, cacheRead: 1024, output: 60, reasoning: 20 },
    origin: {
      ...{ key: 'portal-ci', workspace: 'org-1', team: 't-core', user: 'u1', consumer: 'shop-7' },
      tags: { portal: 'true', env: 'prod' },
    },
    ...{ mode: 'standard', plan: null, status: 'success' },
    statedCost: { currency: 'USD', pico: 12_300_000_000n, text: null },
  }));

test('a failed request without tokens is skipped', () =>
  expect(litellmCsv.decoder(UTC)(record(failed))).toEqual({ skipped: 'a failed request without tokens' }));

test("an answer from the gateway's own cache is kept, and nothing is owed for it", () =>
  expect(eventOf(litellmCsv, hit)).toMatchObject({
    ...{ status: 'cache_hit', plan: 'gateway cache', tokens: { input: 1500, cacheRead: null, output: 60 } },
  }));

test('cache writes are told apart by lifetime, and a secret key is not kept', () =>
  expect(eventOf(litellmCsv, anthropic)).toMatchObject({
    ...{ provider: 'anthropic', latencyMs: 4000, origin: { key: null, team: null } },
    // 2100 - 900 - 700
    tokens: { input: 500, cacheRead: 900, cacheWrite5m: 500, cacheWrite1h: 200, output: 30 },
  }));

test('a page of the API has good rows and rejects the bad ones by their place', () => {
  const decoded = litellmJson.decoder(UTC)(record(page));
  expect(decoded).toMatchObject({ events: [{ id: 'req-b1', latencyMs: 1400, tokens: { input: 400, output: 30 } }] });
  const { rejects } = decoded as unknown as { rejects: { place: object }[] };
  expect(rejects.map(({ place }) => place)).toEqual([{ field: 'data.1.prompt_tokens' }]);
});

test('tags of one name are joined, and the user of the row wins over that of the key', () =>
  expect(eventOf(litellmJson, page.data[0])).toMatchObject({
    origin: { user: 'u2', key: '77aa', tags: { 'User-Agent': 'curl,curl/8' } },
  }));

test.each([
  ['more cached than input', { prompt_tokens: '5' }, 'prompt_tokens_details.cached_tokens'],
  ['metadata that is no JSON', { metadata: '{' }, 'metadata'],
  ['metadata that is a list', { metadata: '[]' }, 'metadata'],
  ['a spend that is no number', { spend: 'free' }, 'spend'],
  ['no time', { startTime: '' }, 'startTime'],
  ['a fractional count', { completion_tokens: '1.5' }, 'completion_tokens'],
  ['tags that are a number', { request_tags: '5' }, 'request_tags'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(litellmCsv, { ...cached, ...changes })).field).toBe(field),
);

test('no other source takes the files', () => {
  expect(recognisedBy(columnsOf(rows))).toEqual(['litellm']);
  expect(recognisedBy({ value: page })).toEqual(['litellm']);
  expect(recognisedBy({ value: page.data[0] })).toEqual(['litellm']);
});

const [csv, json] = [sampleRows('litellm_spendlogs.csv'), sampleDocument('litellm/spendlogs_row.json')];

describe.skipIf(csv === null)('the shared samples', () => {
  test('the table has one call of 2610 tokens and a failed one', () => {
    expect(eventOf(litellmCsv, csv![0])).toMatchObject({
      ...{ provider: 'alibaba', tokens: { input: 2400, cacheRead: 0, output: 210 } },
      origin: { team: 'team-wukong', tags: { wukong: 'true' } },
    });
    expect(litellmCsv.decoder(UTC)(record(csv![1]))).toHaveProperty('skipped');
  });
  test('the row of the API has no cached tokens', () => {
    const [row] = json as object[];
    expect(recognisedBy({ value: row })).toEqual(['litellm']);
    expect(eventOf(litellmJson, row)).toMatchObject({
      ...{ provider: 'xai', session: 's1', tokens: { input: 2461, cacheRead: 0, output: 303 } },
      ...{ origin: { key: 'team-a-ci', tags: { 'team-a': 'true', ci: 'true' } }, statedCost: { pico: 5_318_000_000n } },
    });
  });
});
