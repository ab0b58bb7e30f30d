import { badField, type TokenhubError } from '../../errors.js';
import { shown } from '../reading/fields.js';

/** A single call whose record names its day alone: as a daily bucket it would be priced at the first tier. */
export const dateAlone = (field: string, value: unknown): TokenhubError =>
  badField(
    field,
    shown(value),
    'is a date, but one call needs a time',
    'add the time to the line, or give one for all with --at',
  );
