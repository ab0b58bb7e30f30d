/** The thread of `flows/import-thread.ts`: reads one file and sends its parts, a few ahead of the writer. */

import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadMessage } from './flows/import-thread.js';
import { openPriceBook } from './flows/open-price-book.js';
import { type ReadTask, readEntries } from './flows/read-entries.js';
import { packed } from './flows/sent-part.js';
import { toldFailure } from './flows/told-failure.js';

/** Parts on their way. */
const AHEAD = 4;

const port = parentPort!;
const say = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

let onTheirWay = 0;
let wake = (): void => {};
const written: ArrayBuffer[] = [];
port.on('message', (memory: ArrayBuffer) => {
  written.push(memory);
  onTheirWay -= 1;
  wake();
});

async function readAll(task: ReadTask): Promise<void> {
  const book = await openPriceBook(task.config);
  for await (const read of readEntries(task, book, () => written.pop())) {
    const { part, transfer } = packed(read);
    say({ part }, transfer);
    onTheirWay += 1;
    while (onTheirWay >= AHEAD) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
}

readAll(workerData)
  .then(
    () => say({ done: true }),
    (error: unknown) => say({ failure: toldFailure(error) }),
  )
  .finally(() => port.unref());
