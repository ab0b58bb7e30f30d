/**
 * The one error class of tokenhub and the named functions that make it.
 * Every error has a public code, a lower-case message that says what happened, where it happened, and a hint: what to
 * type next. Codes may be added, never renamed. This file stands beside the rooms: any of them may import it.
 */

/** Where in the user's own material an error lies. `line` counts from 1. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly field?: string;
}

/** What the process answers with; the contract is in `docs/decisions.md`. */
export const ExitCode = { ok: 0, breached: 1, userError: 2, noHonestAnswer: 3, bug: 70, interrupted: 130 } as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly place?: Place;
  readonly exitCode?: ExitCode;
  readonly cause?: unknown;
}

export class TokenhubError extends Error {
  readonly code: string;
  readonly hint: string;
  readonly place: Place;
  readonly exitCode: ExitCode;

  constructor({ code, message, hint, place = {}, exitCode = ExitCode.userError, cause }: ErrorFacts) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'TokenhubError';
    this.code = code;
    this.hint = hint;
    this.place = place;
    this.exitCode = exitCode;
  }

  /** The same error with facts about its place added; facts already known stay. */
  at(place: Place): TokenhubError {
    const { code, message, hint, exitCode } = this;
    return new TokenhubError({ code, message, hint, exitCode, place: { ...place, ...this.place }, cause: this });
  }
}

/** `file:line: field`, as much of it as is known; `''` when nothing is. */
export const placeText = ({ file, line, field }: Place): string =>
  [file === undefined ? '' : line === undefined ? file : `${file}:${line}`, field ?? '']
    .filter((part) => part !== '')
    .join(': ');

/** A value as it may stand in a message: quoted, control characters escaped, cut at 60 characters. */
export function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  const cut = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return `"${cut.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069"\\]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)}"`;
}

// --- rows and fields of usage files -----------------------------------------------------------------------------

export const badField = (field: string, value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_FIELD', message: `${quoted(value)} ${why}`, hint, place: { field } });

export const missingField = (field: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'MISSING_FIELD', message: 'is missing', hint, place: { field } });

export const badRecord = (why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_RECORD', message: why, hint });

// --- the command line -------------------------------------------------------------------------------------------

export const usageError = (message: string, command: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'USAGE', message, hint: `see: tokenhub ${command}--help`, cause });

export const unknownFormat = (format: string, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_FORMAT',
    message: `${quoted(format)} is no output format`,
    hint: `use one of: ${known.join(', ')}`,
    place: { field: '--format' },
  });

export const cannotWrite = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'CANNOT_WRITE',
    message: `cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'name another file with --output',
    place: { file },
    cause,
  });

export const badOption = (option: string, value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_OPTION', message: `${quoted(value)} ${why}`, hint, place: { field: option } });

// --- periods and zones of questions -----------------------------------------------------------------------------

export const badDate = (flag: string, value: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BAD_DATE',
    message: `${quoted(value)} is no date`,
    hint: 'write a day, 2026-10-31, or an instant, 2026-10-31T18:00 or 2026-10-31T18:00Z',
    place: { field: flag },
    cause,
  });

export const badPeriod = (value: string): TokenhubError =>
  new TokenhubError({
    code: 'BAD_PERIOD',
    message: `${quoted(value)} is no period`,
    hint: 'use 2026, 2026-10, 2026-Q4, 2026-W41, 2026-10-05, today, yesterday, this-week, this-month, mtd or last-month',
    place: { field: '--period' },
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

export const unknownTimeZone = (zone: string): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_TIME_ZONE',
    message: `${quoted(zone)} is no time zone`,
    hint: 'use a name of the IANA list, such as Asia/Shanghai or UTC',
  });

// --- unit rules as a ledger keeps them --------------------------------------------------------------------------

export const damagedRules = (why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'DAMAGED_RULES',
    message: `the rules kept in the ledger cannot be read: ${why}`,
    hint: 'run: tokenhub units --apply',
    cause,
  });

/** An error nobody foresaw: exit code 70. */
export const bug = (cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BUG',
    message: cause instanceof Error ? cause.message : String(cause),
    hint: 'this is a defect of tokenhub; please report it with the lines below',
    exitCode: ExitCode.bug,
    cause,
  });
