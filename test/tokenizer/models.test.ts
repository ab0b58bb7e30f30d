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
  for (const [model, encoding] of Object.entries(known))
    expect(resolveModel(model)).toMatchObject({
      model,
      encoding,
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

test.each([
  ['gpt-oss-120b', 'o200k_harmony'],
  ['text-davinci-edit-001', 'p50k_edit'],
  ['gpt2', 'gpt2'],
  ['qwen2.5-72b-instruct', 'qwen2.5'],
  ['Qwen/Qwen2.5-Coder-32B-Instruct-GPTQ-Int4', 'qwen2.5'],
  ['Qwen/QwQ-32B-Preview', 'qwen2.5'],
  ['qwen3-max', 'qwen3'],
  ['qwen3-max-2025-09-23', 'qwen3'],
  ['qwen3-coder-plus', 'qwen3'],
  ['qwen3:8b', 'qwen3'],
  ['qwen3:8b-q4_K_M', 'qwen3'],
  ['Qwen/Qwen3-235B-A22B-Thinking-2507-FP8', 'qwen3'],
  ['qwen3-vl-235b-a22b-instruct', 'qwen3'],
])('%s is counted exactly with %s', (model, encoding) => {
  expect(resolveModel(model)).toMatchObject({ encoding, method: 'exact', factor: 1, band: null, exactWith: null });
});

test.each([
  'qwen3-9b',
  'qwen3-8b-tuned',
  'qwen3-max-8b',
  'qwen3.5-8b',
  'qwen3-coder-plus-fp8',
  'qwen-plus',
  'qwen-max',
])('%s is no listed model, so it is not called exact', (model) => {
  expect(resolveModel(model)).toMatchObject({ encoding: 'qwen3', method: 'approximate', exactWith: null });
});

test.each([
  ['meta-llama/Llama-3.1-8B-Instruct', 'llama3'],
  ['groq/llama-3.3-70b-versatile', 'llama3'],
  ['llama3.2:1b', 'llama3'],
  ['deepseek-ai/DeepSeek-R1-0528', 'deepseek-v3'],
  ['deepseek-v3.2-exp', 'deepseek-v3'],
  ['open-mistral-nemo-2407', 'mistral-nemo'],
  ['mistralai/Mistral-Nemo-Instruct-2407', 'mistral-nemo'],
])('%s is approximate, and would be exact with %s', (model, exactWith) => {
  expect(resolveModel(model)).toMatchObject({ encoding: 'o200k_base', method: 'approximate', exactWith });
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
    ['deepseek-r1-distill-llama-70b', 1.03],
    ['deepseek-chat', 1.03],
    ['gemini-2.5-pro', 1.12],
    ['kimi-k2-0905-preview', 1.1],
  ])('%s counts %f tokens for one of o200k_base', (model, factor) => {
    expect(resolveModel(model)).toMatchObject({
      encoding: 'o200k_base',
      method: 'approximate',
      factor,
      exactWith: null,
    });
  });

  test('a later Qwen is counted with Qwen 3, in a wider band than an unlisted one of that family', () => {
    expect(resolveModel('deepseek-r1-distill-qwen-32b')).toMatchObject({ encoding: 'qwen3', band: [0.95, 1.05] });
    expect(resolveModel('qwen3.5-plus')).toMatchObject({ encoding: 'qwen3', factor: 1, band: [0.45, 1.1] });
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
