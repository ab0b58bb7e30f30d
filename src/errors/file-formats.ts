/** Files that are not what they should be. */

import { TokenhubError } from './tokenhub-error.js';

export const brokenGzip = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_GZIP',
    message: `is truncated or damaged gzip: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'download or compress the file again; gzip -t FILE checks it',
    place: { file },
    cause,
  });

export const brokenZstd = (file: string, cause: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_ZSTD',
    message: `is truncated or damaged zstd: ${cause instanceof Error ? cause.message : String(cause)}`,
    hint: 'download or compress the file again; zstd -t FILE checks it',
    place: { file },
    cause,
  });

export const brokenZip = (file: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_ZIP',
    message: `is truncated or damaged zip: ${why}`,
    hint: 'download the archive again; unzip -t FILE checks it',
    place: { file },
    cause,
  });

/** Whole, but packed in a way that is not, or must not be, unpacked here. */
export const cannotUnpack = (file: string, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'CANNOT_UNPACK', message: `cannot be unpacked: ${why}`, hint, place: { file } });

export const brokenParquet = (file: string, why: string, cause?: unknown): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_PARQUET',
    message: `is truncated or damaged Parquet: ${why}`,
    hint: 'download the file again, or export it as CSV',
    place: { file },
    cause,
  });

export const brokenDatabase = (
  file: string,
  why: string,
  cause?: unknown,
  hint = 'copy the database again: sqlite3 FILE ".backup copy.db"',
): TokenhubError =>
  new TokenhubError({
    code: 'BROKEN_DATABASE',
    message: `is no SQLite database that can be read: ${why}`,
    hint,
    place: { file },
    cause,
  });

/** A ledger of tokenhub's own, named as a file to import. */
export const isLedger = (file: string): TokenhubError =>
  new TokenhubError({
    code: 'IS_LEDGER',
    message: 'is a ledger of tokenhub, not a usage file',
    hint: `import the files it was made from; what it holds: tokenhub report --ledger ${file}`,
    place: { file },
  });

/** A file without records that can be read. */
export const notRecords = (file: string, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'NOT_RECORDS', message: why, hint, place: { file } });

export const badHeader = (file: string, line: number, why: string, hint: string): TokenhubError =>
  new TokenhubError({ code: 'BAD_HEADER', message: why, hint, place: { file, line } });
