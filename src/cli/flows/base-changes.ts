import type { Skipped } from '../../files/walk.js';
import type { BlobCount } from './base-blobs.js';
import { lfsStateOf } from './base-lfs.js';
import type { Status, Version } from './base-versions.js';
import type { CountedText } from './count-tally.js';
import { type Counter, tokensPerCounter } from './counters.js';

/** Tokens of one file in both versions; one count per counter. */
export interface Change {
  readonly path: string;
  readonly from: string | null;
  readonly status: Status;
  /** `null`: there is no text to count in this version. */
  readonly before: readonly number[] | null;
  readonly after: readonly number[] | null;
  readonly delta: readonly number[];
}

export interface Changes {
  readonly changes: readonly Change[];
  readonly skipped: readonly Skipped[];
  /** Files of which nothing can be said because their old text is not in this clone. */
  readonly unknown: number;
}

interface Counts {
  readonly counters: readonly Counter[];
  /** As typed, for messages. */
  readonly ref: string;
  /** By shown path; one that is not there could not be counted. */
  readonly files: ReadonlyMap<string, CountedText>;
  readonly blobs: ReadonlyMap<string, BlobCount>;
}

/** Puts counts to versions. A file whose old text cannot be known is left out on both sides, and named. */
export function changesOf(versions: readonly Version[], counts: Counts): Changes {
  const found = versions.map((version) => ({ version, before: beforeOf(version, counts) }));
  return {
    changes: found
      .flatMap(({ version, before }) => (isKnown(before) ? [changeOf(version, before, counts)] : []))
      .filter(({ before, after }) => before !== null || after !== null),
    skipped: found.flatMap(({ version: { path, from }, before: { reason } }) =>
      reason === null ? [] : [{ path: from ?? path, reason }],
    ),
    unknown: found.filter(({ before }) => before.state === 'missing').length,
  };
}

interface Before {
  readonly tokens: readonly number[] | null;
  /** Why there are none, where it must be said. */
  readonly reason: string | null;
  /** `same`: as now; `missing`, `elsewhere`: the old text is not in this clone, or not in git at all. */
  readonly state: 'own' | 'same' | 'missing' | 'elsewhere';
}

const isKnown = ({ state }: Before): boolean => state === 'own' || state === 'same';

function beforeOf({ status, baseId, path, file }: Version, { ref, files, blobs }: Counts): Before {
  const now = files.get(path);
  const same: Before = { tokens: now?.tokens ?? null, reason: null, state: 'same' };
  if (status === 'unchanged') return same;
  const blob = baseId === null ? undefined : blobs.get(baseId);
  if (blob === undefined) return { tokens: null, reason: null, state: 'own' };
  if (blob.isMissing) return { tokens: null, reason: `${blob.reason} as of ${ref}`, state: 'missing' };
  const lfs = blob.lfs === null ? 'pointer' : file === null ? 'other' : lfsStateOf(file.absolute, blob.lfs);
  if (lfs === 'same') return same;
  if (lfs === 'other')
    return { tokens: null, reason: `kept in Git LFS, so not in git as of ${ref}`, state: 'elsewhere' };
  const isSaidAlready = blob.reason === null || (file !== null && now === undefined);
  return { tokens: blob.tokens, reason: isSaidAlready ? null : `${blob.reason} as of ${ref}`, state: 'own' };
}

function changeOf({ path, from, status }: Version, { tokens, state }: Before, { counters, files }: Counts): Change {
  const now = files.get(path);
  const before = tokens === null ? null : tokensPerCounter(counters, tokens);
  const after = now === undefined ? null : tokensPerCounter(counters, now.tokens);
  return {
    path,
    from,
    status: state === 'same' && from === null ? 'unchanged' : status,
    before,
    after,
    delta: counters.map((_, i) => (after?.[i] ?? 0) - (before?.[i] ?? 0)),
  };
}
