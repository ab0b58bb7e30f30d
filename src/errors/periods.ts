/** Periods and zones of questions. */

import { TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

export const badDate = (flag: string, value: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BAD_DATE',
    message: `${quoted(value)} is no date`,
    hint: 'write a day, 2026-10-31, or an instant, 2026-10-31T18:00 or 2026-10-31T18:00Z',
    place: { field: flag },
    cause,
  });

export const badPeriod = (value: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BAD_PERIOD',
    message: `${quoted(value)} is no period`,
    hint: 'use 2026, 2026-10, 2026-Q4, 2026-W41, 2026-10-05, 2026-10-01..2026-10-12, today, yesterday, this-week, this-month, mtd or last-month',
    place: { field: '--period' },
    cause,
  });

export const periodAndDates = (): TokenhubError =>
  new TokenhubError({
    code: 'PERIOD_AND_DATES',
    message: 'a period and dates were both given',
    hint: 'use either --period, or --from and --to',
    place: { field: '--period' },
  });

export const emptyPeriod = (from: string, to: string): TokenhubError =>
  new TokenhubError({
    code: 'EMPTY_PERIOD',
    message: `the period ends (${quoted(to)}) before it begins (${quoted(from)})`,
    hint: 'give --to a day that is not before --from; a --to with a time of day is itself not included',
    place: { field: '--to' },
  });

export const unknownTimeZone = (zone: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_TIME_ZONE',
    message: `${quoted(zone)} is no time zone`,
    hint: 'use a name of the IANA list, such as Asia/Shanghai or UTC',
    cause,
  });
