import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { approximateModels } from '../../src/tokenizer/approximate-models.js';
import { exactModels } from '../../src/tokenizer/exact-models.js';
import { normalName } from '../../src/tokenizer/model-names.js';
import { resolveEncodingName, resolveModel } from '../../src/tokenizer/models.js';

test('every model that the reference knows is exact and has its encoding', () => {
  const folder = dirname(createRequire(import.meta.url).resolve('tiktoken'));
  const known: Record<string, string> = JSON.parse(readFileSync(join(folder, 'model_to_encoding.json'), 'utf8'));
  const sameRanks: Record<string, string> = { gpt2: 'r50k_base', p50k_edit: 'p50k_base' };
  for (const [model, encoding] of Object.entries(known))
    expect(resolveModel(model)).toMatchObject({
      model,
      encoding: sameRanks[encoding] ?? encoding,
      method: 'exact',
      factor: 1,
      band: null,
    });
});

test.each([
  ['gpt-4o', 'gpt-4o'],
  ['  GPT-4o-2024-08-06 ', 'gpt-4o'],
  ['ft:gpt-4o-mini:org::id', 'gpt-4o-mini'],
  ['ft:gpt-4o-mini-2024-07-18:acme:x:abc', 'gpt-4o-mini'],
  ['gpt-4o-mini-2024-07-18.ft-0123', 'gpt-4o-mini'],
  ['davinci:ft-acme-2023-01-01', 'davinci'],
  ['azure/gpt-4', 'gpt-4'],
  ['openrouter/openai/gpt-4.1-mini', 'gpt-4.1-mini'],
  ['gpt-4-1106-preview', 'gpt-4'],
  ['gpt-4.5-preview-2025-02-27', 'gpt-4.5'],
  ['chatgpt-4o-latest', 'chatgpt-4o'],
  ['openai.gpt-oss-120b-1:0', 'gpt-oss-120b'],
  ['us.anthropic.claude-sonnet-4-20250514-v1:0', 'claude-sonnet-4'],
  ['claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
  ['deepseek/deepseek-r1:free', 'deepseek-r1'],
  ['qwen3:8b', 'qwen3-8b'],
  ['gpt-4-9999', 'gpt-4-9999'], // no month 99
  ['-preview', ''],
])('the normal form of %j is %j', (model, normal) => {
  expect(normalName(model)).toBe(normal);
});

test('listed names and stems are in normal form, and none is listed twice', () => {
  const names = exactModels.flatMap((models) => models.names);
  const stems = approximateModels.flatMap((models) => models.stems);
  for (const name of [...names, ...stems]) expect(normalName(name)).toBe(name);
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(stems).size).toBe(stems.length);
});

test.each([
  'gpt-5x-foo',
  'gpt-5-foo',
  'gpt-4o-',
  'gpt-4oo',
  'xgpt-4o',
  'gpt-4-9999',
  'gpt-7',
  'o5',
  'claude',
  'claudette-3',
  'someone/gpt-4o',
  'qwenty',
  '',
  '/',
  ':',
  'ft:',
  '__proto__',
  'constructor',
  'toString',
  'x'.repeat(100_000),
  '\u001b[31mgpt',
])('%j is no known model', (model) => {
  expect(() => resolveModel(model)).toThrow(expect.objectContaining({ code: 'UNKNOWN_MODEL', exitCode: 2 }));
});

test('an unknown model is refused with the closest names and with the flag that helps', () => {
  expect(() => resolveModel('gpt4o')).toThrow(
    expect.objectContaining({ hint: expect.stringMatching(/gpt-4o.*--encoding o200k_base/) }),
  );
  expect(() => resolveModel('claud-sonnet-4-5')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('claude-sonnet-4-5') }),
  );
});

describe('approximate models', () => {
  test.each([
    ['claude-3-5-sonnet-20241022', 1.18],
    ['claude-opus-4-20250514', 1.18],
    ['claude-opus-4-6', 1.18],
    ['claude-4-sonnet', 1.18],
    ['claude-opus-4-7', 1.53],
    ['anthropic/claude-opus-4.7', 1.53],
    ['claude-opus-5', 1.53],
    ['qwen3-max', 1.11],
    ['deepseek-r1-distill-qwen-32b', 1.11],
    ['deepseek-r1-distill-llama-70b', 1.03],
    ['meta-llama/Llama-3.1-8B-Instruct', 1.03],
    ['mistralai/mistral-nemo', 1.18],
    ['gemini-2.5-pro', 1.12],
    ['kimi-k2-0905-preview', 1.1],
  ])('%s counts %f tokens for one of o200k_base', (model, factor) => {
    expect(resolveModel(model)).toMatchObject({ encoding: 'o200k_base', method: 'approximate', factor });
  });

  test('a later Qwen has a wider band than the one that was measured', () => {
    const [low, high] = resolveModel('qwen3-max').band!;
    const later = resolveModel('qwen3.9-max').band!;
    expect(later[0]).toBeLessThan(low);
    expect(later[1]).toBeGreaterThan(high);
  });

  test('every band holds the printed count itself, and every source is given', () => {
    for (const { band, factor, source } of approximateModels) {
      expect(band[0]).toBeLessThan(1);
      expect(band[1]).toBeGreaterThan(1);
      expect(factor).toBeGreaterThan(0);
      expect(source).not.toBe('');
    }
  });

  test('every name that is suggested is known', () => {
    for (const { examples, factor } of approximateModels)
      for (const example of examples) expect(resolveModel(example)).toMatchObject({ method: 'approximate', factor });
  });
});

test('an encoding is found by its name in any case, and a mistyped one is refused with the closest', () => {
  expect(resolveEncodingName(' O200K_base ')).toBe('o200k_base');
  expect(() => resolveEncodingName('cl100_base')).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_ENCODING',
      exitCode: 2,
      hint: expect.stringContaining('did you mean cl100k_base?'),
    }),
  );
});
