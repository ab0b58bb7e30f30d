import { NO_TOKENS, type TokenClasses } from '../../pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { sumOrNull } from '../reading/count.js';
import { decodeParts, partsIn } from '../reading/document.js';
import { type Fields, fieldsAt, fieldsOf, isFields, textAt, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { objects } from '../reading/recognise.js';
import { checkPart, places, statedCount } from '../shapes/places.js';
import type { DecodeContext, Decoded, Source } from '../source.js';
import { callTime } from '../time/call-time.js';

const [INPUT, CACHED, TOOL] = [places('tokens.input'), places('tokens.cached'), places('tokens.tool')];
const [OUTPUT, THOUGHTS, TOTAL] = [places('tokens.output'), places('tokens.thoughts'), places('tokens.total')];

/** What a file tells of the session its messages belong to, as it states it. */
interface Chat {
  readonly sessionId?: unknown;
  readonly projectHash?: unknown;
  readonly startTime?: unknown;
  readonly lastUpdated?: unknown;
}

/**
 * Session logs of Gemini CLI, `~/.gemini/tmp/<project>/chats/session-*.json`: one document with all `messages`; or
 * `session-*.jsonl`: a line about the session, then one message a line, written again when it has grown, and changes of
 * the session (`$set`), which may hold messages too. Messages of type `gemini` are responses.
 *
 * Classes: input includes cached input; prompts of tools are outside it; thoughts are outside output and billed as
 * output. Key: id of the message. A message without a time gets `--at`, else the session's `startTime` or `lastUpdated`.
 */
export const geminiCli: Source = {
  name: 'gemini-cli',
  title: 'Gemini CLI session log',
  kind: 'json',
  role: 'app',
  documentation: 'https://github.com/google-gemini/gemini-cli',
  account: 'gemini-cli',
  reads: ['sessionId', 'projectHash', 'startTime', 'lastUpdated', 'messages', 'id', 'timestamp', 'model', 'tokens'],
  key: 'id of the message',
  recognises: objects(looksLikeChat),
  keepsState: true,
  decoder: (context) => {
    let chat: Chat = {};
    return ({ value }) => {
      const record = fieldsOf(value, 'a session is one JSON object, or one per line');
      const about = fieldsAt(record, '$set') ?? record;
      if (!Object.hasOwn(about, 'type')) chat = chatWith(chat, about);
      return decodeRecord(record, about, chat, context);
    };
  },
};

function looksLikeChat(value: Fields): boolean {
  if (isResponse(value)) return true;
  const messages = valueAt(value, 'messages');
  if (Array.isArray(messages) && messages.some((message) => isFields(message) && isResponse(message))) return true;
  return ['sessionId', 'projectHash', 'startTime'].every((name) => Object.hasOwn(value, name));
}

const isResponse = (message: Fields): boolean =>
  valueAt(message, 'type') === 'gemini' && isFields(valueAt(message, 'tokens'));

const chatWith = (chat: Chat, about: Fields): Chat => ({
  sessionId: valueAt(about, 'sessionId') ?? chat.sessionId,
  projectHash: valueAt(about, 'projectHash') ?? chat.projectHash,
  startTime: valueAt(about, 'startTime') ?? chat.startTime,
  lastUpdated: valueAt(about, 'lastUpdated') ?? chat.lastUpdated,
});

/** @throws BAD_FIELD, MISSING_FIELD; those of a document's messages are rejects beside its events */
function decodeRecord(record: Fields, about: Fields, chat: Chat, context: DecodeContext): Decoded {
  const decode = (message: unknown): Decoded =>
    isFields(message) && isResponse(message)
      ? { events: [eventOf(message, chat, context)] }
      : { skipped: 'not a response with usage' };
  const messages = valueAt(about, 'messages');
  return Array.isArray(messages)
    ? decodeParts(partsIn(messages, 'messages'), decode, 'no response with usage')
    : decode(record);
}

function eventOf(message: Fields, chat: Chat, context: DecodeContext): UsageEvent {
  const model = modelOf([valueAt(message, 'model')], 'model');
  return usageEvent({
    id: textAt(message, 'id'),
    ...callTime(valueAt(message, 'timestamp'), 'timestamp', context, chat.startTime ?? chat.lastUpdated),
    model,
    provider: providerOf(model, null),
    origin: { ...NO_ORIGIN, project: textOf(chat.projectHash, 'projectHash') },
    agent: 'gemini-cli',
    session: textOf(chat.sessionId, 'sessionId'),
    tokens: tokensOf(message),
  });
}

function tokensOf(message: Fields): TokenClasses {
  const [input, cached, tool] = [INPUT, CACHED, TOOL].map((where) => statedCount(message, where));
  const [output, thoughts, total] = [OUTPUT, THOUGHTS, TOTAL].map((where) => statedCount(message, where));
  checkPart(cached!, input!);
  for (const part of [input, output, thoughts]) checkPart(part!, total!);
  const fresh = input ? input.count - (cached?.count ?? 0) : null;
  return {
    ...NO_TOKENS,
    input: sumOrNull([fresh, tool?.count ?? null], 'tokens'),
    cacheRead: cached?.count ?? null,
    output: sumOrNull([output?.count ?? null, thoughts?.count ?? null], 'tokens'),
    reasoning: thoughts?.count ?? null,
  };
}
