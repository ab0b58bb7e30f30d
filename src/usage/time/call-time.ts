import type { TokenhubError } from '../../errors/tokenhub-error.js';
import { badField, missingField } from '../../errors/usage-records.js';
import { shown } from '../reading/fields.js';
import type { DecodeContext } from '../source.js';
import { parseTime, type RecordTime } from './record-time.js';

/**
 * When one call happened: the time its record states, else the one given for all records, else `otherwise`. A date alone
 * is no time of a call.
 *
 * @param value      the record's own time; absent, `null` and '' are not stated
 * @param field      its name in messages
 * @param otherwise  what the file tells of the time of its records, as stated; `null`: nothing
 * @throws MISSING_FIELD, BAD_FIELD at `field`
 */
export function callTime(value: unknown, field: string, context: DecodeContext, otherwise: unknown = null): RecordTime {
  const parsed = isStated(value) ? parseTime(value, context.timeZone, field) : null;
  if (parsed?.day === null) return parsed;
  if (context.at !== null) return { at: context.at, day: null, until: null };
  if (parsed !== null) throw dateAlone(field, value);
  if (isStated(otherwise)) return callTime(otherwise, field, context);
  throw missingField(field, 'give one time for all such records with --at');
}

const isStated = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** A single call whose record names its day alone: as a daily bucket it would be priced at the first tier. */
export const dateAlone = (field: string, value: unknown): TokenhubError =>
  badField(
    field,
    shown(value),
    'is a date, but one call needs a time',
    'add the time to the line, or give one for all with --at',
  );
