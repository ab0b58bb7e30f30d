/** A pool of threads that count. What one takes and does not count, for whatever reason, is for the caller to count. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { CountedChunk, CountJob } from './count-chunks.js';
import type { CountedWith } from './count-file.js';
import { packageRoot } from './package-root.js';

const MOST = 3;

export interface CountPool {
  /** Gives all of them the job, and starts more, up to the number wanted. Its chunks are answered one after the other. */
  readonly give: (job: CountJob, wanted: number, onChunk: (counted: CountedChunk) => void) => void;
  readonly areRunning: () => boolean;
  /** Resolves at the next chunk, or when a thread ends. */
  readonly news: () => Promise<void>;
  /** Ends them, whatever they do; nobody need wait for it. */
  readonly stop: () => void;
}

/**
 * Starts threads, which open their encodings while they wait for a job; never more than there are processors beside this one.
 * They do not keep the process alive until they have a job.
 */
export function startPool(number: number, by: CountedWith): CountPool {
  const most = Math.min(availableParallelism() - 1, MOST);
  const workers: Worker[] = [];
  let running = 0;
  let wake = (): void => {};

  const start = (): void => {
    const worker = new Worker(join(packageRoot(), 'dist', 'count-worker.cjs'), { workerData: by });
    running++;
    worker.unref();
    worker.on('error', () => {}); // the caller meets the same error when it counts the file, and reports it
    worker.on('exit', () => {
      running--;
      wake();
    });
    workers.push(worker);
  };
  const startUpTo = (wanted: number): void => {
    while (workers.length < Math.min(wanted, most)) start();
  };

  startUpTo(number);
  return {
    give: (job, wanted, onChunk) => {
      startUpTo(wanted);
      for (const worker of workers) {
        worker.on('message', (counted: CountedChunk) => {
          onChunk(counted);
          wake();
        });
        worker.ref();
        worker.postMessage(job);
      }
    },
    areRunning: () => running > 0,
    news: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
    stop: () => {
      for (const worker of workers) void worker.terminate();
    },
  };
}
