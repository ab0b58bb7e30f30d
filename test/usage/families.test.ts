import { expect, test } from 'vitest';
import { familyOf, isAcrossAccounts, isConsecutive } from '../../src/usage/families.js';
import { SOURCE_NAMES } from '../../src/usage/sources/all.js';

test('forms of one export are one family, any other source is its own', () => {
  expect(['litellm', 'litellm-daily', 'litellm-export'].map(familyOf)).toEqual(['litellm', 'litellm', 'litellm']);
  expect(familyOf('openrouter-daily')).toBe(familyOf('openrouter'));
  expect(familyOf('higress')).toBe('higress');
  expect(familyOf('one-api')).not.toBe(familyOf('new-api'));
});

test('only sources that exist are told of', () => {
  expect(SOURCE_NAMES.filter((name) => familyOf(name) !== name)).toEqual([
    ...['litellm-daily', 'litellm-export', 'openrouter-daily', 'openrouter-api'],
  ]);
  expect(SOURCE_NAMES.filter(isAcrossAccounts)).toEqual(['litellm-export']);
  expect(SOURCE_NAMES.filter(isConsecutive).sort()).toEqual(['sglang', 'vllm']);
});
