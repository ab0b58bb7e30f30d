/**
 * The members of a zip archive, from its central directory (PKWARE APPNOTE 6.3.10; zip64 included). An own reader: what
 * is needed is a directory and a stream, and no library checks sizes, sums and overlaps as hostile archives ask for.
 */

import type { FileHandle } from 'node:fs/promises';
import { brokenZip, cannotUnpack } from '../errors/file-formats.js';
import { readRange } from './raw-bytes.js';
import { type Extra, parseExtra } from './zip-extra.js';
import { memberName } from './zip-name.js';

/** One file in a zip archive, as the directory states it. Plain data, so that a thread can be told of it. */
export interface ZipMember {
  /** Path in the archive, as it is written there; it may hold anything, `..` too. Never a path to write to. */
  readonly name: string;
  /** 0: stored, 8: deflated; no other is read. */
  readonly method: number;
  readonly isEncrypted: boolean;
  /** Of the content. */
  readonly bytes: number;
  /** Of what stands in the archive. */
  readonly packedBytes: number;
  /** CRC-32 of the content. */
  readonly crc: number;
  /** Of its local header, which is followed by name, extra fields and content. */
  readonly offset: number;
  /** When it was last written, ms; `null` where only a local time without a zone is stated. */
  readonly modified: number | null;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
/** Limits of archives that are read. */
const MOST_MEMBERS = 100_000;
const LARGEST_DIRECTORY = 64 * 1024 * 1024;

/**
 * Lists the files of an archive, folders left out, in the order of the directory.
 *
 * @param size  bytes of the file
 * @throws BROKEN_ZIP, CANNOT_UNPACK
 */
export async function readZipDirectory(handle: FileHandle, size: number, name: string): Promise<readonly ZipMember[]> {
  const end = await findEnd(handle, size, name);
  if (end.isPart) throw cannotUnpack(name, 'it is one part of an archive in several', 'join the parts first: zip -s 0');
  if (end.count > MOST_MEMBERS || end.bytes > LARGEST_DIRECTORY)
    throw cannotUnpack(name, `it has more than ${MOST_MEMBERS} members`, 'unpack it and import its files: unzip FILE');
  const shift = end.at - end.bytes - end.offset; // bytes before the archive, as in one that unpacks itself
  if (shift < 0) throw brokenZip(name, 'its directory is not where it says');
  const directory = await readRange(handle, name, { start: end.offset + shift, end: end.at });
  const members = parseEntries(directory, end.count, shift, name);
  checkApart(members, end.offset + shift, name);
  return members.filter((member) => !member.name.endsWith('/'));
}

interface End {
  /** Where the directory ends. */
  readonly at: number;
  readonly count: number;
  readonly bytes: number;
  /** As stated: without bytes before the archive. */
  readonly offset: number;
  readonly isPart: boolean;
}

async function findEnd(handle: FileHandle, size: number, name: string): Promise<End> {
  const start = Math.max(0, size - END_BYTES - LONGEST_COMMENT);
  const tail = await readRange(handle, name, { start, end: size });
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) > tail.length) continue;
    const located = await findEnd64(handle, size, name, start + at);
    if (located !== null) return located;
    return {
      at: start + at,
      count: tail.readUInt16LE(at + 10),
      bytes: tail.readUInt32LE(at + 12),
      offset: tail.readUInt32LE(at + 16),
      isPart: tail.readUInt16LE(at + 4) !== 0 || tail.readUInt16LE(at + 8) !== tail.readUInt16LE(at + 10),
    };
  }
  throw brokenZip(name, 'its directory, which stands at the end, is missing');
}

/** @param before  offset of the plain end, which the locator stands right before; `null`: the archive is not zip64 */
async function findEnd64(handle: FileHandle, size: number, name: string, before: number): Promise<End | null> {
  const locator = await readRange(handle, name, { start: Math.max(0, before - 20), end: before });
  if (locator.length < 20 || locator.readUInt32LE(0) !== LOCATOR_64) return null;
  const stated = Number(locator.readBigUInt64LE(8));
  for (const at of [stated, before - 20 - 56]) {
    if (at < 0 || at + 56 > size) continue;
    const end = await readRange(handle, name, { start: at, end: at + 56 });
    if (end.length < 56 || end.readUInt32LE(0) !== END_64) continue;
    return {
      at,
      count: Number(end.readBigUInt64LE(32)),
      bytes: Number(end.readBigUInt64LE(40)),
      offset: Number(end.readBigUInt64LE(48)),
      isPart: end.readUInt32LE(16) !== 0,
    };
  }
  throw brokenZip(name, 'its zip64 directory is not where it says');
}

function parseEntries(directory: Buffer, count: number, shift: number, name: string): ZipMember[] {
  const members: ZipMember[] = [];
  for (let at = 0; members.length < count; ) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY)
      throw brokenZip(name, `entry ${members.length + 1} of its directory is damaged`);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field));
    const extraAt = at + 46 + nameBytes!;
    const next = extraAt + extraBytes! + commentBytes!;
    if (next > directory.length) throw brokenZip(name, `entry ${members.length + 1} of its directory is cut off`);
    const entry = directory.subarray(at, next);
    const extra = parseExtra(directory.subarray(extraAt, extraAt + extraBytes!), wideFields(entry));
    members.push(memberOf(entry, directory.subarray(at + 46, extraAt), extra, shift));
    at = next;
  }
  return members;
}

/** Which of size, packed size and offset are too large for their field and stand in the zip64 extra field. */
const wideFields = (entry: Buffer): readonly boolean[] =>
  [24, 20, 42].map((at) => entry.readUInt32LE(at) === 0xffffffff);

const memberOf = (entry: Buffer, name: Buffer, extra: Extra, shift: number): ZipMember => {
  const flags = entry.readUInt16LE(8);
  const [bytes, packedBytes, offset] = [24, 20, 42].map((at, index) => extra.wide[index] ?? entry.readUInt32LE(at));
  return {
    name: memberName(name, (flags & 0x800) !== 0, extra.unicodeName),
    method: entry.readUInt16LE(10),
    isEncrypted: (flags & 1) !== 0,
    bytes: bytes!,
    packedBytes: packedBytes!,
    crc: entry.readUInt32LE(16),
    offset: offset! + shift,
    modified: extra.modified,
  };
};

/** Members that lie over each other are how a small archive unpacks to petabytes (Fifield 2019). */
function checkApart(members: readonly ZipMember[], directoryStart: number, name: string): void {
  let free = 0;
  for (const { offset, packedBytes } of [...members].sort((a, b) => a.offset - b.offset)) {
    if (offset < free) throw brokenZip(name, 'its members lie over each other');
    free = offset + 30 + packedBytes;
  }
  if (!(free <= directoryStart)) throw brokenZip(name, 'a member reaches beyond its end');
}
