/** Cells of Parquet files as text: what hyparquet would round (decimals, times) is made from the raw values. */

import type { SchemaElement, SchemaTree } from 'hyparquet';
import { badField } from '../errors/usage-records.js';
import { formatFixed } from '../pricing/decimal.js';
import { plainNumber } from './plain-number.js';

/**
 * The schema with what the bytes mean left out, so that values come as they are stored: numbers, bigints, bytes; and
 * texts, which are decoded once per dictionary entry.
 */
export const rawSchema = (schema: readonly SchemaElement[]): SchemaElement[] =>
  schema.map((element) => {
    if (element.type === undefined) return element;
    const { converted_type: _, logical_type: __, ...raw } = element;
    return element.type === 'BYTE_ARRAY' && !isDecimal(element) ? { ...raw, converted_type: 'UTF8' } : raw;
  });

/** @throws BAD_FIELD */
export function cellText(value: unknown, column: SchemaTree): string {
  if (value === null || value === undefined) return '';
  if (column.children.length > 0 || column.element.repetition_type === 'REPEATED')
    return JSON.stringify(plainValue(value, column));
  return leafText(value, column.element);
}

const isDecimal = ({ converted_type, logical_type }: SchemaElement): boolean =>
  converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL';

function leafText(value: unknown, element: SchemaElement): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isDecimal(element)) return decimalText(value, element);
  if (element.type === 'INT96') return timeText(value as bigint, 1_000_000_000n, 'Z', element);
  if (typeof value === 'bigint') return bigintText(value, element);
  if (typeof value === 'number') return numberText(value, element);
  return value instanceof Uint8Array ? bytesText(value, element) : String(value);
}

function decimalText(value: unknown, element: SchemaElement): string {
  const { logical_type: logical } = element;
  const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0) ?? 0;
  if (scale < 0 || scale > 1000)
    throw badField(element.name, `scale ${scale}`, 'is no scale of a decimal', 'export it as CSV');
  const units = value instanceof Uint8Array ? signed(value) : BigInt(value as number | bigint);
  return formatFixed(units, scale);
}

/** Big endian, two's complement. */
const signed = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));

const UNITS = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const;

function bigintText(value: bigint, element: SchemaElement): string {
  const { converted_type: converted, logical_type: logical } = element;
  if (logical?.type === 'TIMESTAMP')
    return timeText(value, UNITS[logical.unit], logical.isAdjustedToUTC ? 'Z' : '', element);
  if (converted === 'TIMESTAMP_MILLIS') return timeText(value, UNITS.MILLIS, 'Z', element);
  if (converted === 'TIMESTAMP_MICROS') return timeText(value, UNITS.MICROS, 'Z', element);
  return String(isUnsigned(element) ? BigInt.asUintN(64, value) : value);
}

function numberText(value: number, element: SchemaElement): string {
  const { converted_type: converted, logical_type: logical, type } = element;
  if (converted === 'DATE' || logical?.type === 'DATE')
    return timeText(BigInt(value) * 86_400n, 1n, '', element).slice(0, -9);
  if (type === 'FLOAT') return plainNumber(shortestFloat(value));
  if (type === 'INT32' && isUnsigned(element)) return String(value >>> 0);
  return plainNumber(value);
}

const isUnsigned = ({ converted_type: converted, logical_type: logical }: SchemaElement): boolean =>
  converted?.startsWith('UINT_') === true || (logical?.type === 'INTEGER' && !logical.isSigned);

function bytesText(bytes: Uint8Array, { logical_type: logical }: SchemaElement): string {
  const hex = Buffer.from(bytes).toString('hex');
  return logical?.type === 'UUID' ? hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') : hex;
}

/** The double of fewest digits that is this float of 32 bits: 0.1, not 0.10000000149011612. */
function shortestFloat(value: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

/** Largest distance from 1970 that a date can have, seconds. */
const LAST_SECOND = 8_640_000_000_000n;

/**
 * ISO 8601 with as many decimals as needed.
 *
 * @param unit  parts of a second that `value` counts
 */
function timeText(value: bigint, unit: bigint, zone: 'Z' | '', { name }: SchemaElement): string {
  const part = ((value % unit) + unit) % unit;
  const second = (value - part) / unit;
  if (second < -LAST_SECOND || second > LAST_SECOND)
    throw badField(name, `${value}`, 'is no time', 'export the column as text');
  const whole = new Date(Number(second) * 1000).toISOString().slice(0, -5);
  const fraction =
    part === 0n
      ? ''
      : `.${part
          .toString()
          .padStart(unit.toString().length - 1, '0')
          .replace(/0+$/, '')}`;
  return `${whole}${fraction}${zone}`;
}

/** What stands in JSON for a value: texts for whole numbers beyond 2^53 and for decimals. */
function plainValue(value: unknown, column: SchemaTree): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const element = elementOf(column);
    return value.map((item) => plainValue(item, element));
  }
  if (column.children.length === 0) return plainLeaf(value, column.element);
  const parts = Object.entries(value as object);
  const map = mapValueOf(column);
  const childOf = (key: string) => map ?? column.children.find((child) => child.element.name === key) ?? column;
  return Object.fromEntries(parts.map(([key, part]) => [key, plainValue(part, childOf(key))]));
}

function plainLeaf(value: unknown, element: SchemaElement): unknown {
  if (typeof value === 'boolean') return value;
  const text = leafText(value, element);
  if (typeof value === 'string' || isDecimal(element)) return text;
  const number = Number(text);
  const isExact = String(number) === text && (Number.isSafeInteger(number) || !Number.isInteger(number));
  return isExact && Number.isFinite(number) ? number : text;
}

/** Of a list: what it is a list of. A list is a group that repeats, of an element. */
function elementOf(column: SchemaTree): SchemaTree {
  if (column.element.converted_type !== 'LIST') return column;
  const [repeated] = column.children;
  return repeated?.children.length === 1 ? repeated.children[0]! : (repeated ?? column);
}

/** Of a map: its values' type; `null`: it is none. */
const mapValueOf = ({ element, children: [entry] }: SchemaTree): SchemaTree | null =>
  element.converted_type === 'MAP' ? (entry?.children[1] ?? null) : null;
