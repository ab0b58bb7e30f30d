import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { helicone } from '../../../src/usage/sources/helicone.js';
import { eventOf, recognisedBy, record, rejection, UTC } from '../decode.js';
import { columnsOf, csvRows, sampleRows } from '../fixtures.js';

const rows = csvRows('helicone.csv');
const [ok, refused, plain] = rows;

test('a row is a call; its properties are tags, its cost a claim, and nothing is said of the cache', () =>
  expect(eventOf(helicone, ok)).toMatchObject({
    ...{ id: 'hr-1', at: Date.UTC(2026, 9, 5, 8, 0, 0, 500), model: 'gpt-5-mini', provider: 'openai', session: 's-9' },
    tokens: { ...NO_TOKENS, input: 1000, output: 300 },
    origin: { user: 'u1', tags: { team: 'search' } },
    ...{ status: '200', latencyMs: 1500, statedCost: { currency: 'USD', pico: 850_000_000n } },
  }));

test('a refused request is skipped', () =>
  expect(helicone.decoder(UTC)(record(refused))).toEqual({ skipped: 'no tokens' }));

test('a row without properties, cost and time of the request has that of the response', () =>
  expect(eventOf(helicone, plain)).toMatchObject({
    ...{ at: Date.UTC(2026, 9, 5, 8, 2), statedCost: null, latencyMs: null, origin: { user: null, tags: {} } },
  }));

test.each([
  ['a count that is no number', { prompt_tokens: 'x' }, 'prompt_tokens'],
  ['properties that are no JSON', { request_properties: '{' }, 'request_properties'],
  ['properties that are a list', { request_properties: '[]' }, 'request_properties'],
  ['a cost that is no number', { cost: 'x' }, 'cost'],
  ['no model', { model: '' }, 'model'],
  ['a time that is none', { request_created_at: 'noon' }, 'request_created_at'],
])('%s is rejected by name', (_, changes, field) =>
  expect(rejection(() => eventOf(helicone, { ...ok, ...changes })).field).toBe(field),
);

test('no other source takes the file', () => expect(recognisedBy(columnsOf(rows))).toEqual(['helicone']));

const sample = sampleRows('helicone/export.csv');

describe.skipIf(sample === null)('the shared sample', () => {
  test('has one call of 1300 tokens', () =>
    expect(eventOf(helicone, sample![0])).toMatchObject({
      ...{ id: 'r-1', tokens: { input: 1000, cacheRead: null, output: 300 }, latencyMs: 2876 },
      ...{ origin: { tags: { team: 'search' } }, statedCost: { pico: 330_000_000n } },
    }));
});
