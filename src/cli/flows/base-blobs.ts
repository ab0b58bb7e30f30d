import { lfsContentOf } from '../../files/blob-id.js';
import { type CountedBy, countText } from '../../files/count-files.js';
import { readBlobs } from '../../files/git-blobs.js';
import type { Commit } from '../../files/git-tree.js';
import { LARGEST_TEXT, textFromBytes } from '../../files/read-text.js';
import { type Sketch, sketchOf } from '../../files/renames.js';
import { countingProgress } from '../counting-progress.js';
import type { Io } from '../io.js';
import { tooLargeReason } from './count-inputs.js';

/** What the version of a file in the commit counts, or why it does not. */
export interface BlobCount {
  /** One per encoding; `null`: see `reason`. */
  readonly tokens: readonly number[] | null;
  readonly reason: string | null;
  /** Whether its text is not in this clone at all: then nothing can be said of the file. */
  readonly isMissing: boolean;
  /** SHA-256 of the content it stands for, when it is a pointer of Git LFS. */
  readonly lfs: string | null;
  /** Where it is asked for. */
  readonly sketch: Sketch | null;
}

export interface BlobPlan {
  readonly ids: readonly string[];
  /** Those that may be the old version of a renamed file. */
  readonly sketched: ReadonlySet<string>;
  readonly by: CountedBy;
  readonly maxBytes: number | undefined;
}

/** Counts blobs of a commit, by id, each once. */
export async function countBlobs(io: Io, { root }: Commit, plan: BlobPlan): Promise<Map<string, BlobCount>> {
  const ids = [...new Set(plan.ids)];
  const largest = Math.min(plan.maxBytes ?? LARGEST_TEXT, LARGEST_TEXT);
  const counts = new Map<string, BlobCount>();
  const progress = countingProgress(io, ids.length);
  try {
    for await (const { id, bytes, size } of readBlobs(root, ids, largest)) {
      const isMissing = size === null;
      const reason = isMissing ? 'its text is not in this clone' : tooLargeReason(largest);
      counts.set(id, bytes === null ? { ...NOTHING, reason, isMissing } : countBlob(id, bytes, plan));
      progress.add(size ?? 0);
    }
  } finally {
    progress.clear();
  }
  return counts;
}

const NOTHING: BlobCount = { tokens: null, reason: null, isMissing: false, lfs: null, sketch: null };

function countBlob(id: string, bytes: Uint8Array, { by, sketched }: BlobPlan): BlobCount {
  const read = textFromBytes(bytes);
  const found = { ...NOTHING, sketch: sketched.has(id) ? sketchOf(bytes) : null };
  if ('skipped' in read) return { ...found, reason: read.skipped };
  return { ...found, tokens: countText(read.utf8, by), lfs: lfsContentOf(bytes) };
}
