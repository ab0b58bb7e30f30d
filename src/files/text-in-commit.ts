import { missingBlob } from '../errors/base.js';
import type { CommitPaths } from './commit-paths.js';
import { readBlobs } from './git-blobs.js';
import type { LimitedFile } from './limited-text.js';

/**
 * A file of a commit; `null`: it has none.
 *
 * @param path   absolute
 * @param shown  as messages call it
 * @throws FILE_UNREADABLE in a partial clone, and what `wanted` makes
 */
export async function textInCommit(
  { root, entries, link }: CommitPaths,
  path: string,
  shown: string,
  { largest, linked, tooLarge }: LimitedFile,
): Promise<string | null> {
  const entry = entries.get(link(path));
  if (entry === undefined || entry.kind === 'submodule') return null;
  if (entry.kind === 'symbolic link') throw linked(shown);
  for await (const { bytes, size } of readBlobs(root, [entry.id], largest)) {
    if (bytes !== null) return new TextDecoder().decode(bytes);
    throw size === null ? missingBlob(shown) : tooLarge(shown, largest);
  }
  return null;
}
