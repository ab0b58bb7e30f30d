import { expect, test } from 'vitest';
import { detectSource } from '../../../src/usage/sources/all.js';
import { sglang } from '../../../src/usage/sources/sglang.js';
import { decodeAll, eventOf } from '../decode.js';
import { fixtureText, sampleText } from '../fixtures.js';

const text = fixtureText('sglang.prom');

test('ranks that count the same tokens are read once, those that share the requests are added', () =>
  expect(decodeAll(sglang, [text]).events).toMatchObject([
    {
      ...{ counter: 'sglang{model_name="Qwen/Qwen3-8B"}', model: 'Qwen/Qwen3-8B', requests: 4000, until: null },
      // rank 0 of dp 0 and of dp 1: 2,000,000 + 500,000, less 300,000 + 50,000 cached
      tokens: { input: 2_150_000, cacheRead: 350_000, output: 90_000 },
    },
  ]));

test('it is recognised by the beginning of the text', () => expect(detectSource({ text })).toBe(sglang));

const sample = sampleText('sglang_metrics.prom');

test.skipIf(sample === null)('the shared snapshot is one reading', () =>
  // 8.128902e+06 - 1.2e+06
  expect(eventOf(sglang, sample)).toMatchObject({
    ...{ counter: 'sglang{model_name="Qwen/Qwen3-32B"}', requests: 40_123 },
    tokens: { input: 6_928_902, cacheRead: 1_200_000, output: 7_557_572 },
  }),
);
