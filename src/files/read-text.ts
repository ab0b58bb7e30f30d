/** Reads files as text to count: what is no text is said, never dropped. */

import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { failureReason } from './failure-reason.js';

/** Bytes; larger files are skipped: their text would not fit the memory of a usual run. */
export const LARGEST_TEXT = 256 * 1024 * 1024;
/** Bytes looked at for a NUL. Source: git, `buffer_is_binary` in xdiff-interface.c. */
const BINARY_WINDOW = 8000;

export interface Text {
  /** What is counted; a byte order mark of UTF-8 is part of it, since it is a token. */
  readonly utf8: Uint8Array;
  /** Size of the file itself. */
  readonly bytes: number;
  /** How the text differs from the file; `null`: not at all. */
  readonly note: string | null;
}

export interface NoText {
  readonly skipped: string;
}

export interface Reading {
  /** Makes room for a text of so many bytes, or more; default: the reader's own. */
  readonly room?: (bytes: number) => Uint8Array;
  /** Says that the path was just seen to be a regular file, which saves a look. */
  readonly seen?: 'regular';
}

/** Text of a file, or why there is none. Never waits: pipes, sockets and devices are not opened. */
export function readTextFile(absolute: string, how: Reading = {}): Text | NoText {
  try {
    const bytes = readRegularFile(absolute, how);
    return bytes instanceof Uint8Array ? textFromBytes(bytes) : bytes;
  } catch (cause) {
    return { skipped: failureReason(cause) };
  }
}

/** Text of bytes already read, such as those of standard input. */
export function textFromBytes(bytes: Uint8Array): Text | NoText {
  if (bytes.length > LARGEST_TEXT) return TOO_LARGE;
  const utf16 = utf16Of(bytes);
  if (utf16 !== null) return { ...decoded(utf16, bytes), note: 'UTF-16, counted as UTF-8' };
  if (bytes.subarray(0, BINARY_WINDOW).includes(0)) return { skipped: BINARY };
  if (isUtf8(bytes)) return { utf8: bytes, bytes: bytes.length, note: null };
  return { ...decoded('utf-8', bytes), note: 'not UTF-8: invalid bytes counted as U+FFFD' };
}

/** Why a file with a NUL is no text. */
export const BINARY = 'binary';
const TOO_LARGE: NoText = { skipped: 'larger than 256 MiB' };
const NOT_REGULAR: NoText = { skipped: 'not a regular file' };

/** All bytes of a file, or why not. */
export function readRegularFile(absolute: string, how: Reading = {}): Uint8Array | NoText {
  const { room = Buffer.allocUnsafe, seen } = how;
  if (seen === undefined && !statSync(absolute).isFile()) return NOT_REGULAR;
  const file = openSync(absolute, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return NOT_REGULAR;
    return stats.size > LARGEST_TEXT ? TOO_LARGE : readAll(file, room(Math.max(stats.size, 4096) + 1));
  } finally {
    closeSync(file);
  }
}

/** Reads to the end, which may lie beyond the size a moment ago; stops one byte past the largest text. */
function readAll(file: number, room: Uint8Array): Uint8Array {
  let buffer = room;
  let length = 0;
  for (;;) {
    const read = readSync(file, buffer, length, buffer.length - length, null);
    length += read;
    if (read === 0 || length > LARGEST_TEXT) return buffer.subarray(0, length);
    if (length === buffer.length) buffer = Buffer.concat([buffer], Math.min(length * 2, LARGEST_TEXT + 1));
  }
}

/** UTF-16 by its byte order mark; the same two bytes and two NUL are UTF-32, which is left as binary. */
export function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const isUtf32 = third === 0 && fourth === 0;
  return first === 0xff && second === 0xfe && !isUtf32 ? 'utf-16le' : null;
}

/** WHATWG decoding: what is invalid becomes U+FFFD. The mark of UTF-16 goes, that of UTF-8 stays. */
function decoded(encoding: 'utf-8' | 'utf-16le' | 'utf-16be', bytes: Uint8Array): { utf8: Uint8Array; bytes: number } {
  const text = new TextDecoder(encoding, { ignoreBOM: encoding === 'utf-8' }).decode(bytes);
  return { utf8: new TextEncoder().encode(text), bytes: bytes.length };
}
