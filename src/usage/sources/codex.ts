import { originOfFolder } from '../agents/working-folder.js';
import { type CodexRequest, readAdvance, readCompaction, readRequest } from '../codex/compaction.js';
import {
  type CodexSession,
  isCopied,
  modeOfSession,
  openSession,
  readSessionMeta,
  readSettings,
  readTurn,
} from '../codex/session.js';
import {
  classesOf,
  hasFallen,
  sameTotals,
  type Totals,
  totalsAt,
  totalsKey,
  usedBetween,
  usesNothing,
} from '../codex/totals.js';
import { usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { type Fields, fieldsAt, fieldsOf, isFields, textAt, textOf, valueAt } from '../reading/fields.js';
import { modelOf } from '../reading/model-name.js';
import { objects } from '../reading/recognise.js';
import type { DecodeContext, Decoded, Source } from '../source.js';
import { callTime } from '../time/call-time.js';
import type { RecordTime } from '../time/record-time.js';

const LINES = ['session_meta', 'turn_context', 'event_msg', 'response_item', 'compacted', 'token_usage_record'];

/**
 * Session logs of Codex CLI, `~/.codex/sessions/<y>/<m>/<d>/rollout-<time>-<session>.jsonl`. An `event_msg` of type
 * `token_count` states what the session has used so far; usage is the difference to the line before. A total that is
 * repeated is no usage. One that falls began anew: then the last response's own figures count, else the total from 0. The
 * first total of a file also counts as its response, since a file may continue a session that began elsewhere.
 *
 * Classes: input includes cached input and cache writes, which are subtracted; output includes reasoning.
 * Key: the session and its running total. A fork repeats its parent's history at its beginning: that is skipped, and
 * counted where the parent's log is imported. Responses without totals have no key of their own. A compaction that no
 * total counts has its response id (`compaction.ts`).
 */
export const codex: Source = {
  name: 'codex',
  title: 'Codex CLI session log',
  kind: 'json',
  role: 'app',
  documentation: 'https://github.com/openai/codex',
  account: 'codex',
  reads: [
    ...['timestamp', 'session_meta.id', 'session_meta.model_provider', 'session_meta.cwd', 'turn_context.model'],
    ...['token_count.info.total_token_usage', 'token_count.info.last_token_usage'],
    ...['token_usage_record.usage', 'compacted.compaction_response_id'],
    'thread_settings_applied.thread_settings.service_tier',
  ],
  key: 'session and running total of its tokens',
  recognises: objects(looksLikeRollout),
  keepsState: true,
  decoder: (context) => {
    const session = openSession(context.file.name);
    return (record) => {
      return decodeLine(session, fieldsOf(record.value, 'a session log has one JSON object per line'), context);
    };
  },
};

function looksLikeRollout(line: Fields): boolean {
  return LINES.includes(String(valueAt(line, 'type'))) && isFields(valueAt(line, 'payload'));
}

/** @throws BAD_FIELD, MISSING_FIELD */
function decodeLine(session: CodexSession, line: Fields, context: DecodeContext): Decoded {
  const payload = fieldsAt(line, 'payload') ?? {};
  const type = valueAt(line, 'type');
  const kind = type === 'event_msg' ? valueAt(payload, 'type') : type;
  if (kind === 'token_count') return decodeTokenCount(session, line, payload, context);
  if (type === 'token_usage_record') return decodeRequest(session, line, payload, context);
  if (type === 'compacted') return decodeCompaction(session, payload);
  if (kind === 'session_meta') readSessionMeta(session, line, payload);
  if (kind === 'turn_context') readTurn(session, payload);
  if (kind === 'thread_settings_applied') readSettings(session, payload);
  return { skipped: 'not a response' };
}

function decodeTokenCount(session: CodexSession, line: Fields, payload: Fields, context: DecodeContext): Decoded {
  const info = fieldsAt(payload, 'info');
  if (info === null) return { skipped: 'no usage' };
  const [total, last] = [totalsAt(info, 'total_token_usage'), totalsAt(info, 'last_token_usage')];
  session.model = valueAt(info, 'model') ?? valueAt(payload, 'model') ?? session.model;
  if (total !== null && session.totals !== null && sameTotals(total, session.totals))
    return { skipped: 'repeats the total before' };
  const used = usedBy(session, total, last);
  if (used === null || usesNothing(used)) return { skipped: 'no usage' };
  readAdvance(session.compaction, used, total);
  const time = callTime(valueAt(line, 'timestamp'), 'timestamp', context);
  if (isCopied(session, time.at)) return { skipped: COPIED };
  return { events: [eventOf(session, { id: total === null ? null : idOf(session, total), used, time })] };
}

function decodeRequest(session: CodexSession, line: Fields, payload: Fields, context: DecodeContext): Decoded {
  const id = textAt(payload, 'response_id');
  const used = totalsAt(payload, 'usage');
  if (id === null || used === null || usesNothing(used)) return { skipped: 'no usage' };
  const time = callTime(valueAt(line, 'timestamp'), 'timestamp', context);
  if (isCopied(session, time.at)) return { skipped: COPIED };
  const total = totalsAt(payload, 'thread_token_usage');
  const request = { id, used, total, time, model: valueAt(payload, 'model') ?? session.model };
  return compactionOf(session, readRequest(session.compaction, request));
}

function decodeCompaction(session: CodexSession, payload: Fields): Decoded {
  const id = textAt(payload, 'compaction_response_id');
  return compactionOf(session, id === null ? null : readCompaction(session.compaction, id));
}

const compactionOf = (session: CodexSession, request: CodexRequest | null): Decoded =>
  request === null ? { skipped: 'not a response' } : { events: [eventOf(session, request)] };

const COPIED = 'history of the session it was forked from';

/** What the response used; the session's total becomes the one just read. */
function usedBy(session: CodexSession, total: Totals | null, last: Totals | null): Totals | null {
  if (total === null) return last;
  const before = session.totals;
  session.totals = total;
  if (before === null) return last ?? total;
  if (!hasFallen(total, before)) return usedBetween(before, total);
  session.restarts++;
  return last ?? total;
}

interface Response {
  readonly id: string | null;
  readonly used: Totals;
  readonly time: RecordTime;
  /** Where it is not that of the turn. */
  readonly model?: unknown;
}

function eventOf(session: CodexSession, { id, used, time, model: stated }: Response) {
  const model = modelOf([stated, session.model], 'turn_context.model');
  return usageEvent({
    id,
    ...time,
    model,
    provider: providerOf(model, textOf(session.provider, 'session_meta.model_provider')),
    origin: originOfFolder(session.folder, 'cwd'),
    agent: 'codex',
    session: session.id,
    tokens: classesOf(used),
    mode: modeOfSession(session),
  });
}

const idOf = ({ id, restarts }: CodexSession, total: Totals): string =>
  [id, ...(restarts === 0 ? [] : [`restart-${restarts}`]), totalsKey(total)].join(':');
