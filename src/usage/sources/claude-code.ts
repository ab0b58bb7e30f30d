import { advisorUsages } from '../agents/advisor-usage.js';
import { originOfFolder } from '../agents/working-folder.js';
import { type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { type Fields, fieldsAt, fieldsOf, isFields, textAt, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { objects } from '../reading/recognise.js';
import { dollarsOf } from '../reading/stated-cost.js';
import { type DecodedUsage, decodeUsage } from '../shapes/usage-object.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import { callTime } from '../time/call-time.js';

/** Kinds of lines besides `assistant`; none of them is a call. */
const OTHER_LINES = ['user', 'system', 'summary', 'progress', 'queue-operation', 'file-history-snapshot'];
/** The model's name on lines that Claude Code made up itself, such as notices of errors. */
const SYNTHETIC = '<synthetic>';

/**
 * Session logs of Claude Code, `~/.claude/projects/<project>/<session>.jsonl`. A response is written once per block of
 * its content, with usage that may grow, and again in the logs of resumed sessions: all of them have the same id, and
 * the ledger merges them. They are an account of their own, since a subscription, not an API account, pays for them.
 * A model that advised during the response is an event of its own (`advisorUsages`).
 *
 * Classes: input, cache reads and cache writes are counted apart and add up; 5 m and 1 h writes by `cache_creation`.
 */
export const claudeCode: Source = {
  name: 'claude-code',
  title: 'Claude Code session log',
  kind: 'json',
  role: 'app',
  documentation: 'https://docs.anthropic.com/en/docs/claude-code/overview',
  account: 'claude-code',
  reads: ['timestamp', 'sessionId', 'cwd', 'requestId', 'costUSD', 'message.id', 'message.model', 'message.usage'],
  key: 'message.id; with requestId where the id is not in the form that Anthropic gives',
  recognises: objects(looksLikeSession),
  decoder: (context) => (record) => decodeSessionLine(record, context),
};

function looksLikeSession(line: Fields): boolean {
  const message = fieldsAt(line, 'message');
  const type = valueAt(line, 'type');
  if (message !== null && isFields(valueAt(message, 'usage')))
    return type === 'assistant' || Object.hasOwn(line, 'sessionId') || Object.hasOwn(line, 'requestId');
  if (typeof type !== 'string' || !OTHER_LINES.includes(type) || looksLikeQwenCode(line, message)) return false;
  return ['sessionId', 'message', 'leafUuid', 'messageId'].some((name) => Object.hasOwn(line, name));
}

/** Qwen Code's lines have the same kinds, but Gemini's messages. */
const looksLikeQwenCode = (line: Fields, message: Fields | null): boolean =>
  Object.hasOwn(line, 'systemPayload') || (message !== null && Array.isArray(valueAt(message, 'parts')));

/** @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD */
function decodeSessionLine(record: RawRecord, context: DecodeContext): Decoded {
  const line = fieldsOf(record.value, 'a session log has one JSON object per line');
  const type = valueAt(line, 'type');
  if (typeof type === 'string' && OTHER_LINES.includes(type)) return { skipped: 'not a response' };
  const message = fieldsAt(line, 'message');
  const usage = message === null ? undefined : decodeUsage(valueAt(message, 'usage'))[0];
  if (message === null || usage === undefined) return { skipped: 'no usage' };
  if (valueAt(message, 'model') === SYNTHETIC) return { skipped: 'made up by Claude Code, no call' };
  const event = eventOf(line, message, usage, context);
  return { events: [event, ...advisorEvents(event, message)] };
}

function eventOf(line: Fields, message: Fields, usage: DecodedUsage, context: DecodeContext): UsageEvent {
  const model = modelOf([valueAt(message, 'model')], 'message.model');
  return usageEvent({
    id: idOf(line, message),
    ...callTime(valueAt(line, 'timestamp'), 'timestamp', context),
    model,
    provider: providerOf(model, null),
    origin: originOfFolder(valueAt(line, 'cwd'), 'cwd'),
    agent: 'claude-code',
    session: textAt(line, 'sessionId'),
    ...figuresOf(usage),
    statedCost: dollarsOf(valueAt(line, 'costUSD'), 'costUSD'),
  });
}

const figuresOf = ({ tokens, quantities, cacheKind, mode }: DecodedUsage) => ({
  tokens,
  quantities,
  cacheKind,
  mode: mode ?? 'standard',
});

/** Ids of messages as Anthropic, Bedrock and Vertex give them: each is that of one response, and of no other. */
const UNIQUE = /^msg_(?:[a-z]+_)?[A-Za-z0-9]{20,}$/;

/**
 * The id of the message where it is unique: logs of side questions repeat the messages of their session under new
 * request ids. Else `message.id:requestId`, or whichever of the two there is.
 */
function idOf(line: Fields, message: Fields): string | null {
  const id = textOf(valueAt(message, 'id'), 'message.id');
  const request = textAt(line, 'requestId');
  if (id === null || request === null) return id ?? request;
  return UNIQUE.test(id) ? id : `${id}:${request}`;
}

/** The cost that a line states is that of the whole response; it stays with the response. */
const advisorEvents = (response: UsageEvent, message: Fields): readonly UsageEvent[] =>
  advisorUsages(valueAt(message, 'usage')).map(({ model, usage }, index) => ({
    ...response,
    id: response.id === null ? null : `${response.id}:advisor-${index}`,
    model,
    provider: providerOf(model, null),
    ...figuresOf(usage),
    statedCost: null,
  }));
