import { dirname, join } from 'node:path';
import type { FileTokens } from '../../budget/files/file-measure.js';
import { lfsContentOf } from '../../files/blob-id.js';
import { encodingKey, shippedTables } from '../../files/encoding-ref.js';
import { readBlobs } from '../../files/git-blobs.js';
import type { Commit } from '../../files/git-tree.js';
import { LARGEST_TEXT } from '../../files/read-text.js';
import { type Sketch, sketchOf } from '../../files/renames.js';
import type { Skipped } from '../../files/walk.js';
import { groupBy } from '../../group-by.js';
import type { PlacedBudget } from './base-files.js';
import type { CountedBudget } from './counted-budget.js';
import { fileTokensOf } from './file-tokens.js';

/** The version of a file in the commit. */
export interface OldFile {
  /** As a budget counts the object at one of its paths, sections of any text included; `null`: it was not asked for there. */
  readonly countFor: (of: CountedBudget, path: string) => FileTokens | Skipped | null;
  /** Why no budget could count it: its bytes were not to be had. */
  readonly reason: string | null;
  /** SHA-256 of the content it stands for, when it is a pointer of Git LFS. */
  readonly lfs: string | null;
  /** Where it is asked for. */
  readonly sketch: Sketch | null;
}

/** Old versions to read. */
interface OldFiles {
  /** Path in the repository and object id. */
  readonly wanted: readonly { readonly path: string; readonly id: string }[];
  readonly sketched: ReadonlySet<string>;
}

/** Reads every object once, and counts it for each budget that has it, alike counts once. */
export async function countOldFiles(
  { root }: Commit,
  { wanted, sketched }: OldFiles,
  budgets: readonly PlacedBudget[],
): Promise<ReadonlyMap<string, OldFile>> {
  const paths = groupBy(wanted, ({ id }) => id);
  const found = new Map<string, OldFile>();
  for await (const { id, bytes, size } of readBlobs(root, [...paths.keys()], LARGEST_TEXT)) {
    const reason = size === null ? 'its text is not in this clone' : 'larger than 256 MiB';
    if (bytes === null) found.set(id, { countFor: () => null, reason, lfs: null, sketch: null });
    else
      found.set(id, {
        countFor: countsOf(budgets, paths.get(id)!, { root, bytes }),
        reason: null,
        lfs: lfsContentOf(bytes),
        sketch: sketched.has(id) ? sketchOf(bytes) : null,
      });
  }
  return found;
}

function countsOf(
  budgets: readonly PlacedBudget[],
  versions: readonly { readonly path: string }[],
  { root, bytes }: { readonly root: string; readonly bytes: Uint8Array },
): OldFile['countFor'] {
  const counts = new Map<string, FileTokens | Skipped>();
  for (const { base, counted } of budgets)
    for (const { path } of versions) {
      const key = countedKey(counted, path);
      if (!base.has(path) || counts.has(key)) continue;
      const old = { path, bytes, folder: dirname(join(root, path)), sections: counted.budget.scope !== 'total' };
      counts.set(key, fileTokensOf(old, counted.budget, counted.counter));
    }
  return (of, path) => counts.get(countedKey(of, path)) ?? null;
}

/**
 * Budgets with the same key count an object alike, at paths with the same key. Messages name files, which are looked for from
 * where they are.
 */
function countedKey({ budget, counter: { encoding, factor } }: CountedBudget, path: string): string {
  const { content, scope, model, root } = budget;
  const by = [encodingKey(encoding), factor, shippedTables(encoding) === null ? root : null];
  return JSON.stringify(content === 'messages' ? [...by, model, root, path] : [...by, scope !== 'total']);
}
