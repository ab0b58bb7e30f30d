import { describe, expect, test } from 'vitest';
import { NO_TOKENS, totalTokens } from '../../../src/pricing/token-classes.js';
import { detectSource } from '../../../src/usage/sources/all.js';
import { dashscope } from '../../../src/usage/sources/dashscope.js';
import { eventOf, eventsOf } from '../decode.js';
import { sampleLines } from '../fixtures.js';

const native = (usage: object, model = 'm') => ({
  ...{ timestamp: '2026-10-05T01:00:00Z', model },
  response: { request_id: 'd-1', output: {}, usage },
});

test.each([
  ['embeddings count their input', { total_tokens: 23 }, { input: 23, output: null }],
  ['rerankers state a total alone', { total_tokens: 79 }, { input: 79, output: null }],
  ['multimodal embeddings count images beside their text', { input_tokens: 7, image_tokens: 896 }, { input: 903 }],
  [
    'vision counts its images as input',
    { input_tokens: 900, output_tokens: 40, image_tokens: 870 },
    { input: 900, output: 40 },
  ],
])('%s', (_, usage, tokens) => expect(eventOf(dashscope, native(usage)).tokens).toMatchObject(tokens));

test.each([
  [
    'videos by their length',
    { video_duration: 8, video_count: 1, SR: 720 },
    { video: 1_000_000n, video_second: 8_000_000n },
  ],
  [
    'videos by what went in and came out', // 5 + 6 = 11 seconds
    { duration: 11, input_video_duration: 5, output_video_duration: 6, video_count: 1, SR: 720 },
    { video: 1_000_000n, video_second: 11_000_000n },
  ],
  ['videos by what came out alone', { output_video_duration: 6 }, { video_second: 6_000_000n }],
  ['images by the piece', { image_count: 3, width: 1024 }, { image: 3_000_000n }],
  ['speech made, by characters', { characters: 41 }, { character: 41_000_000n }],
  ['speech heard, by seconds', { duration: 9 }, { second: 9_000_000n }],
])('%s', (_, usage, quantities) => {
  const event = eventOf(dashscope, native(usage));
  expect(event).toMatchObject({ tokens: NO_TOKENS, quantities });
  expect(detectSource({ value: native(usage) })).toBe(dashscope);
});

test('a line of batch results is billed as batch', () =>
  expect(
    eventOf(dashscope, {
      ...{ id: 'b', custom_id: 'r-1', timestamp: '2026-10-05T01:00:00Z' },
      response: { status_code: 200, request_id: 'x-1', body: { model: 'wan2.5-t2v', usage: { video_duration: 5 } } },
    }),
  ).toMatchObject({ id: 'x-1', mode: 'batch', quantities: { video_second: 5_000_000n } }));

interface Shape {
  readonly id: string;
  readonly model: string;
  readonly usage: object;
  readonly expect: { readonly inputIncludingCache: number; readonly output: number; readonly models?: number };
}

const shapes = sampleLines('usage_shapes.jsonl') as Shape[] | null;

describe.skipIf(shapes === null)('every shared shape in a native line', () => {
  test.each((shapes ?? []).map((shape) => [shape.id, shape] as const))('%s', (_, { model, usage, expect: wanted }) => {
    const line = native(usage, model);
    const events = eventsOf(dashscope, line);
    expect(detectSource({ value: line })).toBe(dashscope);
    expect(events).toHaveLength(wanted.models ?? 1);
    expect(events.reduce((sum, { tokens }) => sum + totalTokens(tokens), 0)).toBe(
      wanted.inputIncludingCache + wanted.output,
    );
    for (const { provider } of events) expect(provider).toBe('alibaba');
  });
});
