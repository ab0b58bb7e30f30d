/** opencode's messages, one JSON document each, or rows of its SQLite database. Both are one source. */

import { badField, badRecord } from '../../errors.js';
import { messageEvent } from '../agents/opencode-message.js';
import { type Fields, isFields, valueAt } from '../reading/fields.js';
import type { DecodeContext, Decoded, Source } from '../source.js';

const COMMON = {
  name: 'opencode',
  role: 'app',
  documentation: 'https://opencode.ai/docs',
  account: 'opencode',
  key: 'id of the message',
} as const;

/**
 * Message files, `~/.local/share/opencode/storage/message/<session>/<message>.json`: `{ id, sessionID, role, time:
 * { created, completed }, modelID, providerID, tokens: { input, output, reasoning, cache: { read, write } }, cost }`.
 * Classes and cost: `messageEvent`.
 */
export const opencodeJson: Source = {
  ...COMMON,
  title: 'opencode message',
  kind: 'json',
  reads: ['id', 'sessionID', 'role', 'time', 'modelID', 'providerID', 'tokens', 'cost', 'path.cwd'],
  recognises: (sample) => 'value' in sample && isFields(sample.value) && looksLikeMessage(sample.value),
  decoder:
    (context) =>
    ({ value }) => {
      if (!isFields(value)) throw badRecord('is no JSON object', 'a message is one JSON object');
      return decodeMessage(value, { id: valueAt(value, 'id'), session: valueAt(value, 'sessionID') }, context);
    },
};

const looksLikeMessage = (value: Fields): boolean =>
  ['id', 'sessionID', 'role'].every((name) => Object.hasOwn(value, name)) && isFields(valueAt(value, 'time'));

/** Columns of the table `message` in `opencode.db`; `data` is the message as JSON, without its id and session. */
const COLUMNS = ['id', 'session_id', 'time_created', 'time_updated', 'data'];

/** Rows of the table `message` of `~/.local/share/opencode/opencode.db`, which newer versions write instead of files. */
export const opencodeTable: Source = {
  ...COMMON,
  title: 'opencode database, table message',
  kind: 'table',
  reads: COLUMNS,
  recognises: (sample) =>
    'columns' in sample &&
    sample.columns.length === COLUMNS.length &&
    COLUMNS.every((name) => sample.columns.includes(name)),
  decoder:
    (context) =>
    ({ value }) => {
      if (!isFields(value)) throw badRecord('is no row', 'name the database: tokenhub import opencode.db');
      const place = { id: valueAt(value, 'id'), session: valueAt(value, 'session_id') };
      return decodeMessage(parsedData(valueAt(value, 'data')), place, context);
    },
};

function parsedData(data: unknown): Fields {
  const message = typeof data === 'string' ? parsed(data) : null;
  if (isFields(message)) return message;
  throw badField('data', 'data', 'is no message in JSON', 'import the database as opencode wrote it');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // said by the caller, without the text, which may hold a prompt
  }
}

function decodeMessage(message: Fields, place: Parameters<typeof messageEvent>[1], context: DecodeContext): Decoded {
  const event = messageEvent(message, place, context);
  return event === null ? { skipped: 'not a response with usage' } : { events: [event] };
}
