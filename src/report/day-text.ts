/** The days of a cell or a view: one, `2026-08-05`, or a first and a last one, `2026-08-01..2026-08-31`. */

import { Temporal } from 'temporal-polyfill';

/** First and last day, `YYYY-MM-DD`, both included. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

/** @example daySpan('2026-08-05') // { first: '2026-08-05', last: '2026-08-05' } */
export function daySpan(days: string): DaySpan {
  const at = days.indexOf('..');
  return at < 0 ? { first: days, last: days } : { first: days.slice(0, at), last: days.slice(at + 2) };
}

export const isRange = (days: string): boolean => days.includes('..');

/** Every calendar day of a span. */
export function daysOfSpan({ first, last }: DaySpan): string[] {
  if (first === last) return [first];
  const end = Temporal.PlainDate.from(last);
  const days: string[] = [];
  for (let day = Temporal.PlainDate.from(first); Temporal.PlainDate.compare(day, end) <= 0; day = day.add({ days: 1 }))
    days.push(day.toString());
  return days;
}
