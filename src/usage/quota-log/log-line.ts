/** The table `logs` of One API and of New API, which grew out of it. */

import { badField } from '../../errors.js';
import { formatDecimal } from '../../pricing/decimal.js';
import type { Amount } from '../../pricing/money.js';
import { NO_TOKENS } from '../../pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent, usageEvent } from '../event.js';
import { providerOf } from '../providers.js';
import { hasColumns } from '../reading/columns.js';
import { csvCountOf } from '../reading/count.js';
import { modelOf } from '../reading/model-name.js';
import { type Row, rowReader } from '../reading/row.js';
import { amountAt } from '../reading/stated-cost.js';
import { tagsOf } from '../reading/tags.js';
import type { Decoded, RawRecord } from '../source.js';
import { parseTime } from '../time/record-time.js';
import { NO_DETAILS, type QuotaDetails } from './details.js';
import { quotaTokens } from './tokens.js';

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

const CONSUMED = '2';
const REFUNDED = '6';
/** Other types of lines: One API has tests for 5, New API errors. */
const OTHER_TYPES: Readonly<Record<string, string>> = {
  ...{ '0': 'no type', '1': 'a top-up', '3': 'a management entry', '4': 'a system entry', '5': 'no consumption' },
};

/** Quota of one US dollar, the default of both gateways (`QuotaPerUnit`). */
const DOLLARS_PER_QUOTA = { perUnit: 2n, scale: 6 }; // 1 / 500,000 = 0.000002

/**
 * Decoder of the rows of one such table.
 *
 * @param name     of the source; ids begin with it, because both gateways number their lines from 1
 * @param details  what a row says in its column `other`
 */
export function quotaLogDecoder(name: string, details: (row: LogRow) => QuotaDetails = () => NO_DETAILS) {
  const read = rowReader(LOG_COLUMNS);
  return (record: RawRecord): Decoded => {
    const row = read(record);
    const type = String(csvCountOf(row.required('type'), row.field('type')));
    if (type !== CONSUMED && type !== REFUNDED) return { skipped: OTHER_TYPES[type] ?? 'a type of line not known' };
    const quota = quotaOf(row);
    const isRefund = type === REFUNDED || quota < 0n;
    const event = isRefund ? refundOf(row, name, quota, details(row)) : callOf(row, name, quota, details(row));
    return event === null ? { skipped: 'a refund of nothing' } : { events: [event] };
  };
}

/** A call; where the gateway counted no tokens at all, none are reported, since 0 is what it writes for "unknown" too. */
function callOf(row: LogRow, name: string, quota: bigint, details: QuotaDetails): UsageEvent {
  const counts = { input: row.count('input') ?? 0, output: row.count('output') ?? 0 };
  const isCounted = counts.input > 0 || counts.output > 0;
  return {
    ...lineOf(row, details),
    id: row.text('requestId') ?? `${name}:${idOf(row)}`,
    tokens: isCounted ? quotaTokens(row.field('input'), counts, details) : NO_TOKENS,
    quantities: details.quantities,
    cacheKind: details.cacheKind,
    status: details.status,
    latencyMs: latencyOf(row),
    statedCost: dollarsOf(row, quota),
  };
}

/** Quota given back, which lines state as a positive or a negative figure; it takes no tokens away. */
function refundOf(row: LogRow, name: string, quota: bigint, details: QuotaDetails): UsageEvent | null {
  if (quota === 0n) return null;
  return {
    ...lineOf(row, details),
    id: `${name}:${idOf(row)}`,
    charge: 'refund',
    requests: 0,
    statedCost: dollarsOf(row, quota < 0n ? quota : -quota),
  };
}

function lineOf(row: LogRow, details: QuotaDetails): UsageEvent {
  const requested = modelOf([row.cell('model')], row.field('model'));
  const model = details.upstreamModel ?? requested;
  return usageEvent({
    ...parseTime(row.required('at'), 'UTC', row.field('at')),
    model,
    provider: providerOf(model, null),
    origin: {
      ...NO_ORIGIN,
      key: row.text('key') ?? row.text('keyId'),
      user: row.text('user') ?? row.text('userId'),
      tags: tagsOf({
        ...{ channel: row.text('channel'), group: row.text('group'), ...details.tags },
        requested_model: model === requested ? null : requested,
      }),
    },
  });
}

/**
 * The second and the id: users other than administrators see ids modulo 1024, which alone are no key.
 */
const idOf = (row: LogRow): string => `${row.required('at')}:${row.required('id')}`;

function quotaOf(row: LogRow): bigint {
  const text = row.text('quota') ?? '0';
  if (!/^-?\d{1,18}(?:\.0+)?$/.test(text))
    throw badField(row.field('quota'), text, 'is no quota', 'write a whole number');
  return BigInt(text.replace(/\..*$/, ''));
}

const dollarsOf = (row: LogRow, quota: bigint): Amount => {
  const { perUnit, scale } = DOLLARS_PER_QUOTA;
  return amountAt(row.field('quota'), formatDecimal({ units: quota * perUnit, scale }), 'USD');
};

function latencyOf(row: LogRow): number | null {
  const [milliseconds, seconds] = [row.count('milliseconds'), row.count('seconds')];
  return milliseconds ?? (seconds === null ? null : seconds * 1000);
}
