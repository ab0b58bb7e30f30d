/**
 * Where the frames of a zstd file begin and end (RFC 8878, section 3). Node decompresses the first frame and drops the
 * others without a word; files of several are common (pzstd, logs that are appended to).
 */

import type { FileHandle } from 'node:fs/promises';
import { brokenZstd } from '../errors/file-formats.js';
import { type ByteRange, readRange } from './raw-bytes.js';

const FRAME = 0xfd2fb528;
/** The last four bits are free. */
const SKIPPABLE = 0x184d2a50;
const CHECKSUM_BYTES = 4;
/** A block of this type is one byte, repeated. */
const RUN = 1;

/** @throws BROKEN_ZSTD, FILE_UNREADABLE */
export async function* zstdFrames(handle: FileHandle, name: string): AsyncGenerator<ByteRange> {
  const { size } = await handle.stat();
  const bytesAt = async (at: number, count: number): Promise<Buffer> => {
    const bytes = await readRange(handle, name, { start: at, end: at + count });
    if (bytes.length < count) throw brokenZstd(name, new Error('it ends in the middle of a frame'));
    return bytes;
  };
  for (let at = 0; at < size; ) {
    const magic = (await bytesAt(at, 4)).readUInt32LE(0);
    let end: number;
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) end = at + 8 + (await bytesAt(at + 4, 4)).readUInt32LE(0);
    else if (magic === FRAME) end = await endOfFrame(at, bytesAt);
    else throw brokenZstd(name, new Error(at === 0 ? 'it is no frame' : 'something follows that is no frame'));
    if (end > size) throw brokenZstd(name, new Error('it ends in the middle of a frame'));
    if (magic === FRAME) yield { start: at, end };
    at = end;
  }
}

async function endOfFrame(start: number, bytesAt: (at: number, count: number) => Promise<Buffer>): Promise<number> {
  const [descriptor] = await bytesAt(start + 4, 1);
  let at = start + headerBytes(descriptor!);
  for (let isLast = false; !isLast; ) {
    const header = (await bytesAt(at, 3)).readUIntLE(0, 3);
    isLast = (header & 1) === 1;
    at += 3 + (((header >> 1) & 3) === RUN ? 1 : header >> 3);
  }
  return at + ((descriptor! & 4) === 0 ? 0 : CHECKSUM_BYTES);
}

/** @param descriptor  says which fields the header has */
function headerBytes(descriptor: number): number {
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  return 4 + 1 + (isSingle ? 0 : 1) + dictionaryBytes + sizeBytes;
}
