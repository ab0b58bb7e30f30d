import { countChunk, countJob, type SizedFile, takeChunk } from './count-chunks.js';
import type { CountedWith, FileCount } from './count-file.js';
import type { CountPool } from './count-pool.js';

/** Bytes that make one more thread worth its start, which takes as long as counting 3 MB. */
const BYTES_PER_THREAD = 8 * 1024 * 1024;

/**
 * The counts of files, in their order; counted in threads when there is enough to count.
 *
 * @param ahead  threads that were started before the files were known; `null`: none. Who started them stops them
 */
export async function* countInThreads(
  files: readonly SizedFile[],
  by: CountedWith,
  ahead: CountPool | null,
): AsyncGenerator<FileCount> {
  const job = countJob(files);
  const last = job.chunks.length - 1;
  const done: (readonly FileCount[] | undefined)[] = [];
  const pool = await poolFor(files, by, ahead);
  try {
    pool?.threads.give(job, pool.wanted, ({ chunk, counts }) => {
      done[chunk] = counts;
    });
    for (let chunk = 0; chunk < last; chunk++) {
      for (let counts = done[chunk]; counts === undefined; counts = done[chunk]) {
        const own = takeChunk(job);
        if (own < last) done[own] = countChunk(job, own, by);
        else if (pool?.threads.areRunning()) await pool.threads.news();
        else done[chunk] = countChunk(job, chunk, by); // it was taken by a thread that failed
        if (own < last - 1) await new Promise(setImmediate);
      }
      yield* done[chunk]!;
      done[chunk] = [];
    }
  } finally {
    if (ahead === null) pool?.threads.stop();
  }
}

/** Threads are loaded when they are wanted: that takes longer than counting a small file. */
async function poolFor(files: readonly SizedFile[], by: CountedWith, ahead: CountPool | null) {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const wanted = Math.floor(bytes / BYTES_PER_THREAD);
  if (wanted === 0) return null;
  const { cwd, env, encodings } = by;
  const start = async () => (await import('./count-pool.js')).startPool(0, { cwd, env: { ...env }, encodings });
  return { wanted, threads: ahead ?? (await start()) };
}
