/** A tokenizer in a process of its own, asked to count files; it may crash or take too long without harm to the bench. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from './root.js';

const CHILD = join(root, 'bench', 'peer-child.js');

/** Should even the bench itself be killed, the system ends a child after this much processor time, in seconds. */
const PROCESSOR_TIME = 180;
const LIMITED = 'ulimit -t "$0" && exec "$@"';

const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Starts a tokenizer.
 *
 * @param module  path of a module that exports `count(text)`
 * @returns `ask({ paths, dropped }, seconds)`: tokens of these files without their last `dropped` bytes, the milliseconds
 *   spent counting (not reading), peak memory in megabytes so far; or `{ died }`, what to print instead: `crash`, or
 *   `> 20 s`. `stop()` ends the process.
 */
export function startPeer(module) {
  const words = ['-c', LIMITED, String(PROCESSOR_TIME), process.execPath, CHILD, module];
  const child = spawn('sh', words, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  running.add(child);
  const gone = once(child, 'exit').then(() => {
    running.delete(child);
    return { died: 'crash' };
  });
  const ready = Promise.race([once(child, 'message'), gone]);

  const ask = async ({ paths, dropped = 0 }, seconds) => {
    const loaded = await ready;
    if ('died' in loaded || child.exitCode !== null || child.signalCode !== null) return gone;
    const late = timer(seconds);
    child.send({ paths, dropped });
    const answer = await Promise.race([once(child, 'message').then(([message]) => message), gone, late.promise]);
    late.clear();
    if (answer === late.isOver) child.kill('SIGKILL');
    return answer === late.isOver ? { died: `> ${seconds} s` } : answer;
  };
  return { ask, stop: () => child.kill('SIGKILL') };
}

function timer(seconds) {
  const isOver = Symbol('over');
  let id;
  const promise = new Promise((resolve) => {
    id = setTimeout(resolve, seconds * 1000, isOver);
  });
  return { promise, isOver, clear: () => clearTimeout(id) };
}
