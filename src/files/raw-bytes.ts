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

/**
 * The next chunk is read while one is worked on.
 *
 * @throws FILE_UNREADABLE
 */
export async function* readRaw(
  handle: FileHandle,
  name: string,
  { start, end }: ByteRange = WHOLE_FILE,
  onRead: OnRead = () => {},
): AsyncGenerator<Uint8Array> {
  const readAt = (at: number, most: number): Promise<Uint8Array> => {
    const size = Math.min(most, end - at);
    const reading = handle.read(Buffer.allocUnsafe(size), { position: at });
    const chunk = reading.then(({ buffer, bytesRead }) => buffer.subarray(0, bytesRead));
    chunk.catch(() => {}); // thrown where it is waited for, which may be later
    return chunk;
  };
  let next = start < end ? readAt(start, FIRST_CHUNK) : null;
  try {
    for (let at = start; next !== null; ) {
      const chunk: Uint8Array = await next;
      if (chunk.length === 0) return;
      at += chunk.length;
      next = at < end ? readAt(at, CHUNK) : null;
      onRead(chunk.length);
      yield chunk;
    }
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause : fileUnreadable(name, failureReason(cause), cause);
  } finally {
    await next?.catch(() => {}); // nobody closes the file while it is read
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
