/** A thread of `count-pool.ts`: opens its encodings, waits for a job, and takes chunks of it until there are none. */

import { parentPort, workerData } from 'node:worker_threads';
import { type CountedChunk, type CountJob, countChunk, takeChunk } from './count-chunks.js';
import { type CountedWith, openEncodings } from './count-file.js';

const by: CountedWith = workerData;
parentPort!.once('message', (job: CountJob) => {
  for (let chunk = takeChunk(job); chunk < job.chunks.length - 1; chunk = takeChunk(job)) {
    const counted: CountedChunk = { chunk, counts: countChunk(job, chunk, by) };
    parentPort!.postMessage(counted);
  }
});
openEncodings(by);
