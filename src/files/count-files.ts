/** Tokens of listed files: those that did not change from the cache, the others counted, in threads when they are many. */

import { type Stats, statSync } from 'node:fs';
import type { CountAsked, SectionCount } from './count-asked.js';
import type { CountCache } from './count-cache.js';
import type { SizedFile } from './count-chunks.js';
import type { CountedWith, FileCount } from './count-file.js';
import type { CountPool } from './count-pool.js';
import { countInThreads } from './count-threads.js';
import { loadEncoding } from './encoding-store.js';
import type { ListedFile } from './walk.js';

export interface CountedFile {
  readonly path: string;
  readonly absolute: string;
  /** Size of the file itself. */
  readonly bytes: number;
  /** As `FileCount` has them. */
  readonly tokens: readonly number[];
  readonly sections?: readonly (readonly SectionCount[] | null)[];
  /** How the counted text differs from the file; `null`: not at all. */
  readonly note: string | null;
}

export interface UncountedFile {
  readonly path: string;
  readonly absolute: string;
  readonly reason: string;
}

/** How texts are counted. */
export interface CountedBy extends CountedWith {
  /** Whether counts of an earlier run are used and those of this one kept. */
  readonly cache: 'use' | 'none';
}

/** Bytes below which counting is quicker than looking up. */
const CACHE_FROM = 1024 * 1024;

/** Where counts are asked for, none is kept. */
type Listed = Pick<ListedFile, 'path' | 'absolute'> & { readonly asked?: readonly CountAsked[] };

/**
 * Counts each file with each encoding, one item per file, in their order.
 * @param ahead  as `countInThreads` has it
 */
export async function* countListed(
  files: readonly Listed[],
  by: CountedBy,
  ahead: CountPool | null,
): AsyncGenerator<CountedFile | UncountedFile> {
  const stats = files.map(({ absolute }) => statsOf(absolute));
  const bytes = stats.reduce((sum, each) => sum + (each?.size ?? 0), 0);
  const cache = by.cache === 'use' && bytes >= CACHE_FROM ? await openCache(by) : null;
  const kept = files.map(({ absolute }, i) =>
    stats[i] === null ? null : (cache?.lookup(absolute, stats[i]!) ?? null),
  );
  const rest = files.flatMap((file, i) => (kept[i] === null ? [sized(file, stats[i]!)] : []));
  const readAt = Date.now();
  const counts = countInThreads(rest, by, ahead);
  try {
    for (const [i, { path, absolute }] of files.entries()) {
      const found = kept[i] ?? ((await counts.next()).value as FileCount);
      if (kept[i] === null && stats[i] !== null) cache?.add(absolute, stats[i]!, readAt, found);
      yield { path, absolute, ...found };
    }
    cache?.save();
  } finally {
    await counts.return(undefined);
  }
}

/** Loaded when it is used, for it loads more. */
const openCache = async (by: CountedBy): Promise<CountCache | null> =>
  (await import('./count-cache.js')).openCountCache(by.encodings, by);

const sized = ({ absolute, asked }: Listed, stats: Stats | null): SizedFile => ({
  absolute,
  asked,
  size: stats?.size ?? 0,
  seen: stats?.isFile() ? 'regular' : undefined,
});

/** `null` when there are none: whoever reads the file will say why. */
function statsOf(absolute: string): Stats | null {
  try {
    return statSync(absolute);
  } catch {
    return null;
  }
}

/** Tokens of one text in each encoding. */
export const countText = (utf8: Uint8Array, by: CountedBy): number[] =>
  by.encodings.map((ref) => loadEncoding(ref, by).count(utf8));
