/** Usage files as records: CSV or JSON lines, plain or gzip, in batches, with memory bounded whatever a file holds. */

import type { FileHandle } from 'node:fs/promises';
import { badRecord, fileChanged, TokenhubError } from '../errors.js';
import type { RawRecord, RecordKind } from '../usage/source.js';
import type { FileHash } from './hash-file.js';
import { decodeText, openInput, readInflated } from './input-bytes.js';
import { parseJsonLine } from './parse-json-line.js';
import { readCsv } from './read-csv.js';
import { type Line, readLines } from './read-lines.js';
import type { BadRecord, RecordBatch } from './record-batch.js';

export interface OpenOptions {
  readonly kind: RecordKind;
  /** What messages call the file; its path by default. */
  readonly name?: string;
  /** From `hashFile`: the file must still be the one that was hashed. */
  readonly hashed?: FileHash;
  /** Told once, while reading, what is odd about the file but keeps no record from being read. */
  readonly onNote?: (text: string) => void;
}

const NOT_UTF8 = 'is not UTF-8: invalid bytes became U+FFFD; convert it first, for example: iconv -f GBK -t UTF-8';

/**
 * Reads a file record by record. A broken record is part of a batch; a broken file is an error.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, BROKEN_GZIP, NOT_RECORDS, BAD_HEADER, FILE_CHANGED
 */
export async function* openRecords(
  path: string,
  { kind, name = path, hashed, onNote = () => {} }: OpenOptions,
): AsyncGenerator<RecordBatch> {
  const { handle } = await openInput(path, name);
  try {
    if (hashed !== undefined) await checkUnchanged(handle, hashed, name);
    const text = decodeText(readInflated(handle, name), name, () => onNote(NOT_UTF8));
    yield* kind === 'table' ? readCsv(text, name) : readJsonLines(text);
    if (hashed !== undefined) await checkUnchanged(handle, hashed, name);
  } finally {
    await handle.close();
  }
}

async function checkUnchanged(handle: FileHandle, hashed: FileHash, name: string): Promise<void> {
  const { size, mtimeMs } = await handle.stat();
  if (size !== hashed.bytes || mtimeMs !== hashed.mtimeMs) throw fileChanged(name);
}

export async function* readJsonLines(chunks: AsyncIterable<string>): AsyncGenerator<RecordBatch> {
  for await (const lines of readLines(chunks)) yield lines.map(recordOf);
}

function recordOf({ line, text }: Line): RawRecord | BadRecord {
  if (text === null) return { line, error: badRecord('line is longer than 16 MiB', 'write one JSON object per line') };
  try {
    return { line, value: parseJsonLine(text) };
  } catch (cause) {
    if (!(cause instanceof TokenhubError)) throw cause;
    return { line, error: cause };
  }
}
