/** opencode's messages, one JSON document each, or rows of its SQLite database. Both are one source. */

import { badField } from '../../errors/usage-records.js';
import { messageEvent } from '../agents/opencode-message.js';
import { columnsNamed, hasColumns, namesIn } from '../reading/columns.js';
import { type Fields, fieldsOf, isFields, valueAt } from '../reading/fields.js';
import { objects, tables } from '../reading/recognise.js';
import { decodeRows } from '../reading/row.js';
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
  recognises: objects(looksLikeMessage),
  decoder:
    (context) =>
    ({ value }) => {
      const message = fieldsOf(value, 'a message is one JSON object');
      return decodeMessage(message, { id: valueAt(message, 'id'), session: valueAt(message, 'sessionID') }, context);
    },
};

function looksLikeMessage(value: Fields): boolean {
  return ['id', 'sessionID', 'role'].every((name) => Object.hasOwn(value, name)) && isFields(valueAt(value, 'time'));
}

/** Columns of the table `message` in `opencode.db`; `data` is the message as JSON, without its id and session. */
const COLUMNS = columnsNamed(['id', 'session_id', 'time_created', 'time_updated', 'data']);

/** Rows of the table `message` of `~/.local/share/opencode/opencode.db`, which newer versions write instead of files. */
export const opencodeTable: Source = {
  ...COMMON,
  title: 'opencode database, table message',
  kind: 'table',
  reads: namesIn(COLUMNS),
  recognises: tables(
    (headers) => headers.length === namesIn(COLUMNS).length && hasColumns(headers, ...namesIn(COLUMNS)),
  ),
  decoder: decodeRows(COLUMNS, (row, context) =>
    decodeMessage(parsedData(row.cell('data')), { id: row.cell('id'), session: row.cell('session_id') }, context),
  ),
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
