import { createHash } from 'node:crypto';
import { fileChanged } from '../errors.js';
import { openInput, readContent } from './input-bytes.js';
import { readRaw } from './raw-bytes.js';
import type { ZipMember } from './zip-directory.js';

/** By what a file is seen to have changed. */
export interface FileState {
  readonly bytes: number;
  readonly mtimeMs: number;
}

/** What a file was when it was read. */
export interface FileHash extends FileState {
  /** Hex, of the bytes as they are: of a gzip file the compressed ones. */
  readonly sha256: string;
}

/**
 * SHA-256 of a file, streamed.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, FILE_CHANGED when it changes meanwhile
 */
export async function hashFile(path: string, name: string = path): Promise<FileHash> {
  const { handle, stats } = await openInput(path, name);
  try {
    const { sha256, bytes } = await hashOf(readRaw(handle, name));
    const { size, mtimeMs } = await handle.stat();
    if (size !== bytes || mtimeMs !== stats.mtimeMs) throw fileChanged(name);
    return { sha256, bytes, mtimeMs };
  } finally {
    await handle.close();
  }
}

/**
 * SHA-256 of the content of one member of a zip archive, which is so read to its end and checked; modified when the
 * archive was, where it does not say.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, BROKEN_ZIP, CANNOT_UNPACK
 */
export async function hashMember(path: string, member: ZipMember, name: string): Promise<FileHash> {
  const { handle, stats } = await openInput(path, name);
  try {
    const hashed = await hashOf(readContent(handle, name, member));
    return { ...hashed, mtimeMs: member.modified ?? stats.mtimeMs };
  } finally {
    await handle.close();
  }
}

async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes };
}
