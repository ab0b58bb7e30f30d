import { isFields, valueAt } from '../reading/fields.js';
import { objects } from '../reading/recognise.js';
import { decodeResponseLine } from '../response/response-event.js';
import { takeApart } from '../response/response-line.js';
import { isGeminiUsage } from '../shapes/usage-object.js';
import type { Source } from '../source.js';

/** Objects of the OpenAI API that a log may begin with, before any of them has usage. */
const OBJECTS = ['chat.completion', 'chat.completion.chunk', 'text_completion', 'response'];

/**
 * Logs of responses of any OpenAI-compatible API: Chat Completions, Responses, embeddings, DeepSeek, Bailian's
 * compatible mode; output files of batches are `openai-batch`. The line is the response, or wraps it: see `decodeResponseLine`.
 */
export const openai: Source = {
  name: 'openai',
  title: 'OpenAI-compatible response log',
  kind: 'json',
  role: 'app',
  documentation: 'https://platform.openai.com/docs/api-reference/chat/object',
  account: null,
  reads: ['id', 'created', 'model', 'usage', 'service_tier', 'custom_id'],
  key: 'id of the response',
  recognises: objects(looksCompatible),
  decoder: (context) => (record) => decodeResponseLine(record, context, null),
};

function looksCompatible(value: object): boolean {
  const { response, usage } = takeApart(value);
  if (!isFields(usage)) return OBJECTS.includes(String(valueAt(response, 'object')));
  if (isGeminiUsage(usage)) return false;
  return ['prompt_tokens', 'input_tokens', 'total_tokens'].some((name) => Object.hasOwn(usage, name));
}
