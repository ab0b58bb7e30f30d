import { expect, test } from 'vitest';
import { accessTo } from '../../src/files/api-access.js';
import { anthropic } from '../../src/tokenizer/counting-endpoints/anthropic.js';
import { gemini } from '../../src/tokenizer/counting-endpoints/gemini.js';

/** What an endpoint refuses with. */
function refusal(env: Record<string, string>): unknown {
  try {
    return accessTo(anthropic, env);
  } catch (error) {
    return error;
  }
}

test('the address is the provider’s own unless the environment names another', () => {
  expect(accessTo(anthropic, { ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: '' })).toEqual({
    key: 'k',
    keyVariable: 'ANTHROPIC_API_KEY',
    address: 'https://api.anthropic.com',
    origin: 'https://api.anthropic.com',
  });
  expect(
    accessTo(gemini, { GEMINI_API_KEY: 'k', GOOGLE_GEMINI_BASE_URL: 'https://gateway.example.org/google/' }),
  ).toMatchObject({ address: 'https://gateway.example.org/google', origin: 'https://gateway.example.org' });
});

test('of two keys for Gemini, GOOGLE_API_KEY is taken; an empty one is none', () => {
  expect(accessTo(gemini, { GEMINI_API_KEY: 'a', GOOGLE_API_KEY: 'b' }).key).toBe('b');
  expect(accessTo(gemini, { GEMINI_API_KEY: 'a', GOOGLE_API_KEY: ' ' }).key).toBe('a');
});

test('a line break at the end of a key is cut', () => {
  expect(accessTo(anthropic, { ANTHROPIC_API_KEY: 'sk-1\n' }).key).toBe('sk-1');
});

test.each(['two words', 'line\nbreak', 'ключ', 'a\u0000b'])('the key %j is refused without being shown', (key) => {
  const error = refusal({ ANTHROPIC_API_KEY: key });
  expect(error).toMatchObject({ code: 'BAD_API_KEY', exitCode: 2, place: { field: 'ANTHROPIC_API_KEY' } });
  expect(`${(error as Error).message}${(error as { hint: string }).hint}`).not.toContain(key);
});

test.each([
  'gateway',
  'ftp://gateway.example.org',
  'file:///etc/passwd',
  'https://user:secret@gateway.example.org',
  'https://gateway.example.org?key=secret',
  'https://gateway.example.org#secret',
])('the address %s is refused without being shown', (address) => {
  const error = refusal({ ANTHROPIC_API_KEY: 'k', ANTHROPIC_BASE_URL: address });
  expect(error).toMatchObject({ code: 'BAD_API_ADDRESS', exitCode: 2, place: { field: 'ANTHROPIC_BASE_URL' } });
  expect((error as Error).message).not.toContain(address);
});
