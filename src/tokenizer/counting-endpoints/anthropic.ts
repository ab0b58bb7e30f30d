import { type CountingEndpoint, memberOf } from './endpoint.js';

/**
 * `POST /v1/messages/count_tokens`: `{ model, messages }` → `{ input_tokens }`.
 * The answer includes the wrapper of the messages, some 7 tokens for one message, and Anthropic calls it an estimate that may be
 * off by a small amount; the endpoint is free and has a rate limit of its own.
 */
export const anthropic: CountingEndpoint = {
  provider: 'Anthropic',
  name: 'count_tokens',
  documentation: 'https://platform.claude.com/docs/en/build-with-claude/token-counting, 2026-11-25',
  stem: 'claude',
  address: 'https://api.anthropic.com',
  addressVariable: 'ANTHROPIC_BASE_URL',
  keyVariables: ['ANTHROPIC_API_KEY'],
  refusesBlank: true,
  path: () => '/v1/messages/count_tokens',
  headers: (key) => ({ 'x-api-key': key, 'anthropic-version': '2023-06-01' }),
  messagesOf: (text) => [{ role: 'user', content: text }],
  body: (model, messages) => ({ model, messages }),
  tokensIn: (answer) => memberOf(answer, 'input_tokens'),
};
