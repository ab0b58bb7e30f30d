/**
 * The pages of one column of a row group, decoded one at a time, so that memory is that of a page. The page functions of
 * hyparquet are no public interface of it, so its version is pinned; `parquetRead` holds a whole row group, and takes
 * four times as long where columns are nested.
 */

import type { FileHandle } from 'node:fs/promises';
import * as zlib from 'node:zlib';
import { decompress as decompressZstd } from 'fzstd';
import type { ColumnMetaData, Compressors, DecodedArray, PageHeader, ParquetParsers, SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert } from 'hyparquet/src/convert.js';
import { getMaxRepetitionLevel } from 'hyparquet/src/schema.js';
import { brokenParquet, cannotUnpack } from '../errors/file-formats.js';
import { readRange } from './raw-bytes.js';

type Decompress = (bytes: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

/** In Node since 22.15 and 23.8; fzstd serves before. */
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: Decompress };

/** Beside snappy. Each is told the length the page says it unpacks to; hyparquet refuses any other. */
const compressors: Compressors = {
  GZIP: (bytes, length) => bounded(zlib.gunzipSync, bytes, length),
  BROTLI: (bytes, length) => bounded(zlib.brotliDecompressSync, bytes, length),
  ZSTD: (bytes, length) =>
    zstdDecompressSync === undefined ? decompressZstd(bytes) : bounded(zstdDecompressSync, bytes, length),
};

const bounded = (decompress: Decompress, bytes: Uint8Array, length: number): Uint8Array =>
  decompress(bytes, { maxOutputLength: Math.max(length, 1) });

export const isReadCodec = (codec: string): boolean =>
  codec === 'UNCOMPRESSED' || codec === 'SNAPPY' || codec in compressors;

const utf8 = new TextDecoder();
/** Of the old 96-bit time: whole nanoseconds. */
const parsers = {
  stringFromBytes: (bytes: Uint8Array | undefined) => bytes && utf8.decode(bytes),
  timestampFromNanoseconds: (nanos: bigint) => nanos,
} as unknown as ParquetParsers;

export interface ColumnPages {
  readonly handle: FileHandle;
  /** What messages call the file. */
  readonly name: string;
  readonly column: ColumnMetaData;
  /** From the root to the leaf. */
  readonly schemaPath: SchemaTree[];
}

/** Bytes read to find a page header in; a longer one, with long statistics, is read again. */
const WINDOW = 64 * 1024;
const LONGEST_HEADER = 16 * 1024 * 1024;
/** Of a page, unpacked; writers make pages of 1 MiB. */
const LARGEST_PAGE = 256 * 1024 * 1024;
const MOST_VALUES = 16 * 1024 * 1024;

/**
 * The values of a leaf column, row by row: of a column that repeats, what its rows hold. A row may begin in one page and
 * end in the next, so the last row of a page comes with the next one; hyparquet goes on with it but in one old layout.
 *
 * @throws whatever hyparquet throws; BROKEN_PARQUET, FILE_UNREADABLE
 */
export async function* leafRows(of: ColumnPages): AsyncGenerator<readonly unknown[]> {
  const { schemaPath } = of;
  const decoder = {
    ...of.column,
    ...{
      pathInSchema: of.column.path_in_schema,
      element: schemaPath.at(-1)!.element,
      schemaPath,
      parsers,
      compressors,
    },
    utf8: false, // bytes are text where `rawSchema` says so
  };
  const mayGoOn = getMaxRepetitionLevel(schemaPath) > 0;
  let dictionary: DecodedArray | undefined;
  let held: unknown[] | undefined;
  for await (const { header, bytes } of pagesOf(of)) {
    if (held !== undefined && header.type === 'DATA_PAGE' && decoder.element.repetition_type === 'REPEATED')
      throw cannotUnpack(
        of.name,
        `column ${decoder.element.name} is a list as old writers made them`,
        'export it as CSV',
      );
    const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
    const { data } = readPage(reader, header, decoder, dictionary, held, 0);
    if (header.type === 'DICTIONARY_PAGE') dictionary = convert(data!, decoder);
    else if (data === undefined || data.length === 0) continue;
    else if (mayGoOn) {
      const rows = data as unknown[];
      held = [rows.pop()];
      yield rows;
    } else yield data as unknown[];
  }
  if (held !== undefined) yield held;
}

interface Page {
  readonly header: PageHeader;
  readonly bytes: Uint8Array;
}

async function* pagesOf({ handle, name, column }: ColumnPages): AsyncGenerator<Page> {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  const end = start + Number(column.total_compressed_size);
  for (let at = start; at < end; ) {
    const { header, length } = await headerAt({ start: at, end });
    checkPage(header, end - at - length, name);
    const next = at + length + header.compressed_page_size;
    if (header.type !== 'INDEX_PAGE')
      yield { header, bytes: await readRange(handle, name, { start: at + length, end: next }) };
    at = next;
  }

  async function headerAt(rest: { start: number; end: number }): Promise<{ header: PageHeader; length: number }> {
    for (const window of [WINDOW, LONGEST_HEADER]) {
      const bytes = await readRange(handle, name, { start: rest.start, end: Math.min(rest.end, rest.start + window) });
      const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), offset: 0 };
      try {
        return { header: parquetHeader(reader), length: reader.offset };
      } catch (cause) {
        if (bytes.length < window || window === LONGEST_HEADER) throw cause;
      }
    }
    throw brokenParquet(name, 'a page has no end');
  }
}

function checkPage(header: PageHeader, rest: number, name: string): void {
  const { compressed_page_size: packed, uncompressed_page_size: bytes } = header;
  const { num_values: values = 0 } =
    header.data_page_header ?? header.data_page_header_v2 ?? header.dictionary_page_header ?? {};
  if (!(packed >= 0 && packed <= rest && bytes >= 0 && bytes <= LARGEST_PAGE && values >= 0 && values <= MOST_VALUES))
    throw brokenParquet(name, 'a page is larger than it may be');
}
