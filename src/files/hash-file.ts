import { createHash } from 'node:crypto';
import { fileChanged } from '../errors.js';
import { openInput, readRaw } from './input-bytes.js';

/** What a file was when it was read. */
export interface FileHash {
  /** Hex, of the bytes as they are: of a gzip file the compressed ones. */
  readonly sha256: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

/**
 * SHA-256 of a file, streamed.
 *
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, FILE_CHANGED when it changes meanwhile
 */
export async function hashFile(path: string, name: string = path): Promise<FileHash> {
  const { handle, stats } = await openInput(path, name);
  try {
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of readRaw(handle, name)) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    const { size, mtimeMs } = await handle.stat();
    if (size !== bytes || mtimeMs !== stats.mtimeMs) throw fileChanged(name);
    return { sha256: hash.digest('hex'), bytes, mtimeMs };
  } finally {
    await handle.close();
  }
}
