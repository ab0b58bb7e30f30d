/** Bytes of an open file as they are. None of these closes it. */

import type { FileHandle } from 'node:fs/promises';
import { fileUnreadable } from '../errors/files.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { failureReason } from './failure-reason.js';

/** Bytes read at a time; the first time few, since most files are small. */
const CHUNK = 256 * 1024;
const FIRST_CHUNK = 32 * 1024;

/** Told how many bytes were read, each time; a `TokenhubError` it throws ends the reading. */
export type OnRead = (bytes: number) => void;

/** A range of bytes, half open. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export const WHOLE_FILE: ByteRange = { start: 0, end: Number.POSITIVE_INFINITY };

/** @throws FILE_UNREADABLE */
export async function* readRaw(
  handle: FileHandle,
  name: string,
  { start, end }: ByteRange = WHOLE_FILE,
  onRead: OnRead = () => {},
): AsyncGenerator<Uint8Array> {
  try {
    for (let at = start; at < end; ) {
      const size = Math.min(at === start ? FIRST_CHUNK : CHUNK, end - at);
      const { buffer, bytesRead } = await handle.read(Buffer.allocUnsafe(size), { position: at });
      if (bytesRead === 0) return;
      onRead(bytesRead);
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause : fileUnreadable(name, failureReason(cause), cause);
  }
}

/**
 * A range in one piece; shorter where the file ends in it.
 *
 * @throws FILE_UNREADABLE
 */
export async function readRange(handle: FileHandle, name: string, { start, end }: ByteRange): Promise<Buffer> {
  const bytes = Buffer.alloc(end - start);
  let read = 0;
  try {
    while (read < bytes.length) {
      const { bytesRead } = await handle.read(bytes, read, bytes.length - read, start + read);
      if (bytesRead === 0) break;
      read += bytesRead;
    }
  } catch (cause) {
    throw fileUnreadable(name, failureReason(cause), cause);
  }
  return bytes.subarray(0, read);
}
