import { readRegularFile } from '../../files/read-text.js';
import { areTooMany, type SketchedFile, similarFiles, sketchOf } from '../../files/renames.js';
import type { BlobCount } from './base-blobs.js';
import { type Version, withRenames } from './base-versions.js';

/**
 * Object ids whose content must be sketched: of deleted files, where a file was added that may be the same.
 *
 * @param outside    number of files that were added beside the versions
 * @param onTooMany  called when there are too many files to compare each with each; then there are none to sketch
 */
export function idsToSketch(versions: readonly Version[], outside: number, onTooMany: () => void): ReadonlySet<string> {
  const gone = versions.flatMap(({ status, baseId }) => (status === 'deleted' && baseId !== null ? [baseId] : []));
  const added = versions.filter(({ status }) => status === 'added').length;
  if (!areTooMany(gone.length, added)) return new Set(added + outside > 0 ? gone : []);
  onTooMany();
  return new Set();
}

/** Deleted files that were added elsewhere with much the same content become renamed ones. */
export function pairSimilar(
  versions: readonly Version[],
  blobs: ReadonlyMap<string, Pick<BlobCount, 'sketch'>>,
): Version[] {
  const gone = new Map(versions.filter(({ status }) => status === 'deleted').map((version) => [version.path, version]));
  const sketched = [...gone.values()].flatMap(({ path, baseId }): SketchedFile[] => {
    const sketch = blobs.get(baseId!)?.sketch ?? null;
    return sketch === null ? [] : [{ path, sketch }];
  });
  if (sketched.length === 0) return [...versions];
  const added = versions.filter(({ status }) => status === 'added').flatMap(sketchFile);
  const oldPaths = similarFiles(sketched, added);
  return withRenames(versions, ({ path }) => gone.get(oldPaths.get(path) ?? ''));
}

const sketchFile = ({ path, file }: Version): SketchedFile[] => (file === null ? [] : sketchedAt(path, file.absolute));

/** None: it cannot be read. */
export function sketchedAt(path: string, absolute: string): SketchedFile[] {
  try {
    const bytes = readRegularFile(absolute);
    return bytes instanceof Uint8Array ? [{ path, sketch: sketchOf(bytes) }] : [];
  } catch {
    return []; // whoever counts it says why it cannot be read
  }
}
