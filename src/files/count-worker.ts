/** A thread of `count-threads.ts`: takes chunks until there are none. */

import { parentPort, workerData } from 'node:worker_threads';
import { type CountedChunk, type CountJob, countChunk, takeChunk } from './count-chunks.js';

const job: CountJob = workerData;
for (let chunk = takeChunk(job); chunk < job.chunks.length - 1; chunk = takeChunk(job)) {
  const counted: CountedChunk = { chunk, counts: countChunk(job, chunk) };
  parentPort!.postMessage(counted);
}
