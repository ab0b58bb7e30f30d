import { fileChanged } from '../errors/files.js';
import { formatOf } from './file-format.js';
import { type HashedFile, sha256Of } from './hash-file.js';
import { openInput } from './input-bytes.js';
import { readRange } from './raw-bytes.js';

/** A file of text that was read at once. */
export interface SmallText {
  readonly content: Uint8Array;
  readonly hashed: HashedFile;
}

/** Bytes. */
const SMALL = 256 * 1024;

/**
 * Opens and reads a small file once, as folders of logs hold thousands; `null`: it is larger, packed, or of rows.
 *
 * @param prefixes  as of `hashFile`
 * @throws PATH_NOT_FOUND, FILE_UNREADABLE, FILE_CHANGED
 */
export async function readSmallText(
  path: string,
  name: string,
  prefixes: readonly number[] = [],
): Promise<SmallText | null> {
  const { handle, stats } = await openInput(path, name);
  try {
    if (stats.size > SMALL) return null;
    const content = await readRange(handle, name, { start: 0, end: stats.size });
    if (content.length !== stats.size) throw fileChanged(name);
    if (formatOf(content) !== 'other') return null;
    const shorter = [...new Set(prefixes)].filter((bytes) => bytes < content.length).sort((a, b) => b - a);
    return {
      content,
      hashed: {
        sha256: sha256Of(content),
        bytes: content.length,
        mtimeMs: stats.mtimeMs,
        prefixes: shorter.map((bytes) => ({ bytes, sha256: sha256Of(content.subarray(0, bytes)) })),
      },
    };
  } finally {
    await handle.close();
  }
}
