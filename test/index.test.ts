import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { countMessages, countTokens, decode, encode, fits } from '../src/index.js';

test('counts with a model, an encoding, or o200k_base', () => {
  // "hello world": "hello" + " world" in every one of these vocabularies
  expect(countTokens('hello world')).toBe(2);
  expect(countTokens('hello world', { model: 'gpt-4' })).toBe(2);
  expect(countTokens('hello world', { encoding: 'r50k_base' })).toBe(2);
});

test('a model without a public encoding is scaled and rounded', () => {
  // 100 x "hello " and a last blank: 100 tokens of o200k_base for the words and 1 for the blank; 101 x 1.18 = 119.18
  expect(countTokens('hello '.repeat(100), { model: 'claude-3-5-sonnet' })).toBe(119);
});

test('an unknown model or encoding is an error with a suggestion, never a guess', () => {
  expect(() => countTokens('x', { model: 'gpt-4oo' })).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_MODEL', hint: expect.stringContaining('gpt-4o') }),
  );
  expect(() => countTokens('x', { encoding: 'o200k' })).toThrow(expect.objectContaining({ code: 'UNKNOWN_ENCODING' }));
});

test('the library counts messages, with their parts and whether the count is whole', () => {
  const messages = [{ role: 'user', content: 'hello world' }];
  expect(countMessages(messages, { model: 'gpt-4o' })).toEqual({
    tokens: 9, // 2 + 3 + user + 3
    text: 2,
    images: 0,
    overhead: 7,
    method: 'exact',
    complete: true,
  });
  const elsewhere = [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://x.example/a.png' } }] }];
  expect(countMessages(elsewhere, { model: 'gpt-4o' }).complete).toBe(false);
  expect(() => countMessages({ a: 1 }, { model: 'gpt-4o' })).toThrow('is missing');
});

test('encodes and decodes', () => {
  expect(Array.from(encode('hello world'))).toEqual([24912, 2375]);
  expect(decode([24912, 2375])).toBe('hello world');
  expect(decode(encode('\ufeffa 汉字', { model: 'qwen3-max' }), { model: 'qwen3-max' })).toBe('\ufeffa 汉字');
  expect(() => encode('x', { model: 'claude-opus-4-5' })).toThrow(
    expect.objectContaining({ code: 'APPROXIMATE_MODEL' }),
  );
  expect(() => decode([4_000_000])).toThrow(expect.objectContaining({ code: 'UNKNOWN_TOKEN' }));
});

test('ids of texts that the memory must grow for are those of their parts', () => {
  // Each sentence ends in a letter or a full stop that no token of these vocabularies goes beyond, so its ids repeat.
  const sentences = [
    '在二零二六年十月，通义实验室创建了令牌，平台百炼负责传输它们。',
    'ภาษาไทยไม่มีช่องว่าง 1. ',
    '👩‍👩‍👧‍👦 x. ',
  ];
  for (const encoding of ['o200k_base', 'qwen3', 'cl100k_base', 'r50k_base'] as const)
    for (const sentence of sentences) {
      const text = sentence.repeat(Math.ceil(200_000 / sentence.length));
      const ids = encode(text, { encoding });
      expect(decode(ids, { encoding }) === text).toBe(true);
      expect(ids).toHaveLength(countTokens(text, { encoding }));
      expect(ids.reduce((largest, id) => Math.max(largest, id), 0)).toBeLessThan(200_100);
    }
});

test('a text fits when it has at most so many tokens', () => {
  expect(fits('hello world', 2)).toBe(true);
  expect(fits('hello world', 1)).toBe(false);
  expect(fits('', 0)).toBe(true);
  // 101 tokens of o200k_base x 1.18 = 119.18
  const text = 'hello '.repeat(100);
  expect(fits(text, 119, { model: 'claude-3-5-sonnet' })).toBe(true);
  expect(fits(text, 118, { model: 'claude-3-5-sonnet' })).toBe(false);
});

test('does not load SQLite, nor anything else that is not Node or its own', () => {
  const bundle = readFileSync(resolve(import.meta.dirname, '../dist/index.js'), 'utf8');
  const imports = [...bundle.matchAll(/from"([^"]+)"|import\("([^"]+)"\)|require\("([^"]+)"\)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3]!,
  );
  expect(imports.filter((name) => !name.startsWith('node:'))).toEqual([]);
  expect(imports.length).toBeGreaterThan(0);
});
