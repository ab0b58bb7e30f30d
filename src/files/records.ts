/** Usage files as records, in batches, with memory bounded whatever a file holds. */

import type { FileHandle } from 'node:fs/promises';
import { fileChanged, notRecords } from '../errors.js';
import type { RecordKind } from '../usage/source.js';
import { decodeText } from './decode-text.js';
import type { FileFormat } from './file-format.js';
import type { FileState } from './hash-file.js';
import { formatOfFile, openInput, readContent } from './input-bytes.js';
import { readMetrics } from './metrics-text.js';
import { readCsv } from './read-csv.js';
import { readDatabase } from './read-database.js';
import { readJson } from './read-json.js';
import type { RecordBatch } from './record-batch.js';
import type { ZipMember } from './zip-directory.js';

/** Everything but `onNote` is plain data, which a thread can be sent. */
export interface OpenOptions {
  readonly kind: RecordKind;
  /** What messages call the file; its path by default. */
  readonly name?: string;
  /** What the file was when it was looked at: it must still be so, before and after. */
  readonly hashed?: FileState;
  /** Of a zip archive: the member to read, from `readZipDirectory`. */
  readonly member?: ZipMember | null;
  /** Of an SQLite file: the table to read; may be left out when there is one alone. */
  readonly table?: string | undefined;
  /** Told once each, while reading, what is odd about the file but keeps no record from being read. */
  readonly onNote?: (text: string) => void;
}

/**
 * Reads a file record by record. A broken record is part of a batch; a broken file is an error.
 *
 * CSV, JSON and metrics may be gzip, zstd or a member of a zip archive; Parquet and SQLite files are read as they are.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, FILE_CHANGED, BROKEN_GZIP, BROKEN_ZSTD, BROKEN_ZIP, CANNOT_UNPACK,
 *         BROKEN_PARQUET, BROKEN_DATABASE, IS_LEDGER, DRIVER_MISSING, NOT_RECORDS, BAD_HEADER, INPUT_TOO_LARGE
 */
export async function* openRecords(path: string, options: OpenOptions): AsyncGenerator<RecordBatch> {
  const { name = path, hashed } = options;
  const { handle } = await openInput(path, name);
  try {
    if (hashed !== undefined) await checkUnchanged(handle, hashed, name);
    yield* recordsOf(handle, path, name, options);
    if (hashed !== undefined) await checkUnchanged(handle, hashed, name);
  } finally {
    await handle.close();
  }
}

async function* recordsOf(
  handle: FileHandle,
  path: string,
  name: string,
  { kind, member = null, table, onNote = () => {} }: OpenOptions,
): AsyncGenerator<RecordBatch> {
  const format = member === null ? await formatOfFile(handle) : 'other';
  if (isRows(format)) {
    if (kind !== 'table') throw notRecords(name, `is a table (${format}), not ${kind}`, 'leave --source out');
    if (format === 'sqlite') return yield* readDatabase(path, name, table);
    const { readParquet } = await import('./read-parquet.js'); // with what it needs, larger than all other readers
    return yield* readParquet(handle, name);
  }
  const text = decodeText(readContent(handle, name, member), name, onNote);
  yield* READERS[kind](text, name);
}

/** Files of rows, which are read from anywhere in them, and so cannot be streamed from an archive. */
export const isRows = (format: FileFormat): format is 'sqlite' | 'parquet' =>
  format === 'sqlite' || format === 'parquet';

const READERS = { table: readCsv, json: readJson, metrics: readMetrics } as const;

async function checkUnchanged(handle: FileHandle, hashed: FileState, name: string): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== hashed.bytes || mtimeMs !== hashed.mtimeMs) throw fileChanged(name);
}
