/** A command run to its end: its wall time, the most memory its whole tree of processes held, what it printed. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

/** Milliseconds between two looks at the memory. The system keeps the peak of each process, so that only its last moment may be missed. */
const EVERY = 20;
/** Killed after this many milliseconds. */
const LIMIT = 1_800_000;

const running = new Set();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * @param input  what the command reads from its standard input
 * @returns      `{ ms, peak, stdout }`; `peak` in megabytes: the peaks of all its processes added, null where there is no /proc
 * @throws       when it fails, with what it wrote to standard error
 */
export async function measured([command, ...words], { cwd, env = {}, input = '' } = {}) {
  const start = process.hrtime.bigint();
  const child = spawn(command, words, { cwd, env: { ...process.env, ...env }, timeout: LIMIT, killSignal: 'SIGKILL' });
  running.add(child);
  child.stdin.on('error', () => {}); // it may end without reading all
  child.stdin.end(input);
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const peaks = new Map();
  const look = setInterval(() => keepPeaks(child.pid, peaks), EVERY);
  const [status, signal] = await once(child, 'exit');
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  clearInterval(look);
  running.delete(child);
  const [stdout, stderr] = await printed;
  if (status === 0) return { ms, peak: sumOf(peaks), stdout };
  throw new Error(`${[command, ...words].join(' ').slice(0, 200)} ended with ${status ?? signal}\n${stderr}`);
}

const sumOf = (peaks) => (peaks.size === 0 ? null : [...peaks.values()].reduce((sum, peak) => sum + peak, 0));

/** The peak so far of a process and of all below it; one that ended meanwhile keeps what was seen of it. */
function keepPeaks(pid, peaks) {
  try {
    const peak = /^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    if (peak !== null) peaks.set(pid, (Number(peak[1]) * 1024) / 1e6);
    for (const thread of readdirSync(`/proc/${pid}/task`))
      for (const child of childrenOf(pid, thread)) keepPeaks(child, peaks);
  } catch {} // gone, or a system without /proc
}

const childrenOf = (pid, thread) =>
  readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').split(' ').filter(Boolean);
