import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CountedChunk, CountJob } from './count-chunks.js';
import { packageRoot } from './package-root.js';

const MOST_HELPERS = 3;

/** Threads that help to count. What one took and did not count, for whatever reason, is for the caller to count. */
export interface Helpers {
  readonly areRunning: () => boolean;
  /** Resolves at the next chunk, or when a thread ends. */
  readonly news: () => Promise<void>;
  readonly stop: () => Promise<unknown>;
}

/** Starts as many threads as are wanted and the machine has processors beside this one. */
export function startHelpers(wanted: number, job: CountJob, onChunk: (counted: CountedChunk) => void): Helpers {
  let running = Math.min(wanted, availableParallelism() - 1, MOST_HELPERS);
  let wake = (): void => {};
  const workers = Array.from({ length: running }, () => {
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
    areRunning: () => running > 0,
    news: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    stop: () => Promise.all(workers.map((worker) => worker.terminate())),
  };
}
