/** The ledger, and the unit rules it keeps. */

import { TokenhubError } from './tokenhub-error.js';

export const damagedRules = (why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'DAMAGED_RULES',
    message: `the rules kept in the ledger cannot be read: ${why}`,
    hint: 'run: tokenhub units --apply',
    cause,
  });

/** `problem`: what is wrong with better-sqlite3; `command`: the one command that mends it. */
export const driverMissing = (problem: string, command: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'DRIVER_MISSING',
    message: `the SQLite driver better-sqlite3 ${problem}; commands that use a ledger need it`,
    hint: `run: ${command}`,
    cause,
  });

export const ledgerMissing = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_MISSING',
    message: 'there is no ledger here',
    hint: 'create one: tokenhub import <files...>',
    place: { file: path },
  });

export const ledgerForeign = (path: string): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_FOREIGN',
    message: 'is an SQLite file of another program and was left untouched',
    hint: 'name another file with --ledger',
    place: { file: path },
  });

export const ledgerBroken = (path: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_BROKEN',
    message: `is not a usable ledger: ${why}`,
    hint: 'name another file with --ledger, or restore this one from a backup',
    place: { file: path },
    cause,
  });

/** `version` is the file's, `known` the latest this program can read. */
export const ledgerNewer = (path: string, version: number, known: number): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_NEWER',
    message: `was written by a newer tokenhub (schema ${version}; this one knows up to ${known})`,
    hint: 'run: npm install -g tokenhub@latest',
    place: { file: path },
  });

export const ledgerBusy = (path: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_BUSY',
    message: 'is being written by another process; nothing was changed',
    hint: 'run the command again when the other one is done',
    place: { file: path },
    cause,
  });

/** After an import waited for another process. */
export const importBusy = (path: string, seconds: number, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_BUSY',
    message: `is still being written by another process after ${seconds} s; nothing more was changed`,
    hint: 'run the import again when the other one is done, or wait longer: --wait 600',
    place: { file: path },
    cause,
  });

export const ledgerUnreadable = (path: string, why: string, hint: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_UNREADABLE',
    message: `cannot be opened: ${why}`,
    hint,
    place: { file: path },
    cause,
  });

export const ledgerReadOnly = (path: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_READ_ONLY',
    message: 'cannot be written: the file or its folder is read-only',
    hint: 'allow writing the file and its folder, or name another file with --ledger',
    place: { file: path },
    cause,
  });

export const ledgerWriteFailed = (path: string, why: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'LEDGER_WRITE_FAILED',
    message: `could not be written: ${why}; nothing was changed`,
    hint: 'free some space or check the disk, then run the command again',
    place: { file: path },
    cause,
  });
