/** The process behind `startPeer`: counts the files of each message with the module named on the command line. */

import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { peakMemory } from './peak-memory.js';

const { count } = await import(pathToFileURL(process.argv[2]).href);

/** A file as text, without its last bytes. */
function textOf(path, dropped) {
  const bytes = readFileSync(path);
  return bytes.toString('utf8', 0, Math.max(0, bytes.length - dropped));
}

function countFiles({ paths, dropped }) {
  let [tokens, ms] = [0, 0];
  for (const path of paths) {
    const text = textOf(path, dropped);
    const start = performance.now();
    tokens += count(text);
    ms += performance.now() - start;
  }
  return { tokens, ms, peak: peakMemory() };
}

process.on('message', (message) => process.send(countFiles(message)));
process.send('ready');
