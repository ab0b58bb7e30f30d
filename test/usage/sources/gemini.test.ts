import { describe, expect, test } from 'vitest';
import { gemini } from '../../../src/usage/sources/gemini.js';
import { eventOf, recognisedBy, record, rejection, UTC } from '../decode.js';
import { jsonLines, sampleDocument } from '../fixtures.js';

const [wrapped, keyed, vertex] = jsonLines('gemini.jsonl') as [{ response: object }, object, object];

test('cached input is a part of the prompt, tools are beside it, thoughts are beside the candidates', () =>
  expect(eventOf(gemini, wrapped)).toMatchObject({
    ...{ id: 'g-1', at: Date.UTC(2026, 9, 5, 8), model: 'gemini-2.5-flash', provider: 'google', mode: 'flex' },
    // 900 - 600 + 50; 40 + 110
    tokens: { input: 350, cacheRead: 600, output: 150, reasoning: 110 },
    ...{ quantities: { audio_input_tokens: 32_000_000n }, origin: { team: 'search' } },
  }));

test('lines of batch results are billed as batch, and the key of a request is no API key', () => {
  expect(eventOf(gemini, keyed)).toMatchObject({
    ...{ id: 'g-2', mode: 'batch', at: Date.UTC(2026, 9, 5, 8, 1, 0, 500), origin: { key: null } },
  });
  expect(eventOf(gemini, vertex)).toMatchObject({ id: 'g-3', mode: 'batch', at: Date.UTC(2026, 9, 5, 8, 2) });
});

test('bought capacity is a plan', () => {
  const usageMetadata = { promptTokenCount: 1, totalTokenCount: 1, trafficType: 'PROVISIONED_THROUGHPUT' };
  const response = { ...wrapped.response, usageMetadata };
  expect(eventOf(gemini, { ...wrapped, response }).plan).toBe('provisioned throughput');
});

test('a chunk without usage is skipped', () =>
  expect(gemini.decoder(UTC)(record({ responseId: 'g', modelVersion: 'gemini-2.5-pro' }))).toEqual({
    skipped: 'no usage',
  }));

test.each([
  ['more cached than prompt', { promptTokenCount: 1, cachedContentTokenCount: 2 }, 'cachedContentTokenCount'],
  ['a negative count', { promptTokenCount: -1 }, 'promptTokenCount'],
  ['a total less than a part', { promptTokenCount: 5, totalTokenCount: 4 }, 'promptTokenCount'],
])('%s is rejected by name', (_, usageMetadata, field) =>
  expect(rejection(() => eventOf(gemini, { createTime: '2026-10-05T00:00:00Z', usageMetadata })).field).toBe(field),
);

test('no other source takes the files, and it takes no session of an agent', () => {
  for (const value of [wrapped, keyed, vertex]) expect(recognisedBy({ value })).toEqual(['gemini']);
  const usageMetadata = { promptTokenCount: 1 };
  expect(gemini.recognises({ value: { uuid: 'u', sessionId: 's', model: 'qwen3-coder', usageMetadata } })).toBe(false);
});

const sample = sampleDocument('gemini-usageMetadata/response_usage.json');

describe.skipIf(sample === null)('the shared sample', () => {
  test('has 27 input and 200 output tokens, 194 of them thoughts, and no time', () => {
    expect(rejection(() => eventOf(gemini, sample))).toMatchObject({ code: 'MISSING_FIELD', field: 'timestamp' });
    expect(eventOf(gemini, sample, { ...UTC, at: 5 })).toMatchObject({
      ...{ id: 'r1', at: 5, tokens: { input: 27, output: 200, reasoning: 194 } }, // 6 + 194
    });
  });
});
