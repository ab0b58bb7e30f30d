/** Peak resident memory while every file of a repository is counted, one by one. */

import { join } from 'node:path';
import { MEGABYTE } from './inputs.js';
import { startPeer } from './peer-process.js';
import { COUNTERS, counterModule } from './peers.js';
import { printTable } from './print-table.js';
import { makeRepository } from './repository.js';
import { bin } from './root.js';
import { nodeScript, peakOf } from './run-child.js';

/** Prints the table; gives the peak of `tokenhub count .` in megabytes. */
export async function measureMemory(scratch, encoding, { megabytes, seconds }) {
  const { folder, paths, bytes } = makeRepository(scratch, { megabytes });
  const env = { TOKENHUB_CACHE: join(scratch, 'cache') };
  const peak = peakOf(nodeScript(bin, 'count', '.'), { cwd: folder, env, scratch });
  const rows = [['tokenhub count .', `${peak.toFixed(0)} MB`, '', '']];
  for (const name of COUNTERS) {
    const peer = startPeer(counterModule(name, encoding));
    const answer = await peer.ask({ paths }, seconds);
    peer.stop();
    rows.push([`a script with ${name}`, ...('died' in answer ? [answer.died, '', ''] : cellsOf(answer))]);
  }
  console.log(`\nA repository of ${paths.length} files, ${(bytes / MEGABYTE).toFixed(1)} MB, ${encoding}`);
  printTable(['', 'peak memory', 'tokens', 'counting'], rows);
  return peak;
}

const cellsOf = ({ peak, tokens, ms }) => [`${peak.toFixed(0)} MB`, String(tokens), `${(ms / 1000).toFixed(2)} s`];
