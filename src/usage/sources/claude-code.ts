import { badRecord, missingField } from '../../errors.js';
import { dateAlone } from '../date-alone.js';
import { NO_ORIGIN, type Origin, type UsageEvent } from '../event.js';
import { type Fields, fieldsAt, isFields, textOf, valueAt } from '../fields.js';
import { modelOf } from '../model-name.js';
import { providerOf } from '../providers.js';
import type { DecodeContext, Decoded, RawRecord, Source } from '../source.js';
import { amountAt } from '../stated-cost.js';
import { parseTime, type RecordTime } from '../time.js';
import { type DecodedUsage, decodeUsage } from '../usage-object.js';

/** Kinds of lines besides `assistant`; none of them is a call. */
const OTHER_LINES = ['user', 'system', 'summary', 'progress', 'queue-operation', 'file-history-snapshot'];
/** The model's name on lines that Claude Code made up itself, such as notices of errors. */
const SYNTHETIC = '<synthetic>';

/**
 * Session logs of Claude Code, `~/.claude/projects/<project>/<session>.jsonl`. A response is written once per block of
 * its content, with usage that may grow, and again in the logs of resumed sessions: all of them have the same id, and
 * the ledger merges them. They are an account of their own, since a subscription, not an API account, pays for them.
 */
export const claudeCode: Source = {
  name: 'claude-code',
  title: 'Claude Code session log',
  kind: 'json',
  role: 'app',
  documentation: 'https://docs.anthropic.com/en/docs/claude-code/overview',
  account: 'claude-code',
  reads: ['timestamp', 'sessionId', 'cwd', 'requestId', 'costUSD', 'message.id', 'message.model', 'message.usage'],
  key: 'message.id and requestId',
  recognises: (sample) => 'value' in sample && isFields(sample.value) && looksLikeSession(sample.value),
  decoder: (context) => (record) => decodeSessionLine(record, context),
};

function looksLikeSession(line: Fields): boolean {
  const message = fieldsAt(line, 'message');
  const type = valueAt(line, 'type');
  if (message !== null && isFields(valueAt(message, 'usage')))
    return type === 'assistant' || Object.hasOwn(line, 'sessionId') || Object.hasOwn(line, 'requestId');
  if (typeof type !== 'string' || !OTHER_LINES.includes(type)) return false;
  return ['sessionId', 'message', 'leafUuid', 'messageId'].some((name) => Object.hasOwn(line, name));
}

/** @throws BAD_RECORD, BAD_FIELD, MISSING_FIELD */
function decodeSessionLine(record: RawRecord, context: DecodeContext): Decoded {
  const line = record.value;
  if (!isFields(line)) throw badRecord('is no JSON object', 'a session log has one JSON object per line');
  const type = valueAt(line, 'type');
  if (typeof type === 'string' && OTHER_LINES.includes(type)) return { skipped: 'not a response' };
  const message = fieldsAt(line, 'message');
  const usage = message === null ? undefined : decodeUsage(valueAt(message, 'usage'))[0];
  if (message === null || usage === undefined) return { skipped: 'no usage' };
  if (valueAt(message, 'model') === SYNTHETIC) return { skipped: 'made up by Claude Code, no call' };
  return { events: [eventOf(line, message, usage, context)] };
}

function eventOf(line: Fields, message: Fields, usage: DecodedUsage, context: DecodeContext): UsageEvent {
  const time = timeOf(line, context);
  const model = modelOf([valueAt(message, 'model')], 'message.model');
  const cost = textOf(valueAt(line, 'costUSD'), 'costUSD');
  return {
    id: idOf(line, message),
    ...time,
    model,
    provider: providerOf(model, null),
    account: null,
    origin: originOf(line),
    agent: 'claude-code',
    session: textOf(valueAt(line, 'sessionId'), 'sessionId'),
    requests: 1,
    tokens: usage.tokens,
    quantities: usage.quantities,
    cacheKind: usage.cacheKind,
    mode: usage.mode ?? 'standard',
    tierUpTo: null,
    charge: 'usage',
    plan: null,
    counter: null,
    status: null,
    latencyMs: null,
    statedCost: cost === null ? null : amountAt('costUSD', cost, 'USD'),
  };
}

/** `message.id:requestId`, or whichever of the two there is. */
function idOf(line: Fields, message: Fields): string | null {
  const ids = [textOf(valueAt(message, 'id'), 'message.id'), textOf(valueAt(line, 'requestId'), 'requestId')];
  const known = ids.filter((id) => id !== null);
  return known.length === 0 ? null : known.join(':');
}

function timeOf(line: Fields, context: DecodeContext): RecordTime {
  const time = valueAt(line, 'timestamp');
  const isStated = time !== undefined && time !== null && time !== '';
  const parsed = isStated ? parseTime(time, context.timeZone, 'timestamp') : null;
  if (parsed?.day === null) return parsed;
  if (context.at === null && isStated) throw dateAlone('timestamp', time);
  if (context.at === null) throw missingField('timestamp', 'give one time for all such lines with --at');
  return { at: context.at, day: null, until: null };
}

/** The project is the last part of the working directory, of Windows paths too. */
function originOf(line: Fields): Origin {
  const path = textOf(valueAt(line, 'cwd'), 'cwd');
  const project =
    path
      ?.split(/[\\/]/)
      .filter((part) => part !== '')
      .at(-1) ?? null;
  return { ...NO_ORIGIN, path, project };
}
