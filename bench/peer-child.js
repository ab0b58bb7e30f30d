/** The process behind `startPeer`: counts the files of each message with the module named on the command line. */

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { peakMemory } from './peak-memory.js';

const { count } = await import(pathToFileURL(process.argv[2]).href);
/** The text read last, so that a file asked for again and again is read once. */
let held = { path: '', text: '' };

function textOf(path) {
  if (held.path !== path) held = { path, text: readFileSync(path, 'utf8') };
  return held.text;
}

function countFiles(paths) {
  let [tokens, ms] = [0, 0];
  for (const path of paths) {
    const text = textOf(path);
    const start = performance.now();
    tokens += count(text);
    ms += performance.now() - start;
  }
  return { tokens, ms, peak: peakMemory() };
}

process.on('message', ({ paths }) => process.send(countFiles(paths)));
process.send('ready');
