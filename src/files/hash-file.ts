import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { fileChanged } from '../errors/files.js';
import { openInput, readContent } from './input-bytes.js';
import { type OnRead, readRaw } from './raw-bytes.js';
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

/** The first bytes of a file. */
export interface Prefix {
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
}

export interface HashedFile extends FileHash {
  /** Those asked for that are shorter than the file, longest first. */
  readonly prefixes: readonly Prefix[];
}

/**
 * SHA-256 of a file, streamed. Of one that grows meanwhile, as a log does, what it was when it was opened.
 *
 * @param prefixes  lengths of beginnings to hash on the way, in bytes
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, FILE_CHANGED when it changes otherwise
 */
export async function hashFile(
  path: string,
  name: string = path,
  { prefixes = [], onRead }: { readonly prefixes?: readonly number[]; readonly onRead?: OnRead } = {},
): Promise<HashedFile> {
  const { handle, stats } = await openInput(path, name);
  try {
    const hashed = await hashOf(readRaw(handle, name, { start: 0, end: stats.size }, onRead), prefixes);
    const { size, mtimeMs } = await handle.stat();
    const hasGrown = size > stats.size;
    if (hashed.bytes !== stats.size || !(hasGrown || (size === stats.size && mtimeMs === stats.mtimeMs)))
      throw fileChanged(name);
    return { ...hashed, mtimeMs: stats.mtimeMs };
  } finally {
    await handle.close();
  }
}

/** Whether the first bytes of an open file are those that were hashed. */
export async function beginsWith(handle: FileHandle, name: string, { bytes, sha256 }: Prefix): Promise<boolean> {
  return (await hashOf(readRaw(handle, name, { start: 0, end: bytes }))).sha256 === sha256;
}

/**
 * SHA-256 of the content of one member of a zip archive, which is so read to its end and checked; modified when the
 * archive was, where it does not say.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, BROKEN_ZIP, CANNOT_UNPACK
 */
export async function hashMember(path: string, member: ZipMember, name: string, onRead?: OnRead): Promise<FileHash> {
  const { handle, stats } = await openInput(path, name);
  try {
    const { sha256, bytes } = await hashOf(readContent(handle, name, member, undefined, onRead));
    return { sha256, bytes, mtimeMs: member.modified ?? stats.mtimeMs };
  } finally {
    await handle.close();
  }
}

/** SHA-256 of bytes in memory. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function hashOf(
  chunks: AsyncIterable<Uint8Array>,
  lengths: readonly number[] = [],
): Promise<Prefix & Pick<HashedFile, 'prefixes'>> {
  const hash = createHash('sha256');
  const prefixes: Prefix[] = [];
  const open = [...new Set(lengths)].sort((a, b) => a - b);
  let bytes = 0;
  for await (const chunk of chunks) {
    let done = 0;
    for (; open.length > 0 && open[0]! < bytes + chunk.length; open.shift()) {
      const next = open[0]! - bytes;
      hash.update(chunk.subarray(done, next));
      prefixes.unshift({ bytes: open[0]!, sha256: hash.copy().digest('hex') });
      done = next;
    }
    hash.update(chunk.subarray(done));
    bytes += chunk.length;
  }
  return { sha256: hash.digest('hex'), bytes, prefixes };
}
