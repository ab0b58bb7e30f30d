import { dirname, join } from 'node:path';
import type { FileBudget } from '../../budget/files/file-budget.js';
import type { FileTokens } from '../../budget/files/file-measure.js';
import { lfsContentOf } from '../../files/blob-id.js';
import { encodingKey } from '../../files/encoding-ref.js';
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
  /** As the budgets count it, by `countedKey`. */
  readonly counts: ReadonlyMap<string, FileTokens | Skipped>;
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
    if (bytes === null) found.set(id, { counts: new Map(), reason, lfs: null, sketch: null });
    else
      found.set(id, {
        counts: countFor(budgets, paths.get(id)!, { root, bytes }),
        reason: null,
        lfs: lfsContentOf(bytes),
        sketch: sketched.has(id) ? sketchOf(bytes) : null,
      });
  }
  return found;
}

function countFor(
  budgets: readonly PlacedBudget[],
  versions: readonly { readonly path: string }[],
  { root, bytes }: { readonly root: string; readonly bytes: Uint8Array },
): ReadonlyMap<string, FileTokens | Skipped> {
  const counts = new Map<string, FileTokens | Skipped>();
  for (const { base, counted } of budgets) {
    const version = versions.find(({ path }) => base.has(path));
    const key = countedKey(counted);
    if (version === undefined || counts.has(key)) continue;
    const { path } = version;
    const old = { path, bytes, folder: dirname(join(root, path)) };
    counts.set(key, fileTokensOf(old, splitWhere(counted.budget), counted.counter));
  }
  return counts;
}

/** Files that are judged whole have their sections counted, too, so that a verdict can tell which of them grew. */
const splitWhere = (budget: FileBudget): FileBudget =>
  budget.scope === 'file' ? { ...budget, scope: 'section' } : budget;

/** Budgets with the same key count a file alike. */
export const countedKey = ({
  budget: { content, scope, model },
  counter: { encoding, factor },
}: CountedBudget): string =>
  JSON.stringify([content, scope !== 'total', content === 'messages' ? model : null, encodingKey(encoding), factor]);
