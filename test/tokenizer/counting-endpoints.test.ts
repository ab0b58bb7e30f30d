import { expect, test } from 'vitest';
import { servedModel } from '../../src/tokenizer/counting-endpoints/all.js';

test.each([
  ['claude-opus-4-5', 'Anthropic', 'claude-opus-4-5'],
  ['anthropic/claude-sonnet-4-5-20250929', 'Anthropic', 'claude-sonnet-4-5-20250929'],
  ['openrouter/anthropic/claude-opus-4-5', 'Anthropic', 'claude-opus-4-5'],
  ['claude-of-tomorrow-9', 'Anthropic', 'claude-of-tomorrow-9'],
  ['models/gemini-2.5-pro', 'Google', 'gemini-2.5-pro'],
  ['Gemini-2.5-flash', 'Google', 'Gemini-2.5-flash'],
])('%s is counted by %s as %s', (model, provider, providerName) => {
  const served = servedModel(model);
  expect([served?.endpoint.provider, served?.providerName]).toEqual([provider, providerName]);
});

test.each([
  'gpt-4o',
  'qwen3-max',
  'gemma-3',
  'my-claude',
  'us.anthropic.claude-opus-4-5-v1:0', // the name Bedrock knows, not Anthropic
  'claude-opus-4-5/',
  'gemini-2.5-pro?key=1',
  'gemini\n-2.5-pro',
  'claude opus',
  '',
])('%j is served by no endpoint', (model) => expect(servedModel(model)).toBeNull());
