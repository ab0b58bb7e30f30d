import { isFields, valueAt } from '../reading/fields.js';
import { objects } from '../reading/recognise.js';
import { decodeResponseLine } from '../response/response-event.js';
import { takeApart } from '../response/response-line.js';
import { isAdditiveUsage } from '../shapes/usage-object.js';
import type { Source } from '../source.js';

/** Logs of Messages responses, from Anthropic or from an endpoint that speaks its protocol, as Bailian's does. */
export const anthropic: Source = {
  name: 'anthropic',
  title: 'Anthropic Messages response log',
  kind: 'json',
  role: 'app',
  documentation: 'https://docs.anthropic.com/en/api/messages',
  account: null,
  reads: ['id', 'created_at', 'model', 'usage'],
  key: 'id of the message',
  recognises: objects(looksLikeMessage),
  decoder: (context) => (record) => decodeResponseLine(record, context, null),
};

function looksLikeMessage(value: object): boolean {
  const { response, usage } = takeApart(value);
  if (!isFields(usage) || !Object.hasOwn(usage, 'input_tokens')) return false;
  return valueAt(response, 'type') === 'message' || isAdditiveUsage(usage);
}
