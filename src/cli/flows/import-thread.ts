import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../../files/package-root.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import { type EntryPart, type ReadTask, readEntries } from './read-entries.js';
import { type SentPart, unpacked } from './sent-part.js';
import { failureFrom, type ToldFailure } from './told-failure.js';

/** Bytes from which on a file is worth another thread. */
const WORTH_A_THREAD = 2 * 1024 * 1024;

/**
 * Two heaps, each of which may grow to several times what it holds before it is swept: rows are garbage at once, so less
 * room does as well, and the process stays within 300 MB.
 */
const YOUNG_MB = 16;
const GROWTH = '--heap-growing-percent=100';

/** What the thread says. */
export type ThreadMessage = { readonly part: SentPart } | { readonly failure: ToldFailure } | { readonly done: true };
/** What it is told: a file to read, or memory of a part that was written, to be filled again. */
export type ThreadOrder = { readonly task: ReadTask } | { readonly memory: ArrayBuffer };

/** A thread that reads the large files of a run, one after the other: then the next part is read while one is written. */
export interface ImportThread extends AsyncDisposable {
  /** Starts it early where a file is so large that it will be needed, as far as is known. */
  readonly prepare: (bytes: number) => void;
  /** The entries of a file; of a small one without the thread. `book` is that of the config. */
  readonly read: (task: ReadTask, book: DefaultPriceBook) => AsyncIterable<EntryPart>;
}

export function importThread(config: ReadTask['config']): ImportThread {
  let started: StartedThread | null = null;
  const stop = async (): Promise<void> => {
    const ending = started;
    started = null;
    await ending?.worker.terminate();
  };

  async function* readInThread(task: ReadTask): AsyncGenerator<EntryPart> {
    started ??= startThread(config);
    const { worker, next } = started;
    const order = (told: ThreadOrder, transfer: ArrayBuffer[] = []) => worker.postMessage(told, transfer);
    let isDone = false;
    worker.ref();
    order({ task });
    try {
      for (let message = await next(); !('done' in message); message = await next()) {
        if ('failure' in message) throw failureFrom(message.failure);
        yield unpacked(message.part);
        const { memory } = message.part.batch;
        order({ memory }, [memory]);
        await nextTurn(); // parts may come so fast that no signal would be heard until the last
      }
      isDone = true;
      worker.unref();
    } finally {
      if (!isDone) await stop(); // it may be in the middle of the file
    }
  }

  return {
    prepare: (bytes) => {
      if (bytes >= WORTH_A_THREAD) started ??= startThread(config);
    },
    read: (task, book) => {
      const bytes = task.hashed.bytes - (task.opening.from?.offset ?? 0);
      return bytes < WORTH_A_THREAD ? readEntries(task, book) : readInThread(task);
    },
    [Symbol.asyncDispose]: stop,
  };
}

interface StartedThread {
  readonly worker: Worker;
  /** The next message; what the thread dies of is thrown. */
  readonly next: () => Promise<ThreadMessage>;
}

/** It does not keep the process alive until it has a task. */
function startThread(config: ReadTask['config']): StartedThread {
  setFlagsFromString(GROWTH);
  const worker = new Worker(join(packageRoot(), 'dist', 'import-worker.cjs'), {
    workerData: config,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  worker.unref();
  const messages: ThreadMessage[] = [];
  let wake = (): void => {};
  let death: Error | null = null;
  const onEnd = (error: Error): void => {
    death ??= error;
    wake();
  };
  worker.on('message', (message: ThreadMessage) => {
    messages.push(message);
    wake();
  });
  worker.on('error', onEnd);
  worker.on('exit', () => onEnd(new Error('the reading thread ended before its file did')));
  const next = async (): Promise<ThreadMessage> => {
    while (messages.length === 0) {
      if (death !== null) throw death;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return messages.shift()!;
  };
  return { worker, next };
}
