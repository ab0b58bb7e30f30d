/** When a record that was rejected happened, as far as it still tells. */

import { TokenhubError } from '../../errors/tokenhub-error.js';
import { ownField } from '../own-format/columns.js';
import { type Fields, fieldsAt, isFields, valueAt } from '../reading/fields.js';
import type { DecodeContext } from '../source.js';
import { parseTime } from './record-time.js';

/** Names of times in logs, besides those of tokenhub's own columns. */
const TIMES: ReadonlySet<string> = new Set([
  ...['time', '@timestamp', 'date', 'created', 'created_at', 'createTime', 'processed_time', 'request_created_at'],
  ...['startTime', 'start_time', 'Date', 'Start Date', 'UsageDateTime', 'ChargePeriodStart'],
]);

/** Where a log line may keep the response it wraps. */
const INSIDE = ['response', 'body', 'message', 'result'] as const;

/**
 * The instant (ms) of a record by any of its fields that names a time; `null` when none can be read, so that nothing
 * can be said of its time.
 */
export function timeOfRecord(value: unknown, context: DecodeContext): number | null {
  if (!isFields(value)) return null;
  const mapped = Object.entries(context.mapping).find(([name]) => ownField(name) === 'timestamp')?.[1];
  const names = mapped === undefined ? Object.keys(value).filter(isTime) : [mapped];
  for (const name of names) {
    const at = instantOf(valueAt(value, name), context);
    if (at !== null) return at;
  }
  return timeInside(value, context);
}

function timeInside(value: Fields, context: DecodeContext): number | null {
  for (const name of INSIDE) {
    const inner = fieldsAt(value, name);
    const at = inner === null ? null : timeOfRecord(inner, { ...context, mapping: {} });
    if (at !== null) return at;
  }
  return null;
}

const isTime = (name: string): boolean => TIMES.has(name) || ownField(name) === 'timestamp';

function instantOf(value: unknown, { timeZone }: DecodeContext): number | null {
  try {
    return parseTime(value, timeZone, 'timestamp').at;
  } catch (error) {
    if (error instanceof TokenhubError) return null; // the time may be what the record was rejected for
    throw error;
  }
}
