import { type CountingEndpoint, memberOf } from './endpoint.js';

/**
 * `POST /v1beta/models/{model}:countTokens`: `{ contents }` → `{ totalTokens }`.
 * The key goes into a header, never into the address, which proxies and logs keep. Of two keys Google's own libraries take
 * GOOGLE_API_KEY first (https://ai.google.dev/gemini-api/docs/api-key, 2026-11-25).
 */
export const gemini: CountingEndpoint = {
  provider: 'Google',
  name: 'countTokens',
  documentation: 'https://ai.google.dev/api/tokens, 2026-11-25',
  stem: 'gemini',
  address: 'https://generativelanguage.googleapis.com',
  addressVariable: 'GOOGLE_GEMINI_BASE_URL',
  keyVariables: ['GOOGLE_API_KEY', 'GEMINI_API_KEY'],
  refusesBlank: false,
  path: (model) => `/v1beta/models/${encodeURIComponent(model)}:countTokens`,
  headers: (key) => ({ 'x-goog-api-key': key }),
  messagesOf: (text) => [{ role: 'user', parts: [{ text }] }],
  body: (_model, contents) => ({ contents }),
  tokensIn: (answer) => memberOf(answer, 'totalTokens'),
};
