/** Parquet files as records. */

import type { FileHandle } from 'node:fs/promises';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetSchema, type SchemaTree } from 'hyparquet';
import { badHeader, brokenParquet, cannotUnpack } from '../errors/file-formats.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { badRecord } from '../errors/usage-records.js';
import { quoted } from '../errors/wording.js';
import type { RawRecord } from '../usage/source.js';
import { BareObject } from './bare-object.js';
import { cellText, rawSchema } from './parquet-cells.js';
import { columnReaders, type GroupFile } from './parquet-columns.js';
import { isReadCodec } from './parquet-pages.js';
import { readRange } from './raw-bytes.js';
import { LONGEST_RECORD } from './read-lines.js';
import type { BadRecord, RecordBatch } from './record-batch.js';

/** Rows of a batch. */
const ROWS = 1000;
/** Bytes of the part that describes the file. */
const LARGEST_FOOTER = 64 * 1024 * 1024;

/**
 * Reads the rows, page by page; the line of a row is its number, from 1. Values are texts: whole numbers and decimals
 * exact, times as ISO 8601 (with `Z` where the column says UTC), maps, lists and structs as JSON, null as `''`.
 *
 * @throws BROKEN_PARQUET, CANNOT_UNPACK, BAD_HEADER, FILE_UNREADABLE
 */
export async function* readParquet(handle: FileHandle, name: string): AsyncGenerator<RecordBatch> {
  const file = await openParquet(handle, name);
  let line = 1;
  for (const group of file.metadata.row_groups) {
    const readers = await explaining(name, async () => columnReaders(file, group));
    for (let left = Number(group.num_rows); left > 0; left -= ROWS) {
      const count = Math.min(ROWS, left);
      const columns: (readonly unknown[])[] = [];
      for (const take of readers) columns.push(await explaining(name, () => take(count)));
      const first = line;
      yield Array.from({ length: count }, (_, row) => recordOf(columns, row, file, first + row));
      line += count;
    }
  }
}

/** Names of the columns. Throws what `readParquet` throws. */
export const readParquetColumns = async (handle: FileHandle, name: string): Promise<readonly string[]> =>
  (await openParquet(handle, name)).columns.map((column) => column.element.name);

interface ParquetFile extends GroupFile {
  readonly metadata: FileMetaData;
  /** With what the bytes mean, of which `root` tells nothing. */
  readonly columns: readonly SchemaTree[];
}

async function openParquet(handle: FileHandle, name: string): Promise<ParquetFile> {
  const { size } = await handle.stat();
  await checkEnds(handle, size, name);
  return explaining(name, async () => {
    const metadata = await parquetMetadataAsync(bufferOf(handle, size, name), { geoparquet: false });
    const columns = parquetSchema(metadata).children;
    checkColumns(columns, name);
    checkGroups(metadata, size, name);
    return { handle, name, metadata, columns, root: parquetSchema({ schema: rawSchema(metadata.schema) }) };
  });
}

async function explaining<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof TokenhubError) throw cause;
    throw brokenParquet(name, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function checkEnds(handle: FileHandle, size: number, name: string): Promise<void> {
  const end = await readRange(handle, name, { start: Math.max(4, size - 8), end: Math.max(4, size) });
  const magic = end.subarray(-4).toString('latin1');
  if (magic === 'PARE') throw cannotUnpack(name, 'it is encrypted', 'export it without encryption');
  if (end.length < 8 || magic !== 'PAR1') throw brokenParquet(name, 'its end is missing');
  const footer = end.readUInt32LE(0);
  if (footer > size - 12) throw brokenParquet(name, 'the part that describes it is missing');
  if (footer > LARGEST_FOOTER) throw brokenParquet(name, 'the part that describes it is larger than 64 MiB');
}

const bufferOf = (handle: FileHandle, size: number, name: string): AsyncBuffer => ({
  byteLength: size,
  slice: async (start, end = size) => {
    const bytes = await readRange(handle, name, { start, end });
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  },
});

function checkColumns(columns: readonly SchemaTree[], name: string): void {
  const names = columns.map((column) => column.element.name);
  if (names.length === 0) throw brokenParquet(name, 'it has no columns');
  const twice = names.find((column, index) => names.indexOf(column) !== index);
  if (twice !== undefined)
    throw badHeader(name, 1, `column ${quoted(twice)} occurs twice`, 'rename one of the two columns');
}

/** What the file says of its columns must lie in it, and be packed in a way that is read. */
function checkGroups({ row_groups }: FileMetaData, size: number, name: string): void {
  for (const { columns, num_rows } of row_groups) {
    if (num_rows < 0 || num_rows > Number.MAX_SAFE_INTEGER)
      throw brokenParquet(name, `a row group has ${num_rows} rows`);
    for (const { meta_data: column, file_path } of columns) {
      if (column === undefined || file_path)
        throw cannotUnpack(name, 'a column is in another file, or encrypted', 'export it as CSV');
      if (!isReadCodec(column.codec))
        throw cannotUnpack(name, `it is packed with ${column.codec}`, 'write it with snappy, gzip or zstd');
      const start = Number(column.dictionary_page_offset || column.data_page_offset);
      if (!(start >= 0 && column.total_compressed_size >= 0 && start + Number(column.total_compressed_size) <= size))
        throw brokenParquet(name, `column ${column.path_in_schema.join('.')} reaches beyond its end`);
    }
  }
}

function recordOf(
  cells: readonly (readonly unknown[])[],
  row: number,
  { columns, name }: ParquetFile,
  line: number,
): RawRecord | BadRecord {
  const value = new BareObject();
  let length = 0;
  try {
    for (const [index, column] of columns.entries()) {
      const cell = cells[index]![row];
      if (cell === undefined && column.children.length === 0)
        throw brokenParquet(name, `column ${column.element.name} names a value that is not there`);
      const text = cellText(cell, column);
      value[column.element.name] = text;
      length += text.length;
    }
  } catch (cause) {
    if (!(cause instanceof TokenhubError) || cause.code === 'BROKEN_PARQUET') throw cause;
    return { line, error: cause };
  }
  if (length <= LONGEST_RECORD) return { line, value };
  return { line, error: badRecord('row is longer than 16 MiB', 'leave such rows out of the file') };
}
