/** Whole processes: how long they take, and how much memory at most. Each is killed, by its own id, after `LIMIT`. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './root.js';

const LIMIT = 120_000;

/**
 * Runs a command to its end, its output thrown away.
 * @returns  wall time in milliseconds
 * @throws   when it fails, is killed, or cannot be started
 */
export function timeOf([command, ...words], { cwd, env = {} } = {}) {
  const start = process.hrtime.bigint();
  const options = { cwd, env: { ...process.env, ...env }, stdio: 'ignore', timeout: LIMIT, killSignal: 'SIGKILL' };
  const { status, signal, error } = spawnSync(command, words, options);
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  if (status === 0) return ms;
  throw new Error(`${[command, ...words].join(' ').slice(0, 200)} ended with ${status ?? signal}`, { cause: error });
}

/** The words that start a Node script. */
export const nodeScript = (script, ...words) => [process.execPath, script, ...words];

/** Peak resident memory of a Node script, in megabytes; the script writes it to a file of `scratch` as it ends. */
export function peakOf([node, ...words], { cwd, env = {}, scratch }) {
  const file = join(scratch, 'peak-memory');
  const preload = pathToFileURL(join(root, 'bench', 'say-peak-memory.js')).href;
  timeOf([node, '--import', preload, ...words], { cwd, env: { ...env, TOKENHUB_BENCH_PEAK: file } });
  return Number(readFileSync(file, 'utf8'));
}
