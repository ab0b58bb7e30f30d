/** Bytes of usage files, streamed and unpacked; what a file is is told by its first bytes, not by its name. */

import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { fileUnreadable, pathNotFound } from '../errors/files.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { readGzip, readZstd } from './decompress.js';
import { failureReason, meansAbsent } from './failure-reason.js';
import { type FileFormat, formatOf, MAGIC_BYTES } from './file-format.js';
import { type ByteRange, type OnRead, readRaw, WHOLE_FILE } from './raw-bytes.js';
import type { ZipMember } from './zip-directory.js';
import { readMember } from './zip-member.js';

/**
 * Opens a regular file for reading; never waits for a pipe.
 *
 * @param name  what messages call the file
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE
 */
export async function openInput(path: string, name: string): Promise<{ handle: FileHandle; stats: Stats }> {
  try {
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, stats };
    await handle.close();
    throw fileUnreadable(name, stats.isDirectory() ? 'it is a folder' : 'it is not a regular file');
  } catch (cause) {
    if (cause instanceof TokenhubError) throw cause;
    throw meansAbsent(cause) ? pathNotFound(name) : fileUnreadable(name, failureReason(cause), cause);
  }
}

/** What an open file is. */
export async function formatOfFile(handle: FileHandle): Promise<FileFormat> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(MAGIC_BYTES), 0, MAGIC_BYTES, 0);
  return formatOf(buffer.subarray(0, bytesRead));
}

/**
 * The bytes that records are in: those of the file, decompressed when it is gzip or zstd, or of one member of the zip
 * archive it is. Does not close it.
 *
 * @param plain  which bytes of a file that is not packed
 * @throws FILE_UNREADABLE, BROKEN_GZIP, BROKEN_ZSTD, BROKEN_ZIP, CANNOT_UNPACK
 */
export async function* readContent(
  handle: FileHandle,
  name: string,
  member: ZipMember | null = null,
  plain: ByteRange = WHOLE_FILE,
  onRead?: OnRead,
): AsyncGenerator<Uint8Array> {
  if (member !== null) return yield* readMember(handle, member, name, onRead);
  const unpack = CONTENTS[(await formatOfFile(handle)) as keyof typeof CONTENTS];
  yield* unpack === undefined ? readRaw(handle, name, plain, onRead) : unpack(handle, name, onRead);
}

const CONTENTS = { gzip: readGzip, zstd: readZstd } as const;

/** The first bytes of what `readContent` gives. */
export async function headOf(content: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0);
  for await (const chunk of content) {
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length >= MAGIC_BYTES) break;
  }
  return head.subarray(0, MAGIC_BYTES);
}
