/** The built program as a process of its own. */

import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const bin = join(root, 'bin', 'tokenhub.js');

/** Nothing of this machine's settings but where programs are. */
export const plainEnv = (more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  ...more,
});

/** Runs the program to its end. */
export function tokenhub(argv: readonly string[], options: SpawnSyncOptions = {}) {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
    env: plainEnv(),
    maxBuffer: 64 * 1024 * 1024,
    ...options,
    encoding: 'utf8',
  });
  return { status, signal, stdout, stderr };
}
