/** Bytes and text of usage files, streamed; gzip by its first bytes, whatever the file is called. */

import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { brokenGzip, fileUnreadable, notRecords, pathNotFound, TokenhubError } from '../errors.js';
import { failureReason, meansAbsent } from './failure-reason.js';
import { utf8Check } from './utf8-check.js';

/** Bytes read, and characters decoded, at a time. */
const CHUNK = 256 * 1024;

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

/** The bytes of an open file as they are. Does not close it. */
export async function* readRaw(handle: FileHandle, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* handle.createReadStream({ start: 0, autoClose: false, highWaterMark: CHUNK });
  } catch (cause) {
    throw fileUnreadable(name, failureReason(cause), cause);
  }
}

/** The bytes of an open file, decompressed when they are gzip (several members in a row too). Does not close it. */
export async function* readInflated(handle: FileHandle, name: string): AsyncGenerator<Uint8Array> {
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return yield* readRaw(handle, name);
  const gunzip = createGunzip({ chunkSize: CHUNK });
  try {
    yield* pipeline(readRaw(handle, name), gunzip, () => {});
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause : brokenGzip(name, cause);
  } finally {
    gunzip.destroy();
  }
}

/**
 * Bytes as text: UTF-16 by its byte order mark, else UTF-8 with what is invalid as U+FFFD; a mark itself is dropped.
 *
 * @param onInvalid  called once when bytes read as UTF-8 are not
 * @throws NOT_RECORDS when the first bytes are those of a binary file
 */
export async function* decodeText(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  onInvalid: () => void = () => {},
): AsyncGenerator<string> {
  const check = utf8Check(onInvalid);
  let decoder: TextDecoder | null = null;
  const decode = (bytes: Uint8Array, by: TextDecoder) => {
    if (by.encoding === 'utf-8') check.push(bytes);
    return by.decode(bytes, { stream: true });
  };
  let held: Uint8Array = new Uint8Array(0);
  for await (const chunk of chunks) {
    if (decoder === null) {
      held = Buffer.concat([held, chunk]);
      if (held.length < 4) continue;
      decoder = decoderOf(held, name);
      yield decode(held, decoder);
    } else yield decode(chunk, decoder);
  }
  const last = decoder ?? decoderOf(held, name);
  const rest = decoder === null ? decode(held, last) : '';
  check.end();
  yield rest + last.decode();
}

function decoderOf(head: Uint8Array, name: string): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be');
  if (head.subarray(0, 8000).includes(0) || isArchive(head)) {
    throw notRecords(name, 'is a binary file, neither CSV nor JSON lines', 'unpack or export it as CSV or JSON lines');
  }
  return new TextDecoder('utf-8');
}

/** zip (also xlsx), zstd, bzip2, xz, 7z, parquet. */
const isArchive = (head: Uint8Array): boolean =>
  ['504b0304', '28b52ffd', '425a68', 'fd377a58', '377abcaf', '50415231'].some((magic) =>
    Buffer.from(head.subarray(0, 4)).toString('hex').startsWith(magic),
  );
