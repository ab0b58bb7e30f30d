import { expect, test } from 'vitest';
import { detectSource } from '../../../src/usage/sources/all.js';
import { sglang } from '../../../src/usage/sources/sglang.js';
import { vllm } from '../../../src/usage/sources/vllm.js';
import { decodeAll, eventOf, rejection, UTC } from '../decode.js';
import { fixtureText, sampleText } from '../fixtures.js';

const text = fixtureText('vllm.prom');
const one = (value: string, labels = '{model_name="m"}') => `vllm:prompt_tokens_total${labels} ${value}\n`;

test('each model on each engine is one reading of what it has counted since it started', () => {
  const { events } = decodeAll(vllm, [text]);
  expect(events).toHaveLength(3);
  expect(events[0]).toMatchObject({
    ...{ id: null, until: null, at: UTC.file.modified, model: 'Qwen/Qwen3-32B' },
    counter: 'vllm{engine="0",model_name="Qwen/Qwen3-32B"}',
    // 700 + 20 + 3
    requests: 723,
    // 1,500,000 - 400,000; hits of the prefix cache are no figure to count by
    tokens: { input: 1_100_000, cacheRead: 400_000, cacheWrite5m: null, output: 120_000, reasoning: null },
  });
  expect(events[1]).toMatchObject({
    ...{ counter: 'vllm{engine="1",model_name="Qwen/Qwen3-32B"}', requests: 0 },
    tokens: { input: 900_000, cacheRead: null, output: 70_000 },
  });
});

test('labels may be escaped, in any order, and end with a comma', () =>
  expect(decodeAll(vllm, [text]).events[2]).toMatchObject({
    ...{ model: 'team "a"\\b, {x}', counter: 'vllm{engine="0",model_name="team \\"a\\"\\\\b, {x}"}' },
    tokens: { input: 40, output: null },
  }));

test('the time is --at, else that of the lines, else that of the file', () => {
  const { events } = decodeAll(vllm, [text]);
  expect(events.map(({ at }) => at)).toEqual([UTC.file.modified, 1_791_187_200_000, UTC.file.modified]);
  expect(decodeAll(vllm, [text], { ...UTC, at: 7 }).events.map(({ at }) => at)).toEqual([7, 7, 7]);
});

test.each([
  ['8.128902e+06', 8_128_902],
  ['7', 7],
  ['0.0', 0],
  ['12 # {trace_id="x"} 1.0', 12],
  ['5 1791187200000', 5],
  ['5\r', 5],
])('a counter written %j is %i', (value, count) => expect(eventOf(vllm, one(value)).tokens.input).toBe(count));

test.each([
  ['NaN', one('NaN'), 'vllm:prompt_tokens_total'],
  ['infinity', one('+Inf'), 'vllm:prompt_tokens_total'],
  ['a fraction', one('1.5'), 'vllm:prompt_tokens_total'],
  ['a negative count', one('-1'), 'vllm:prompt_tokens_total'],
  ['no value', one(''), 'vllm:prompt_tokens_total'],
  ['broken labels', one('1', '{model_name="m'), 'vllm:prompt_tokens_total'],
  ['no model', one('1', ''), 'model_name'],
  [
    'more cached than prompts',
    `${one('1')}vllm:prompt_tokens_cached_total{model_name="m"} 2`,
    'vllm:prompt_tokens_cached_total',
  ],
])('%s is rejected by name', (_, value, field) => expect(rejection(() => eventOf(vllm, value)).field).toBe(field));

test('a text without its counters is skipped, and what is no text is rejected', () => {
  expect(decodeAll(vllm, ['vllm:num_requests_running{model_name="m"} 3']).skipped).toEqual(['no counters of vLLM']);
  expect(rejection(() => decodeAll(vllm, [5])).code).toBe('BAD_RECORD');
});

test('it is recognised by the beginning of the text, and by no other source', () => {
  expect(detectSource({ text })).toBe(vllm);
  expect(sglang.recognises({ text })).toBe(false);
  expect(detectSource({ text: 'python_info{version="3.12"} 1.0\n' })).toBeNull();
});

const sample = sampleText('vllm_metrics_t0.prom');

test.skipIf(sample === null)('the shared snapshot is one reading', () =>
  // 8,128,902 - 1,200,000; 37,787 + 3 + 4 requests
  expect(eventOf(vllm, sample)).toMatchObject({
    ...{ counter: 'vllm{engine="0",model_name="Qwen/Qwen3-32B"}', requests: 37_794 },
    tokens: { input: 6_928_902, cacheRead: 1_200_000, output: 7_557_572 },
  }),
);
