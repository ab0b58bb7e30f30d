/** Databases and Parquet files that are packed: they are read from anywhere in them, so they are unpacked first. */

import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { cannotUnpack } from '../errors/file-formats.js';
import { formatOf } from './file-format.js';
import type { FileState } from './hash-file.js';
import { headOf, openInput, readContent } from './input-bytes.js';
import { readRaw } from './raw-bytes.js';
import { isRows } from './records.js';
import { spool } from './spool.js';
import type { ZipMember } from './zip-directory.js';
import { isBomb } from './zip-member.js';

export interface Unpacked {
  readonly path: string;
  readonly state: FileState;
  /** Removes the file; may be called again. */
  readonly dispose: () => Promise<void>;
}

/**
 * Unpacks a database or Parquet file that is compressed, or a member of a zip archive, to a temporary file; `null`: it
 * is neither, and read where it is.
 *
 * @throws FILE_UNREADABLE, BROKEN_GZIP, BROKEN_ZSTD, BROKEN_ZIP, CANNOT_UNPACK
 */
export async function openUnpacked(path: string, name: string, member: ZipMember | null): Promise<Unpacked | null> {
  const { handle, stats } = await openInput(path, name);
  try {
    const format = formatOf(await headOf(readContent(handle, name, member)));
    const isPacked = member !== null || formatOf(await headOf(readRaw(handle, name))) !== format;
    if (!isPacked || !isRows(format)) return null;
    const limited = bounded(readContent(handle, name, member), member?.packedBytes ?? stats.size, name);
    const spooled = await spool(Readable.from(limited, { objectMode: false }));
    const { size, mtimeMs } = await stat(spooled.path);
    return { path: spooled.path, dispose: spooled.dispose, state: { bytes: size, mtimeMs } };
  } finally {
    await handle.close();
  }
}

async function* bounded(content: AsyncIterable<Uint8Array>, packed: number, name: string): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (isBomb(bytes, packed))
      throw cannotUnpack(name, `its ${packed} bytes become more than ${bytes}`, 'if you trust it, unpack it first');
    yield chunk;
  }
}
