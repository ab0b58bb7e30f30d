/** Reading untrusted records: own properties only, and text that is safe to keep and to print. */

import { badField, badRecord } from '../../errors/usage-records.js';

/** A JSON object, or a CSV row by header name. Read it with `valueAt`: its keys come from outside. */
export type Fields = Readonly<Record<string, unknown>>;

/** Longest text kept of a record, in UTF-16 units. */
const TEXT_LIMIT = 1000;
/** C0, DEL, C1, line separators, bidirectional overrides and lone surrogates: what may never reach a terminal or a key. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record that must be an object. Throws BAD_RECORD with the hint. */
export function fieldsOf(value: unknown, hint: string): Fields {
  if (!isFields(value)) throw badRecord('is no JSON object', hint);
  return value;
}

/** The record's own value; `undefined` for everything inherited. */
export const valueAt = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** The object under `name`; `null` when there is none. */
export function fieldsAt(fields: Fields, name: string): Fields | null {
  const value = valueAt(fields, name);
  return isFields(value) ? value : null;
}

/** A value as an error may quote it: never a whole structure, which may be deep enough to exhaust the stack. */
export const shown = (value: unknown): unknown =>
  Array.isArray(value) ? 'a list' : typeof value === 'object' && value !== null ? 'an object' : value;

/**
 * A value as trimmed text; `null` when it is absent or empty.
 *
 * @throws BAD_FIELD for objects and lists, for text longer than `limit` and for control characters
 */
export function textOf(value: unknown, field: string, limit: number = TEXT_LIMIT): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' && value.length <= limit && isPlain(value)) return value;
  if (typeof value === 'object') throw badField(field, shown(value), 'is no text', 'write one text there');
  const text = String(value).trim();
  if (text === '') return null;
  if (text.length > limit) throw badField(field, text, `is longer than ${limit} characters`, 'shorten it');
  if (UNSAFE.test(text)) throw badField(field, text, 'has control characters', 'remove them');
  return text;
}

/** The text under `name`; `null` when it is absent or empty. Throws BAD_FIELD. */
export const textAt = (fields: Fields, name: string): string | null => textOf(valueAt(fields, name), name);

/** Printable ASCII without a blank at either end: what nearly every name and id is, and what needs no further look. */
function isPlain(text: string): boolean {
  const { length } = text;
  if (length === 0 || text.charCodeAt(0) === 0x20 || text.charCodeAt(length - 1) === 0x20) return false;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code > 0x7e) return false;
  }
  return true;
}

/** As `textOf`, but an object or a list is somebody else's field of that name and counts as absent. */
export const scalarTextOf = (value: unknown, field: string): string | null =>
  typeof value === 'object' ? null : textOf(value, field);

/** `true` or `false`, in JSON or as text; absent is false. Throws BAD_FIELD. */
export function isTrue(value: unknown, field: string): boolean {
  const text = textOf(value, field)?.toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false')
    throw badField(field, shown(value), 'is neither true nor false', 'export it again');
  return text === 'true';
}
