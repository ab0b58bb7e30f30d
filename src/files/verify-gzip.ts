import { openInput, readInflated } from './input-bytes.js';

/**
 * Reads a gzip file to its end, so that a truncated or corrupt one is found before anything of it is used; a plain file
 * is left alone.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, BROKEN_GZIP
 */
export async function verifyGzip(path: string, name: string): Promise<void> {
  const { handle } = await openInput(path, name);
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    if (buffer[0] !== 0x1f || buffer[1] !== 0x8b) return;
    for await (const _ of readInflated(handle, name));
  } finally {
    await handle.close();
  }
}
