import { describe, expect, test } from 'vitest';
import { NO_TOKENS } from '../../../src/pricing/token-classes.js';
import { anthropic } from '../../../src/usage/sources/anthropic.js';
import { dashscope } from '../../../src/usage/sources/dashscope.js';
import { openai } from '../../../src/usage/sources/openai.js';
import { eventOf, eventsOf, record, rejection, UTC } from '../decode.js';
import { jsonLines } from '../fixtures.js';

const USAGE = { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 };
const BARE = { id: 'c-1', created: 1790000000, model: 'gpt-5', usage: USAGE };

describe('OpenAI-compatible logs', () => {
  const [chat, chunk, error] = jsonLines('openai-chat.jsonl');

  test('a bare response has its own id, time, model and tier', () =>
    expect(eventOf(openai, chat)).toMatchObject({
      ...{
        id: 'chatcmpl-a1',
        at: 1_790_000_100_000,
        day: null,
        model: 'gpt-5-mini-2025-08-07',
        provider: 'openai',
        account: null,
      },
      ...{ mode: 'flex', cacheKind: 'implicit', requests: 1, quantities: {}, statedCost: null },
      tokens: { ...NO_TOKENS, input: 388, cacheRead: 512, output: 210, reasoning: 130 }, // 900 - 512
    }));

  test('chunks without usage and errors are skipped with a reason', () => {
    expect(openai.decoder(UTC)(record(chunk))).toEqual({ skipped: 'a streamed chunk without usage' });
    expect(openai.decoder(UTC)(record(error))).toEqual({ skipped: 'an error without usage' });
    expect(openai.decoder(UTC)(record({ hello: 1 }))).toEqual({ skipped: 'no usage' });
  });

  test('what wraps a response says whose it was', () =>
    expect(eventOf(openai, jsonLines('openai-wrapped.jsonl')[0])).toMatchObject({
      ...{ id: 'chatcmpl-b1', at: Date.UTC(2026, 9, 7, 1, 2, 3, 250), provider: 'alibaba', account: 'acme-prod' },
      origin: { project: 'portal', user: 'chen', service: 'portal-api', tags: { app: 'portal' } },
      ...{ latencyMs: 813, status: '200', tokens: { input: 476, cacheRead: 1024, output: 60 } }, // 1500 - 1024
    }));

  test("the response's own clock counts before that of the log, and a region chooses Alibaba's price list", () =>
    expect(eventOf(openai, jsonLines('openai-wrapped.jsonl')[1])).toMatchObject({
      ...{ id: 'resp_b2', at: 1_790_000_200_000, provider: 'alibaba-cn', status: 'completed' },
      tokens: { input: 700, cacheRead: 0, output: 44, reasoning: 12 },
    }));

  test('a line of batch results is billed as batch and has the id of the response, not the custom one', () => {
    const [done, failed] = jsonLines('openai-batch.jsonl');
    expect(eventOf(openai, done)).toMatchObject({
      id: 'chatcmpl-c1',
      mode: 'batch',
      status: '200',
      tokens: { input: 250, output: 30 },
    });
    expect(openai.decoder(UTC)(record(failed))).toEqual({ skipped: 'an error without usage' });
  });

  test('without an id of its own a response takes that of what wraps it', () => {
    const response = { model: 'gpt-5', created: 1790000000, usage: USAGE };
    expect(eventOf(openai, { id: 'l', request_id: 'r', response }).id).toBe('r');
    expect(eventOf(openai, { id: 'l', response: { request_id: 'x', body: response } }).id).toBe('x');
    expect(eventOf(openai, { response }).id).toBeNull();
  });

  test('the model may stand on the line or in the request, but somewhere it must', () => {
    const { model, ...nameless } = BARE;
    expect(eventOf(openai, { model: 'line-model', response: nameless }).model).toBe('line-model');
    expect(eventOf(openai, { request: { body: { model } }, response: nameless }).model).toBe(model);
    expect(rejection(() => eventOf(openai, nameless))).toMatchObject({ code: 'MISSING_FIELD', field: 'model' });
  });

  test('without any time the record is rejected, unless --at gives one', () => {
    const { created, ...timeless } = BARE;
    expect(rejection(() => eventOf(openai, timeless))).toMatchObject({ code: 'MISSING_FIELD', field: 'timestamp' });
    expect(rejection(() => eventOf(openai, timeless)).hint).toContain('--at');
    expect(eventOf(openai, timeless, { ...UTC, at: 5 }).at).toBe(5);
    expect(eventOf(openai, { ...timeless, created: 0, ts: created }).at).toBe(1_790_000_000_000);
  });

  test('metadata may say whose call it was; objects in its place are not ours', () => {
    const metadata = { team: 'core', project: 'p' };
    expect(eventOf(openai, { ...BARE, project: 'line', agent: { type: 'shipper' }, metadata })).toMatchObject({
      ...{ agent: null, origin: { team: 'core', project: 'line' } },
    });
    expect(rejection(() => eventOf(openai, { ...BARE, user: 'a\u001b[31m' })).field).toBe('user');
  });

  test('a date alone is no time of a response, which is no daily bucket', () => {
    const { ts, timestamp, ...bare } = { ts: 0, timestamp: 0, ...BARE, created: undefined };
    expect(rejection(() => eventOf(openai, { ...bare, timestamp: '2026-10-01' }))).toMatchObject({
      ...{ code: 'BAD_FIELD', field: 'timestamp', hint: expect.stringContaining('--at') },
    });
    expect(eventOf(openai, { ...bare, timestamp: '2026-10-01' }, { ...UTC, at: 77 })).toMatchObject({
      at: 77,
      day: null,
    });
    expect(eventOf(openai, { ...bare, date: '2026-10-01', created_at: 1790000000 }).at).toBe(1_790_000_000_000);
  });

  test('the unit that reports print for events without one is no unit', () =>
    expect(eventOf(openai, { ...BARE, unit: '(unassigned)' }).origin.unit).toBeNull());

  test('usageMetadata of Gemini is understood', () =>
    expect(
      eventOf(openai, {
        ...{ ts: 1790000000, responseId: 'g-1', modelVersion: 'gemini-3-flash' },
        usageMetadata: { promptTokenCount: 27, candidatesTokenCount: 6, thoughtsTokenCount: 14 },
      }),
    ).toMatchObject({ id: 'g-1', provider: 'google', tokens: { input: 27, output: 20, reasoning: 14 } })); // 6 + 14

  test('a service tier that is not known is rejected, not priced as standard', () =>
    expect(rejection(() => eventOf(openai, { ...BARE, service_tier: 'turbo' })).field).toBe('service_tier'));
});

describe('DashScope logs', () => {
  const [search, application, video, failed] = jsonLines('dashscope.jsonl');

  test('a native response takes its model from what wraps it, and counts its searches', () =>
    expect(eventOf(dashscope, search)).toMatchObject({
      ...{
        id: 'd-1',
        at: Date.UTC(2026, 9, 8, 2),
        model: 'qwen3-max',
        provider: 'alibaba',
        origin: { workspace: 'llm-wukong' },
      },
      ...{ tokens: { ...NO_TOKENS, input: 310, output: 45 }, quantities: { 'call:search:agent': 2_000_000n } },
    }));

  test('an application call is one event per model, with numbered ids', () =>
    expect(
      eventsOf(dashscope, application).map(({ id, model, tokens }) => [id, model, tokens.input, tokens.output]),
    ).toEqual([
      ['d-2#0', 'qwen-max', 120, 18],
      ['d-2#1', 'qwen-turbo', 33, 4],
    ]));

  test('video is counted in seconds and pieces, without tokens', () =>
    expect(eventOf(dashscope, video)).toMatchObject({
      tokens: NO_TOKENS,
      quantities: { video: 1_000_000n, video_second: 7_500_000n },
    }));

  test('a refused call is skipped', () =>
    expect(dashscope.decoder(UTC)(record(failed))).toEqual({ skipped: 'no usage' }));

  test("another vendor's model was bought from Alibaba", () =>
    expect(eventOf(dashscope, { ...BARE, model: 'deepseek-v3.2' }).provider).toBe('alibaba'));
});

describe('Anthropic logs', () => {
  const [claude, qwen] = jsonLines('anthropic.jsonl');

  test('cache tokens add up beside the input', () =>
    expect(eventOf(anthropic, claude)).toMatchObject({
      ...{ id: 'msg_1', provider: 'anthropic', mode: 'standard', quantities: { 'call:web_search': 3_000_000n } },
      tokens: { input: 70, cacheRead: 2000, cacheWrite5m: 600, cacheWrite1h: 40, output: 95, reasoning: null },
    }));

  test("a Qwen model behind Anthropic's protocol was bought from Alibaba", () =>
    expect(eventOf(anthropic, qwen)).toMatchObject({
      provider: 'alibaba',
      tokens: { input: 15, cacheRead: 0, cacheWrite5m: 0, output: 6 },
    }));

  test('results of a message batch are billed as batch', () =>
    expect(
      eventOf(anthropic, {
        ...{ custom_id: 'a', ts: 1790000000 },
        result: {
          type: 'succeeded',
          message: {
            id: 'msg_9',
            model: 'claude-sonnet-4-5',
            usage: { input_tokens: 3, output_tokens: 1, service_tier: 'batch' },
          },
        },
      }),
    ).toMatchObject({ id: 'msg_9', mode: 'batch' }));
});
