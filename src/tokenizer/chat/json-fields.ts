/** Reading fields of a request; errors name the field and never quote its value, which may be a prompt. */

import type { TokenhubError } from '../../errors/tokenhub-error.js';
import { badRecord } from '../../errors/usage-records.js';
import { isRecord, type JsonRecord } from '../json-record.js';

export const badShape = (field: string, why: string): TokenhubError =>
  badRecord(why, 'write the request as the API takes it: { "model", "messages": [{ "role", "content" }] }').at({
    field,
  });

export function objectAt(value: unknown, field: string): JsonRecord {
  if (isRecord(value)) return value;
  throw badShape(field, `is ${kindOf(value)}, not an object`);
}

function arrayAt(value: unknown, field: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw badShape(field, `is ${kindOf(value)}, not an array`);
}

export function textAt(value: unknown, field: string): string {
  if (typeof value === 'string') return value;
  throw badShape(field, `is ${kindOf(value)}, not a text`);
}

/** `fallback` when the field is missing or null. */
export const textOr = <T>(value: unknown, field: string, fallback: T): string | T =>
  value === undefined || value === null ? fallback : textAt(value, field);

export const listOr = (value: unknown, field: string): readonly unknown[] =>
  value === undefined || value === null ? [] : arrayAt(value, field);

/** A whole number from 1, or nothing. */
export function countOr(value: unknown, field: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= 2 ** 28) return value;
  throw badShape(field, 'is no whole number from 1 to 268435456');
}

const KINDS: Readonly<Record<string, string>> = {
  array: 'an array',
  object: 'an object',
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

const kindOf = (value: unknown): string =>
  value === undefined ? 'missing' : value === null ? 'null' : KINDS[Array.isArray(value) ? 'array' : typeof value]!;
