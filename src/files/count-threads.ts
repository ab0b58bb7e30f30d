import { type CountedChunk, type CountJob, countChunk, countJob, type SizedFile, takeChunk } from './count-chunks.js';
import type { FileCount } from './count-file.js';
import type { Helpers } from './count-helpers.js';
import type { EncodingRef } from './encoding-ref.js';
import type { Surroundings } from './surroundings.js';

/** Bytes that make one more thread worth its start, which takes as long as counting 3 MB. */
const BYTES_PER_THREAD = 8 * 1024 * 1024;

/** The counts of files, in their order; counted in threads when there is enough to count. */
export async function* countInThreads(
  files: readonly SizedFile[],
  encodings: readonly EncodingRef[],
  surroundings: Surroundings,
): AsyncGenerator<FileCount> {
  const job = countJob(files, encodings, surroundings);
  const last = job.chunks.length - 1;
  const done: (readonly FileCount[] | undefined)[] = [];
  const helpers = await helpersFor(files, job, ({ chunk, counts }) => {
    done[chunk] = counts;
  });
  try {
    for (let chunk = 0; chunk < last; chunk++) {
      for (let counts = done[chunk]; counts === undefined; counts = done[chunk]) {
        const own = takeChunk(job);
        if (own < last) done[own] = countChunk(job, own);
        else if (helpers.areRunning()) await helpers.news();
        else done[chunk] = countChunk(job, chunk); // it was taken by a thread that failed
        if (own < last - 1) await new Promise(setImmediate);
      }
      yield* done[chunk]!;
      done[chunk] = [];
    }
  } finally {
    await helpers.stop();
  }
}

/** Threads are loaded when they are wanted: that takes longer than counting a small file. */
async function helpersFor(
  files: readonly SizedFile[],
  job: CountJob,
  onChunk: (counted: CountedChunk) => void,
): Promise<Helpers> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const wanted = Math.floor(bytes / BYTES_PER_THREAD);
  const none: Helpers = { areRunning: () => false, news: () => Promise.resolve(), stop: () => Promise.resolve() };
  return wanted === 0 ? none : (await import('./count-helpers.js')).startHelpers(wanted, job, onChunk);
}
