import { hasColumns } from '../reading/columns.js';
import type { Row } from '../reading/row.js';

/** Columns of the table, by our names for them. */
export const LOG_COLUMNS = {
  id: ['id'],
  requestId: ['request_id'],
  at: ['created_at'],
  type: ['type'],
  user: ['username'],
  userId: ['user_id'],
  key: ['token_name'],
  keyId: ['token_id'],
  model: ['model_name'],
  quota: ['quota'],
  input: ['prompt_tokens'],
  output: ['completion_tokens'],
  seconds: ['use_time'],
  milliseconds: ['elapsed_time'],
  channel: ['channel_id', 'channel'],
  group: ['group'],
  other: ['other'],
} as const;
export type LogRow = Row<keyof typeof LOG_COLUMNS>;

/** True for the columns of a gateway; New API alone has `other`. */
export function hasLogColumns(headers: readonly string[], gateway: 'new-api' | 'one-api'): boolean {
  const tokens = ['prompt_tokens', 'completion_tokens', 'quota'];
  const isLog = hasColumns(headers, 'created_at', 'type', 'model_name', 'token_name', ...tokens);
  return isLog && hasColumns(headers, 'other') === (gateway === 'new-api');
}
