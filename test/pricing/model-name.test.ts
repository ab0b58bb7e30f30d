import { expect, test } from 'vitest';
import { modelName, withoutDate } from '../../src/pricing/model-name.js';

test.each([
  ['dashscope/qwen3-max', 'alibaba', 'qwen3-max'],
  [' Qwen3-Max ', 'alibaba', 'qwen3-max'],
  ['alibaba/qwen-plus', 'alibaba-cn', 'qwen-plus'],
  ['openai/gpt-4o', 'openai', 'gpt-4o'],
  ['bedrock/us.anthropic.claude-x', 'aws', 'us.anthropic.claude-x'],
  // another provider's prefix is part of the name
  ['anthropic/claude-sonnet-4.5', 'openrouter', 'anthropic/claude-sonnet-4.5'],
  ['openrouter/anthropic/claude-sonnet-4.5', 'openrouter', 'anthropic/claude-sonnet-4.5'],
  ['openai/gpt-4o', 'constructor', 'openai/gpt-4o'],
])('%s of %s is looked up as %s', (model, provider, name) => {
  expect(modelName(model, provider)).toBe(name);
});

test('the date of a snapshot is told from other numbers', () => {
  expect(withoutDate('claude-sonnet-4-5-20250929')).toBe('claude-sonnet-4-5');
  expect(withoutDate('gpt-4o-2024-08-06')).toBe('gpt-4o');
  expect(withoutDate('claude-sonnet-4@20250514')).toBe('claude-sonnet-4');
  for (const name of ['gpt-4-0613', 'qwen-max', 'x-20251399', 'x-2025-0929', '20250929', 'x20250929']) {
    expect(withoutDate(name)).toBeNull();
  }
});
