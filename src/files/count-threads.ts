/** Counts files, in threads when there is enough to count. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { countFile, type FileCount, type FileToCount } from './count-file.js';
import type { EncodingRef } from './encoding-ref.js';
import { packageRoot } from './package-root.js';
import type { Surroundings } from './surroundings.js';

/** Bytes that make one more thread worth its start, which takes as long as counting 3 MB. */
const BYTES_PER_THREAD = 8 * 1024 * 1024;
const MOST_HELPERS = 3;
/** Bytes that a thread takes at a time; in between, signals, timers and messages get their turn. */
const CHUNK = 1024 * 1024;

export interface SizedFile extends FileToCount {
  /** Bytes; 0 when not known. */
  readonly size: number;
}

/** What a thread is told; plain data. */
export interface CountJob {
  readonly files: readonly FileToCount[];
  /** Chunk c is the files from `chunks[c]` to before `chunks[c + 1]`. */
  readonly chunks: readonly number[];
  /** Number of chunks taken, shared by all threads; shape [1]. */
  readonly taken: Int32Array<SharedArrayBuffer>;
  readonly encodings: readonly EncodingRef[];
  readonly surroundings: Surroundings;
}

/** What a thread answers for each chunk. */
export interface CountedChunk {
  readonly chunk: number;
  readonly counts: readonly FileCount[];
}

/** The counts of files, in their order. */
export async function* countInThreads(
  files: readonly SizedFile[],
  encodings: readonly EncodingRef[],
  { cwd, env }: Surroundings,
): AsyncGenerator<FileCount> {
  const job: CountJob = {
    files: files.map(({ absolute, seen }) => ({ absolute, seen })),
    chunks: chunksOf(files),
    taken: new Int32Array(new SharedArrayBuffer(4)),
    encodings,
    surroundings: { cwd, env: { ...env } },
  };
  const last = job.chunks.length - 1;
  const done: (readonly FileCount[] | undefined)[] = [];
  const helpers = startHelpers(helpersFor(files), job, ({ chunk, counts }) => {
    done[chunk] = counts;
  });
  try {
    for (let chunk = 0; chunk < last; chunk++) {
      for (let counts = done[chunk]; counts === undefined; counts = done[chunk]) {
        const own = takeChunk(job);
        if (own < last) done[own] = countChunk(job, own);
        else if (helpers.areRunning()) await helpers.news();
        else done[chunk] = countChunk(job, chunk); // it was taken by a thread that failed
        if (own < last) await new Promise(setImmediate);
      }
      yield* done[chunk]!;
      done[chunk] = [];
    }
  } finally {
    await helpers.stop();
  }
}

/** The next chunk that nobody has taken; beyond the last when there is none. */
export const takeChunk = ({ taken }: CountJob): number => Atomics.add(taken, 0, 1);

export const countChunk = ({ files, chunks, encodings, surroundings }: CountJob, chunk: number): FileCount[] =>
  files.slice(chunks[chunk], chunks[chunk + 1]).map((file) => countFile(file, encodings, surroundings));

/** Where chunks begin, and the end. */
function chunksOf(files: readonly SizedFile[]): number[] {
  const chunks = [0];
  let bytes = 0;
  for (const [i, { size }] of files.entries()) {
    bytes += size;
    if (bytes >= CHUNK || i === files.length - 1) {
      chunks.push(i + 1);
      bytes = 0;
    }
  }
  return chunks;
}

function helpersFor(files: readonly SizedFile[]): number {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return Math.min(availableParallelism() - 1, MOST_HELPERS, Math.floor(bytes / BYTES_PER_THREAD));
}

/** Threads that help. What one took and did not count, for whatever reason, is for the caller to count. */
function startHelpers(number: number, job: CountJob, onChunk: (counted: CountedChunk) => void) {
  let running = number;
  let wake = (): void => {};
  const workers = Array.from({ length: number }, () => {
    const worker = new Worker(join(packageRoot(), 'dist', 'count-worker.cjs'), { workerData: job });
    worker.on('message', (counted: CountedChunk) => {
      onChunk(counted);
      wake();
    });
    worker.on('error', () => {}); // the caller meets the same error when it counts the file, and reports it
    worker.on('exit', () => {
      running--;
      wake();
    });
    return worker;
  });
  return {
    areRunning: (): boolean => running > 0,
    /** Resolves at the next chunk, or when a thread ends. */
    news: (): Promise<void> =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    stop: (): Promise<unknown> => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
