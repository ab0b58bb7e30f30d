/** Dates such as `4/1/25`, which may be in April or in January: read only where their row proves the order. */

import { badField } from '../../errors/usage-records.js';
import { remembered } from '../reading/remembered.js';
import { parseTime, type RecordTime } from './record-time.js';

export type DateOrder = 'month first' | 'day first';

const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/;
const ORDERS: readonly DateOrder[] = ['month first', 'day first'];

/**
 * The order of the dates of a row, as far as its billing period proves it: the one in which both dates exist and the
 * period is not over before it begins, or, of two such, the one in which it is whole months, since `4/1/25` to `5/1/25`
 * would else be a billing period of one day. `null`: they prove nothing, or are not written that way.
 *
 * @param start  first day of the billing period
 * @param end    its end, exclusive, or its last day
 */
export const dateOrder = (start: string, end: string): DateOrder | null => provenOrder(start, end).order;

const provenOrder = remembered((start: string, end: string) => ({ order: orderOf(start, end) }));

function orderOf(start: string, end: string): DateOrder | null {
  const possible = ORDERS.filter((order) => isPeriod(start, end, order));
  const monthly = possible.filter((order) => isWholeMonths(start, end, order));
  const left = possible.length > 1 ? monthly : possible;
  return left.length === 1 ? left[0]! : null;
}

function isPeriod(start: string, end: string, order: DateOrder): boolean {
  const [from, to] = [dateAt(start, order), dateAt(end, order)];
  return from !== null && to !== null && from < to;
}

function isWholeMonths(start: string, end: string, order: DateOrder): boolean {
  const [from, to] = [dateAt(start, order)!, dateAt(end, order)!];
  return new Date(from).getUTCDate() === 1 && [to, to + DAY_MS].some((at) => new Date(at).getUTCDate() === 1);
}

const DAY_MS = 86_400_000;

/** ms since 1970 UTC; `null` when it is no date in this order. */
function dateAt(text: string, order: DateOrder): number | null {
  const parts = SLASHED.exec(text.trim());
  if (parts === null) return null;
  const [month, day] = (order === 'month first' ? [parts[1], parts[2]] : [parts[2], parts[1]]).map(Number);
  const at = Date.UTC(yearOf(parts[3]!), month! - 1, day!);
  const date = new Date(at);
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day ? at : null;
}

const yearOf = (text: string): number => (text.length === 2 ? 2000 : 0) + Number(text);

/**
 * A time of a bill: as `parseTime` in UTC, and a slashed date in the order that its row proves.
 *
 * @throws BAD_FIELD at `field` when it is no time, or the order is not proven
 */
export function billTime(value: unknown, order: DateOrder | null, field: string): RecordTime {
  if (typeof value !== 'string' || order === null) return parseTime(value, 'UTC', field);
  const at = dateAt(value, order);
  if (at !== null) return parseTime(new Date(at).toISOString().slice(0, 10), 'UTC', field);
  if (SLASHED.test(value.trim())) throw badField(field, value, `is no date with the ${order}`, 'write 2026-10-31');
  return parseTime(value, 'UTC', field);
}
