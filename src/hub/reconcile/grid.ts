/** The cells of time that recordings are compared by: hours, days, or the whole time where a bill tells no finer. */

import { localDateAt, startOfDay } from '../../usage/time/time-zone.js';
import type { CallRecord } from './call-record.js';

export type GridName = 'hour' | 'day' | 'period';

/** Cells are numbers that ascend with time; a cell ends `size` after it begins. */
export interface Grid {
  readonly name: GridName;
  readonly size: number;
  readonly cellOf: (record: Pick<CallRecord, 'at' | 'day'>) => number;
  /** The first cell that begins at an instant or after it. */
  readonly cellFrom: (at: number) => number;
  /** `2026-10-01T15:00Z`, or a date of the calendar its buckets are of. */
  readonly textOf: (cell: number) => string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A day on which clocks change has 25 hours. */
const LONGEST_DAY_MS = 25 * HOUR_MS;

/** The finest grid that every record fits: buckets are never split. */
export function finestGrid(records: Iterable<CallRecord>): GridName {
  let longest = 0;
  for (const { at, until } of records) if (until !== null && until - at > longest) longest = until - at;
  return longest <= HOUR_MS ? 'hour' : longest <= LONGEST_DAY_MS ? 'day' : 'period';
}

/**
 * A grid for records.
 *
 * @param timeZone  of days, where no record is a day of its issuer's own calendar
 */
export function gridOf(name: GridName, records: readonly CallRecord[], timeZone: string): Grid {
  if (name === 'hour') return hours;
  return name === 'day' ? daysOf(records, timeZone) : wholeOf(records);
}

const floor = (value: number, step: number): number => Math.floor(value / step) * step;

const hours: Grid = {
  name: 'hour',
  size: HOUR_MS,
  cellOf: ({ at }) => floor(at, HOUR_MS),
  cellFrom: (at) => -floor(-at, HOUR_MS),
  textOf: (cell) => `${new Date(cell).toISOString().slice(0, 16)}Z`,
};

/** Cells are dates as if they were UTC. Of daily buckets the date is the issuer's; instants are put into its days. */
function daysOf(records: readonly CallRecord[], timeZone: string): Grid {
  const dated = records.find(({ day }) => day !== null);
  const shift = dated === undefined ? null : Date.parse(dated.day!) - dated.at;
  const dayAt = (at: number): number => {
    if (shift !== null) return floor(at + shift, DAY_MS);
    const { year, month, day } = localDateAt(at, timeZone);
    return Date.UTC(year, month - 1, day);
  };
  const startsDay = (at: number): boolean =>
    shift === null ? startOfDay(localDateAt(at, timeZone), timeZone) === at : (at + shift) % DAY_MS === 0;
  return {
    name: 'day',
    size: DAY_MS,
    cellOf: ({ at, day }) => (day === null ? dayAt(at) : Date.parse(day)),
    cellFrom: (at) => dayAt(at) + (startsDay(at) ? 0 : DAY_MS),
    textOf: (cell) => new Date(cell).toISOString().slice(0, 10),
  };
}

/** One cell: from the first to the last instant of the longest buckets. */
function wholeOf(records: readonly CallRecord[]): Grid {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { at, until } of records) {
    if (until === null || until - at <= LONGEST_DAY_MS) continue;
    from = Math.min(from, at);
    to = Math.max(to, until);
  }
  const textOf = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
  return {
    name: 'period',
    size: to - from,
    cellOf: ({ at }) => (at < from ? from - 1 : at >= to ? to : from),
    cellFrom: (at) => (at <= from ? from : to),
    textOf: () => `${textOf(from)} to ${textOf(to)}`,
  };
}
