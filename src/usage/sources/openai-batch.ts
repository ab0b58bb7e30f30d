import { type Fields, fieldsAt, isFields, valueAt } from '../reading/fields.js';
import { objects } from '../reading/recognise.js';
import { decodeResponseLine } from '../response/response-event.js';
import type { Source } from '../source.js';

/**
 * Output files of the Batch API, of OpenAI and of those who speak its protocol, as Bailian does: one line per request,
 * `{ id, custom_id, response: { status_code, request_id, body }, error }`. The provider writes them, but each tells
 * of one batch alone, so they are read like a log: a meter would stand for all of its account's day. Input includes cached tokens, output includes reasoning. A line whose `response` is
 * null, or whose body is an error, used nothing. Bodies of some providers have no time: give one with `--at`.
 */
export const openaiBatch: Source = {
  name: 'openai-batch',
  title: 'OpenAI-compatible batch output',
  kind: 'json',
  role: 'app',
  documentation: 'https://platform.openai.com/docs/api-reference/batch/request-output',
  account: null,
  reads: ['custom_id', 'response.body', 'response.request_id', 'response.status_code', 'error'],
  key: 'id of the response, else response.request_id',
  recognises: objects(looksLikeOutput),
  decoder: (context) => (record) => decodeResponseLine(record, context, null),
};

function looksLikeOutput(line: Fields): boolean {
  if (typeof valueAt(line, 'custom_id') !== 'string' || !Object.hasOwn(line, 'response')) return false;
  const response = fieldsAt(line, 'response');
  if (response === null) return Object.hasOwn(line, 'error');
  return isFields(valueAt(response, 'body')) && Object.hasOwn(response, 'status_code');
}
