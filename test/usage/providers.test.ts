import { expect, test } from 'vitest';
import { accountOfProvider, providerOf, regionalProvider } from '../../src/usage/providers.js';

test.each([
  ['DashScope', 'alibaba'],
  ['Model Studio', 'alibaba'],
  ['bailian', 'alibaba'],
  ['alibaba-cn', 'alibaba-cn'],
  ['alibaba-intl', 'alibaba-intl'],
  ['azure', 'azure'],
  ['bedrock', 'aws'],
  ['vertex_ai', 'google'],
  ['x-ai', 'xai'],
  ['Our Own Cluster', 'our-own-cluster'],
])('a record that says %s bought from %s, whatever the model', (stated, provider) =>
  expect(providerOf('gpt-5', stated)).toBe(provider),
);

test.each([
  ['qwen3-max', 'alibaba'],
  ['qwq-plus', 'alibaba'],
  ['text-embedding-v4', 'alibaba'],
  ['wan2.5-t2v-preview', 'alibaba'],
  ['gpt-5-mini', 'openai'],
  ['o3', 'openai'],
  ['text-embedding-3-small', 'openai'],
  ['claude-sonnet-4-20250514', 'anthropic'],
  ['gemini-3-flash', 'google'],
  ['deepseek-v3.2', 'deepseek'],
  ['mixtral-8x7b', 'mistral'],
  ['grok-4', 'xai'],
  ['Llama-3.3-70B', 'meta'],
  ['kimi-k2', 'moonshot'],
  ['azure/gpt-4o', 'azure'],
  ['openai/gpt-4o', 'openai'],
  ['us.anthropic.claude-sonnet-4-v1:0', 'aws'],
  ['arn:aws:bedrock:us-east-1:1:inference-profile/abc', 'aws'],
  ['somebody/qwen3-32b', 'alibaba'],
  ['our-model', 'unknown'],
  ['gpt-oss-120b', 'unknown'],
  ['constructor', 'unknown'],
])('%s alone is a model of %s', (model, provider) => expect(providerOf(model, null)).toBe(provider));

test('a region chooses between the price lists of Alibaba alone', () => {
  expect(regionalProvider('alibaba', 'cn-beijing')).toBe('alibaba-cn');
  expect(regionalProvider('alibaba', 'ap-southeast-1')).toBe('alibaba-intl');
  expect(regionalProvider('alibaba', null)).toBe('alibaba');
  expect(regionalProvider('openai', 'cn-beijing')).toBe('openai');
});

test('the account of a provider does not depend on the region', () => {
  expect(['alibaba', 'alibaba-cn', 'alibaba-intl'].map(accountOfProvider)).toEqual(['alibaba', 'alibaba', 'alibaba']);
  expect(accountOfProvider('openai')).toBe('openai');
});
