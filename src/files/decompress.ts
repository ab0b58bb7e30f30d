/** Bytes of gzip and zstd files, decompressed as a stream. */

import type { FileHandle } from 'node:fs/promises';
import { pipeline, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { brokenGzip, brokenZstd, cannotUnpack } from '../errors/file-formats.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { type OnRead, readRaw, WHOLE_FILE } from './raw-bytes.js';
import { zstdFrames } from './zstd-frames.js';

/** Bytes decompressed at a time. */
const CHUNK = 256 * 1024;

/** In Node since 22.15 and 23.8. */
const { createZstdDecompress } = zlib as { createZstdDecompress?: (options: { chunkSize: number }) => Transform };

/**
 * The content of a gzip file; several members in a row are one.
 *
 * @throws BROKEN_GZIP, FILE_UNREADABLE
 */
export const readGzip = (handle: FileHandle, name: string, onRead?: OnRead): AsyncIterable<Uint8Array> =>
  through(readRaw(handle, name, WHOLE_FILE, onRead), zlib.createGunzip({ chunkSize: CHUNK }), (cause) =>
    brokenGzip(name, cause),
  );

/**
 * The content of a zstd file; several frames in a row are one.
 *
 * @throws BROKEN_ZSTD, FILE_UNREADABLE; CANNOT_UNPACK where this Node knows no zstd
 */
export async function* readZstd(handle: FileHandle, name: string, onRead?: OnRead): AsyncGenerator<Uint8Array> {
  if (createZstdDecompress === undefined)
    throw cannotUnpack(
      name,
      `it is zstd, which Node ${process.versions.node} does not know`,
      `run: zstd -d ${name}, or use Node 22.15 or later`,
    );
  for await (const frame of zstdFrames(handle, name))
    yield* through(readRaw(handle, name, frame, onRead), createZstdDecompress({ chunkSize: CHUNK }), (cause) =>
      brokenZstd(name, cause),
    );
}

/**
 * Bytes through a decompressor, which is stopped when nobody wants more.
 *
 * @param broken  makes the error of what the decompressor refuses
 */
export async function* through(
  chunks: AsyncIterable<Uint8Array>,
  decompressor: Transform,
  broken: (cause: unknown) => TokenhubError,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pipeline(chunks, decompressor, () => {});
  } catch (cause) {
    throw cause instanceof TokenhubError ? cause : broken(cause);
  } finally {
    decompressor.destroy();
  }
}
