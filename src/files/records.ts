/** Usage files as records, in batches, with memory bounded whatever a file holds. */

import type { FileHandle } from 'node:fs/promises';
import { notRecords } from '../errors/file-formats.js';
import { fileChanged } from '../errors/files.js';
import type { RecordKind } from '../usage/source.js';
import { decodePieces, decodeText } from './decode-text.js';
import type { FileFormat } from './file-format.js';
import { beginsWith, type FileState } from './hash-file.js';
import { formatOfFile, openInput, readContent } from './input-bytes.js';
import { readMetrics } from './metrics-text.js';
import { type OnRead, readRange } from './raw-bytes.js';
import { type CsvHead, readCsv, readCsvBelow, readCsvHead } from './read-csv.js';
import { readDatabase } from './read-database.js';
import { readJson, readJsonLines } from './read-json.js';
import type { RecordBatch } from './record-batch.js';
import type { ZipMember } from './zip-directory.js';

/** Everything but the callbacks is plain data, which a thread can be sent. */
export interface OpenOptions {
  readonly kind: RecordKind;
  /** What messages call the file; its path by default. */
  readonly name?: string;
  /**
   * What the file was when it was looked at: it must still be so, before and after. With its `sha256`, a file that is
   * not packed may have grown meanwhile: what was hashed is read.
   */
  readonly hashed?: FileState & { readonly sha256?: string };
  /** Of JSON lines or CSV, not packed: where to go on, after what was read before; `line` is the number of the line there. */
  readonly from?: { readonly offset: number; readonly line: number } | undefined;
  /** Of a zip archive: the member to read, from `readZipDirectory`. */
  readonly member?: ZipMember | null;
  /** Of an SQLite file: the table to read; may be left out when there is one alone. */
  readonly table?: string | undefined;
  /** Told once each, while reading, what is odd about the file but keeps no record from being read. */
  readonly onNote?: (text: string) => void;
  /** Told how many bytes of the file were read, each time; not of Parquet and SQLite. */
  readonly onRead?: OnRead;
  /** Told at the end the number of the line that comes next, of JSON lines or CSV, not packed, that end with a line break. */
  readonly onEnd?: (line: number) => void;
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
    if (hashed !== undefined) await checkUnchanged(handle, hashed, name, 'before');
    yield* recordsOf(handle, path, name, options);
    if (hashed !== undefined) await checkUnchanged(handle, hashed, name, 'after');
  } finally {
    await handle.close();
  }
}

async function* recordsOf(
  handle: FileHandle,
  path: string,
  name: string,
  options: OpenOptions,
): AsyncGenerator<RecordBatch> {
  const { kind, member = null, table } = options;
  const format = member === null ? await formatOfFile(handle) : 'other';
  if (isRows(format)) {
    if (kind !== 'table') throw notRecords(name, `is a table (${format}), not ${kind}`, 'leave --source out');
    if (format === 'sqlite') return yield* readDatabase(path, name, table);
    const { readParquet } = await import('./read-parquet.js'); // with what it needs, larger than all other readers
    return yield* readParquet(handle, name);
  }
  yield* textRecords(handle, name, options, member === null && format === 'other');
}

async function* textRecords(
  handle: FileHandle,
  name: string,
  { kind, hashed, from, member = null, onNote, onRead, onEnd }: OpenOptions,
  isPlain: boolean,
): AsyncGenerator<RecordBatch> {
  const plain = { start: from?.offset ?? 0, end: hashed?.bytes ?? Number.POSITIVE_INFINITY };
  const content = readContent(handle, name, member, plain, onRead);
  let next: number | null = null;
  const keepEnd = (line: number): void => {
    next = line;
  };
  if (kind === 'table') {
    const pieces = decodePieces(content, name, onNote);
    if (from === undefined) yield* readCsv(pieces, name, keepEnd);
    else yield* readCsvBelow(await headOfTable(handle, name), pieces, from.line, keepEnd);
  } else {
    const text = decodeText(content, name, onNote);
    if (from === undefined) yield* kind === 'json' ? readJson(text, name, keepEnd) : readMetrics(text, name);
    else yield* readJsonLines(text, from.line, keepEnd);
  }
  if (next !== null && isPlain && (await endsWithLineBreak(handle, name, plain.end))) onEnd?.(next);
}

async function headOfTable(handle: FileHandle, name: string): Promise<CsvHead> {
  const head = await readCsvHead(decodeText(readContent(handle, name), name), name);
  if (head === null) throw fileChanged(name);
  return head;
}

/** In a text of one byte a character; UTF-16 is left out by its byte order mark. */
async function endsWithLineBreak(handle: FileHandle, name: string, bytes: number): Promise<boolean> {
  const end = Number.isFinite(bytes) ? bytes : (await handle.stat()).size;
  const [first, last] = [
    await readRange(handle, name, { start: 0, end: 2 }),
    await readRange(handle, name, { start: Math.max(0, end - 1), end }),
  ];
  return last[0] === 0x0a && first[0] !== 0xff && first[0] !== 0xfe;
}

/** Files of rows, which are read from anywhere in them, and so cannot be streamed from an archive. */
export const isRows = (format: FileFormat): format is 'sqlite' | 'parquet' =>
  format === 'sqlite' || format === 'parquet';

async function checkUnchanged(
  handle: FileHandle,
  { bytes, mtimeMs, sha256 }: NonNullable<OpenOptions['hashed']>,
  name: string,
  when: 'before' | 'after',
): Promise<void> {
  const now = await handle.stat();
  if (now.size === bytes && now.mtimeMs === mtimeMs) return;
  if (sha256 === undefined || now.size <= bytes || (await formatOfFile(handle)) !== 'other') throw fileChanged(name);
  if (when === 'after' && !(await beginsWith(handle, name, { bytes, sha256 }))) throw fileChanged(name);
}
