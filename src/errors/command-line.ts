/** The command line and its output. */

import { ExitCode, TokenhubError } from './tokenhub-error.js';
import { quoted } from './wording.js';

export const usageError = (message: string, command: string, cause?: unknown): TokenhubError =>
  new TokenhubError({ code: 'USAGE', message, hint: `see: tokenhub ${command}--help`, cause });

export const unknownFormat = (format: string, known: readonly string[]): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_FORMAT',
    message: `${quoted(format)} is no output format`,
    hint: `use one of: ${known.join(', ')}`,
    place: { field: '--format' },
  });

/** `endings`: those that tell a format, `.json`. */
export const unknownOutputName = (
  name: string,
  endings: readonly string[],
  formats: readonly string[],
): TokenhubError =>
  new TokenhubError({
    code: 'UNKNOWN_FORMAT',
    message: `the format of ${quoted(name)} cannot be told from its name`,
    hint: `end it in ${endings.slice(0, -1).join(', ')} or ${endings.at(-1)}, or write <format>=<file>; formats: ${formats.join(', ')}`,
    place: { field: '--output' },
  });

export const wouldOverwrite = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'WOULD_OVERWRITE',
    message: 'is the ledger, the config or an input of this command, so it is not overwritten',
    hint: 'name another file to write to',
    place: { file },
  });

export const outputTwice = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'WOULD_OVERWRITE',
    message: 'is named for two outputs, of which the second would replace the first',
    hint: 'give each output a file of its own',
    place: { file },
  });

export const wouldReplaceImported = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'WOULD_OVERWRITE',
    message: 'is a file that usage was imported from, so it is not overwritten',
    hint: 'name another file to write to',
    place: { file },
  });

export const cannotWrite = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'CANNOT_WRITE',
    message: `cannot be written: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'name a file in a folder you may write to',
    place: { file },
    cause,
  });

export const badOption = (option: string, value: unknown, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_OPTION', message: `${quoted(value)} ${why}`, hint, place: { field: option } });

/** Ctrl-C. The command says what it left. */
export const interrupted = (): TokenhubError =>
  new TokenhubError({
    code: 'INTERRUPTED',
    message: 'interrupted',
    hint: 'run the command again',
    exitCode: ExitCode.interrupted,
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

/** A file written after each change could be what changes. */
export const watchWritesNothing = (flag: '--output' | '--update-baseline'): TokenhubError =>
  new TokenhubError({
    code: 'BAD_OPTION',
    message: 'prints to the terminal, and writes no files',
    hint: `leave out ${flag}, or run the check once, without --watch`,
    place: { field: '--watch' },
  });

export const watchReadsNoPipe = (): TokenhubError =>
  new TokenhubError({
    code: 'BAD_OPTION',
    message: 'judges files again as they change, and standard input comes once',
    hint: 'name files or folders in place of -',
    place: { field: '--watch' },
  });
