import { formatOfFile, openInput, readContent } from './input-bytes.js';
import type { OnRead } from './raw-bytes.js';

/**
 * Reads a gzip or zstd file to its end, so that a truncated or corrupt one is found before anything of it is used; any
 * other file is left alone.
 *
 * @param onRead  told the bytes read, each time
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, BROKEN_GZIP, BROKEN_ZSTD, CANNOT_UNPACK
 */
export async function verifyCompressed(path: string, name: string, onRead?: OnRead): Promise<void> {
  const { handle } = await openInput(path, name);
  try {
    const format = await formatOfFile(handle);
    if (format !== 'gzip' && format !== 'zstd') return;
    for await (const _ of readContent(handle, name, null, undefined, onRead));
  } finally {
    await handle.close();
  }
}
