import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { higress } from '../../../src/usage/sources/higress.js';
import { eventOf, recognisedBy, record, rejection, UTC } from '../decode.js';
import { jsonLines, sampleLines } from '../fixtures.js';

const [qwen, claude, gemini, disconnected, limited, failed, older] = jsonLines('higress.jsonl') as Record<
  string,
  unknown
>[];
const decode = (line: unknown) => higress.decoder(UTC)(record(line));

test('a measured call has its id, route, consumer and duration; cached tokens are part of the input', () =>
  expect(eventOf(higress, qwen)).toMatchObject({
    ...{ id: 'h-1', at: Date.UTC(2026, 9, 5, 1, 0, 0, 250), day: null, until: null, account: null, requests: 1 },
    ...{ model: 'deepseek-v3.2', provider: 'alibaba', session: 's-1', status: '200', latencyMs: 2050 },
    tokens: { ...NO_TOKENS, input: 388, cacheRead: 512, output: 120, reasoning: 80 }, // 900 - 512
    origin: { service: 'ai-route-qwen.internal', consumer: 'portal' },
    ...{ cacheKind: null, statedCost: null },
  }));

test("cached tokens of Anthropic's protocol are beside the input", () =>
  expect(eventOf(higress, claude)).toMatchObject({
    tokens: { ...NO_TOKENS, input: 70, cacheRead: 2000, cacheWrite5m: 600, output: 95 },
    ...{ provider: 'anthropic', cacheKind: 'explicit', origin: { consumer: null } },
  }));

test("Gemini's thoughts are output beside the candidates, prompts of its tools input beside the prompt", () =>
  expect(eventOf(higress, gemini)).toMatchObject({
    // 120 - 20 + 7 = 107, 30 + 50 = 80
    tokens: { ...NO_TOKENS, input: 107, cacheRead: 20, output: 80, reasoning: 50 },
    provider: 'google',
  }));

test('a stream the client left is a call whose tokens nobody reported', () =>
  expect(eventOf(higress, disconnected)).toMatchObject({
    ...{ id: 'h-4', model: 'qwen3-max', provider: 'alibaba', tokens: NO_TOKENS, requests: 1, status: '200 DC' },
  }));

test('lines without measurements and refused calls are skipped', () => {
  expect(decode(limited)).toEqual({ skipped: 'nothing measured' });
  expect(decode(failed)).toEqual({ skipped: 'an error without usage' });
  expect(decode({ ...qwen, ai_log: '' })).toEqual({ skipped: 'nothing measured' });
});

test('older gateways measure on the line itself', () =>
  expect(eventOf(higress, older)).toMatchObject({
    ...{ id: 'h-7', model: 'qwen-max', latencyMs: 1590, tokens: { ...NO_TOKENS, input: 21, output: 17 } },
  }));

test('the measurements may be an object, and details a text', () => {
  const ai_log = { model: 'qwen-max', input_token: 9, output_token: 1, input_token_details: '{"cached_tokens":4}' };
  expect(eventOf(higress, { ...qwen, ai_log }).tokens).toMatchObject({ input: 5, cacheRead: 4 }); // 9 - 4
});

const ai = (fields: object) => ({ ...qwen, ai_log: JSON.stringify({ model: 'qwen-max', ...fields }) });

test("an answer of the gateway's own cache has its tokens, under a plan, since no provider saw the call", () => {
  const hit = eventOf(higress, ai({ input_token: 9, output_token: 1, cache_status: 'hit' }));
  expect(hit).toMatchObject({ plan: 'gateway cache', status: 'cache_hit', tokens: { input: 9, output: 1 } });
  expect(eventOf(higress, ai({ input_token: 9, cache_status: 'miss' }))).toMatchObject({ plan: null, status: '200' });
});

test.each([
  ['more cached than input', ai({ input_token: 5, cached_tokens: 6 }), 'cached_tokens'],
  ['more reasoning than output', ai({ output_token: '5', reasoning_tokens: '6' }), 'reasoning_tokens'],
  ['less in total than the input', ai({ input_token: 5, total_token: 4 }), 'input_token'],
  ['a count that is none', ai({ input_token: 'x' }), 'input_token'],
  [
    'two figures for one',
    ai({ input_token: 9, cached_tokens: 4, input_token_details: { cached_tokens: 5 } }),
    'input_token_details.cached_tokens',
  ],
  ['tokens without a model', { ...qwen, ai_log: '{"input_token":5}' }, 'ai_log.model'],
  ['a log that is no JSON', { ...qwen, ai_log: '{"model":' }, 'ai_log'],
  ['no time', { ...qwen, start_time: '-' }, 'start_time'],
])('%s is rejected by name', (_, line, field) => expect(rejection(() => eventOf(higress, line)).field).toBe(field));

test('--at gives a time to lines without one', () =>
  expect(eventOf(higress, { ...qwen, start_time: '-' }, { ...UTC, at: 77 }).at).toBe(77));

test('no other source takes an access log for its own', () => {
  for (const line of jsonLines('higress.jsonl')) expect(recognisedBy({ value: line })).toEqual(['higress']);
});

const sample = sampleLines('higress_access.log');

describe.skipIf(sample === null)('the shared sample', () => {
  test('is two measured calls, one that was left, and one refused', () => {
    const lines = sample ?? [];
    expect(eventOf(higress, lines[0])).toMatchObject({
      ...{ tokens: { input: 10, cacheRead: null, output: 69 }, latencyMs: 1955, origin: { consumer: 'wukong' } },
    });
    expect(eventOf(higress, lines[1])).toMatchObject({
      tokens: { input: 215, cacheRead: 128, output: 153, reasoning: 0 }, // 343 - 128
    });
    expect(eventOf(higress, lines[2])).toMatchObject({ id: 'r-0003', tokens: NO_TOKENS, status: '200 DC' });
    expect(decode(lines[3])).toEqual({ skipped: 'nothing measured' });
  });
});
