import { badRecord } from '../../errors.js';
import { originOfFolder } from '../agents/working-folder.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { type Fields, fieldsAt, isFields, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { type DecodedUsage, decodeUsage } from '../shapes/usage-object.js';
import type { DecodeContext, Decoded, Source } from '../source.js';
import { callTime } from '../time/call-time.js';

/**
 * Session logs of Qwen Code, `~/.qwen/projects/<project>/chats/<session>.jsonl`. Lines of type `assistant` are
 * responses; `ui_telemetry` lines of kind `api_response` state the same usage once more and are skipped.
 *
 * Classes, by Gemini's names: prompt includes cached content, thoughts are outside candidates and billed as output.
 * Key: uuid of the line.
 */
export const qwenCode: Source = {
  name: 'qwen-code',
  title: 'Qwen Code session log',
  kind: 'json',
  role: 'app',
  documentation: 'https://github.com/QwenLM/qwen-code',
  account: 'qwen-code',
  reads: ['uuid', 'sessionId', 'timestamp', 'type', 'cwd', 'model', 'usageMetadata'],
  key: 'uuid of the line',
  recognises: (sample) => 'value' in sample && isFields(sample.value) && looksLikeChat(sample.value),
  decoder:
    (context) =>
    ({ value }) => {
      if (!isFields(value)) throw badRecord('is no JSON object', 'a session log has one JSON object per line');
      return decodeLine(value, context);
    },
};

function looksLikeChat(line: Fields): boolean {
  if (!['uuid', 'sessionId', 'type'].every((name) => Object.hasOwn(line, name))) return false;
  const message = fieldsAt(line, 'message');
  const hasParts = message !== null && Array.isArray(valueAt(message, 'parts'));
  return hasParts || isFields(valueAt(line, 'usageMetadata')) || isFields(valueAt(line, 'systemPayload'));
}

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeLine(line: Fields, context: DecodeContext): Decoded {
  if (valueAt(line, 'type') !== 'assistant') return { skipped: 'not a response' };
  const [usage] = decodeUsage(valueAt(line, 'usageMetadata'));
  return usage === undefined ? { skipped: 'no usage' } : { events: [eventOf(line, usage, context)] };
}

function eventOf(line: Fields, { tokens, quantities }: DecodedUsage, context: DecodeContext): UsageEvent {
  const model = modelOf([valueAt(line, 'model')], 'model');
  return usageEvent({
    id: textOf(valueAt(line, 'uuid'), 'uuid'),
    ...callTime(valueAt(line, 'timestamp'), 'timestamp', context),
    model,
    provider: providerOf(model, null),
    origin: originOfFolder(valueAt(line, 'cwd'), 'cwd'),
    agent: 'qwen-code',
    session: textOf(valueAt(line, 'sessionId'), 'sessionId'),
    tokens,
    quantities,
  });
}
