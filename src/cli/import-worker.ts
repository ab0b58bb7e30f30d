/** The thread of `flows/import-thread.ts`: reads files, one after the other, and sends their parts, a few ahead of the writer. */

import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadMessage, ThreadOrder } from './flows/import-thread.js';
import { openPriceBook } from './flows/open-price-book.js';
import { type ReadTask, readEntries } from './flows/read-entries.js';
import { packed } from './flows/sent-part.js';
import { toldFailure } from './flows/told-failure.js';

/** Parts on their way. */
const AHEAD = 4;

const config: ReadTask['config'] = workerData;
const opening = openPriceBook(config);
opening.catch(() => {}); // told to whoever gives it a file

const port = parentPort!;
const say = (message: ThreadMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

let onTheirWay = 0;
let wake = (): void => {};
const written: ArrayBuffer[] = [];
port.on('message', (order: ThreadOrder) => {
  if ('task' in order) {
    void read(order.task);
    return;
  }
  written.push(order.memory);
  onTheirWay -= 1;
  wake();
});

async function read(task: ReadTask): Promise<void> {
  try {
    await sendParts(task);
    say({ done: true });
  } catch (error) {
    say({ failure: toldFailure(error) });
  }
}

async function sendParts(task: ReadTask): Promise<void> {
  for await (const read of readEntries(task, await opening, () => written.pop())) {
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
