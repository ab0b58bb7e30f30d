import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../../files/package-root.js';
import type { DefaultPriceBook } from '../../pricing/default-book.js';
import { type EntryPart, type ReadTask, readEntries } from './read-entries.js';
import { type SentPart, unpacked } from './sent-part.js';
import { failureFrom, type ToldFailure } from './told-failure.js';

/** Bytes from which on a thread of its own is worth its start. */
const WORTH_A_THREAD = 2 * 1024 * 1024;

/**
 * Two heaps, each of which may grow to several times what it holds before it is swept: rows are garbage at once, so less
 * room does as well, and the process stays within 300 MB.
 */
const YOUNG_MB = 16;
const GROWTH = '--heap-growing-percent=100';

/** What the thread says. */
export type ThreadMessage = { readonly part: SentPart } | { readonly failure: ToldFailure } | { readonly done: true };

/** Reads a file's entries, in a thread of its own when the file is large: then the next parts are read while one is written. */
export async function* readInThread(task: ReadTask, book: DefaultPriceBook): AsyncGenerator<EntryPart> {
  if (task.hashed.bytes - (task.opening.from?.offset ?? 0) < WORTH_A_THREAD) yield* readEntries(task, book);
  else yield* partsOfThread(task);
}

async function* partsOfThread(task: ReadTask): AsyncGenerator<EntryPart> {
  setFlagsFromString(GROWTH);
  const worker = new Worker(join(packageRoot(), 'dist', 'import-worker.cjs'), {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const inbox = inboxOf(worker);
  try {
    for (;;) {
      const message = await inbox.next();
      if ('failure' in message) throw failureFrom(message.failure);
      if ('done' in message) return;
      yield unpacked(message.part);
      const { memory } = message.part.batch;
      worker.postMessage(memory, [memory]); // to be filled again
    }
  } finally {
    await worker.terminate();
  }
}

/** Messages of a thread, in order; what it dies of is thrown. */
function inboxOf(worker: Worker) {
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
  return {
    next: async (): Promise<ThreadMessage> => {
      while (messages.length === 0) {
        if (death !== null) throw death;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return messages.shift()!;
    },
  };
}
