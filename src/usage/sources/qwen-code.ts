import { originOfFolder } from '../agents/working-folder.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { type Fields, fieldsAt, fieldsOf, isFields, textAt, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { objects } from '../reading/recognise.js';
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
  recognises: objects(looksLikeChat),
  decoder:
    (context) =>
    ({ value }) =>
      decodeLine(fieldsOf(value, 'a session log has one JSON object per line'), context),
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
    id: textAt(line, 'uuid'),
    ...callTime(valueAt(line, 'timestamp'), 'timestamp', context),
    model,
    provider: providerOf(model, null),
    origin: originOfFolder(valueAt(line, 'cwd'), 'cwd'),
    agent: 'qwen-code',
    session: textAt(line, 'sessionId'),
    tokens,
    quantities,
  });
}
