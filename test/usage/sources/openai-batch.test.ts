import { describe, expect, test } from 'vitest';
import { detectSource } from '../../../src/usage/sources/all.js';
import { openaiBatch } from '../../../src/usage/sources/openai-batch.js';
import { eventOf, record, rejection, UTC } from '../decode.js';
import { jsonLines, sampleLines } from '../fixtures.js';

const [done, failed] = jsonLines('openai-batch.jsonl');

test('a line of batch output is a call of mode batch, with the id of the response', () => {
  expect(openaiBatch.role).toBe('app');
  expect(eventOf(openaiBatch, done)).toMatchObject({
    ...{ id: 'chatcmpl-c1', at: 1_790_000_300_000, mode: 'batch', status: '200', requests: 1 },
    tokens: { input: 250, cacheRead: null, output: 30 },
  });
});

test('a line without a response, or with an error as its body, is skipped', () => {
  const refused = { custom_id: 'x', response: { status_code: 400, body: { error: { message: 'no' } } }, error: null };
  expect(openaiBatch.decoder(UTC)(record(failed))).toEqual({ skipped: 'an error without usage' });
  expect(openaiBatch.decoder(UTC)(record(refused))).toEqual({ skipped: 'an error without usage' });
});

test('every line is batch output, the failed ones too; logs with a custom id of their own are not', () => {
  for (const value of jsonLines('openai-batch.jsonl')) expect(detectSource({ value })?.name).toBe('openai-batch');
  const usage = { prompt_tokens: 1 };
  expect(detectSource({ value: { custom_id: 'x', model: 'gpt-5', usage } })?.name).toBe('openai');
  expect(openaiBatch.recognises({ value: { custom_id: 'x', result: { message: { usage } } } })).toBe(false);
  expect(openaiBatch.recognises({ value: { custom_id: 7, response: null, error: null } })).toBe(false);
});

test('more cached than input tokens are rejected by name', () => {
  const usage = { prompt_tokens: 1, prompt_tokens_details: { cached_tokens: 2 } };
  const line = { custom_id: 'x', response: { status_code: 200, body: { model: 'gpt-5', created: 1790000300, usage } } };
  expect(rejection(() => eventOf(openaiBatch, line)).field).toBe('prompt_tokens_details.cached_tokens');
});

const sample = sampleLines('batch_output.jsonl');

describe.skipIf(sample === null)('the shared sample', () => {
  const at = { ...UTC, at: Date.UTC(2026, 9, 5) };
  test('has two answers without a time, and one error', () => {
    const lines = sample ?? [];
    expect(rejection(() => eventOf(openaiBatch, lines[0]))).toMatchObject({
      code: 'MISSING_FIELD',
      field: 'timestamp',
    });
    const events = lines.slice(0, 2).map((line) => eventOf(openaiBatch, line, at));
    expect(events.map(({ id }) => id)).toEqual(['x1', 'x2']);
    // 1200; 900 - 512 = 388
    expect(events.map(({ tokens }) => tokens.input)).toEqual([1200, 388]);
    expect(openaiBatch.decoder(at)(record(lines[2]))).toHaveProperty('skipped');
  });
});
