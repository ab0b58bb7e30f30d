import { expect, test } from 'vitest';
import { countMessages, countTokens } from '../src/index.js';

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
