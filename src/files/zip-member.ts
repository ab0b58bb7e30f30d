/** The content of one member of a zip archive, checked against what the archive says of it. */

import type { FileHandle } from 'node:fs/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { brokenZip, cannotUnpack } from '../errors/file-formats.js';
import { through } from './decompress.js';
import { type OnRead, readRange, readRaw } from './raw-bytes.js';
import type { ZipMember } from './zip-directory.js';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const [STORED, DEFLATED] = [0, 8];

/** Content up to this size is unpacked whatever it was packed to. */
const HARMLESS = 256 * 1024 * 1024;
/** Deflate reaches 1032; real logs and bills stay below 100. */
const LARGEST_RATIO = 250;

/**
 * The unpacked bytes of a member. Its size is checked while they come, its sum when all have come.
 *
 * @param name  what messages call the member
 * @throws BROKEN_ZIP, CANNOT_UNPACK, FILE_UNREADABLE
 */
export async function* readMember(
  handle: FileHandle,
  member: ZipMember,
  name: string,
  onRead?: OnRead,
): AsyncGenerator<Uint8Array> {
  checkPacking(member, name);
  const start = await contentStart(handle, member, name);
  const raw = readRaw(handle, name, { start, end: start + member.packedBytes }, onRead);
  const content =
    member.method === STORED
      ? raw
      : through(raw, createInflateRaw({ chunkSize: 256 * 1024 }), (cause) => broken(name, cause));
  let [bytes, crc] = [0, 0];
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > member.bytes) throw brokenZip(name, `holds more than the ${member.bytes} bytes it says`);
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (bytes !== member.bytes) throw brokenZip(name, `holds ${bytes} bytes and says ${member.bytes}`);
  if (crc !== member.crc) throw brokenZip(name, 'its checksum is wrong');
}

/** @throws CANNOT_UNPACK */
function checkPacking({ isEncrypted, method, bytes, packedBytes }: ZipMember, name: string): void {
  if (isEncrypted) throw cannotUnpack(name, 'it is encrypted', 'unpack it with its password first: unzip FILE');
  if (method !== STORED && method !== DEFLATED)
    throw cannotUnpack(name, `it is packed by method ${method}, not by deflate`, 'unpack it first: 7z x FILE');
  if (isBomb(bytes, packedBytes))
    throw cannotUnpack(
      name,
      `its ${packedBytes} bytes would become ${bytes}, as in an archive made to do harm`,
      'if you trust it, unpack it first: unzip FILE',
    );
}

/** Whether content is so much more than what it was packed to that no usage file would be. */
export const isBomb = (bytes: number, packedBytes: number): boolean =>
  bytes > HARMLESS && bytes > LARGEST_RATIO * packedBytes;

async function contentStart(handle: FileHandle, { offset }: ZipMember, name: string): Promise<number> {
  const header = await readRange(handle, name, { start: offset, end: offset + LOCAL_BYTES });
  if (header.length < LOCAL_BYTES || header.readUInt32LE(0) !== LOCAL)
    throw brokenZip(name, 'it is not where the directory says');
  return offset + LOCAL_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
}

const broken = (name: string, cause: unknown) =>
  brokenZip(name, cause instanceof Error ? cause.message : String(cause), cause);
