import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { keptFile } from './count-cache.js';
import type { CountedBy } from './count-files.js';
import { type CountPool, startPool } from './count-pool.js';

/** Bytes of an index of git with more than a thousand files, which are seldom less than 8 MB. */
const LARGE_INDEX = 128 * 1024;

/**
 * A thread that starts while the files are still being listed: in a large repository, of which nothing was counted before.
 * `null`: it would not be worth it.
 *
 * @param paths  as typed
 */
export function startAhead(paths: readonly string[], by: CountedBy): CountPool | null {
  const isLarge = paths.some((path) => indexSize(resolve(by.cwd, path)) >= LARGE_INDEX);
  if (!isLarge || (by.cache === 'use' && existsSync(keptFile(by)))) return null;
  const { cwd, env, encodings } = by;
  return startPool(1, { cwd, env: { ...env }, encodings });
}

/** Bytes of the index of a repository; 0 where there is none. */
function indexSize(folder: string): number {
  try {
    return statSync(join(folder, '.git', 'index')).size;
  } catch {
    return 0;
  }
}
