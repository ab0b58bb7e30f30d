/** Temporary folders and git repositories for the tests of this room. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder with files, removed after the test; its path holds no symbolic link. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tokenhub-test-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Runs git in a folder with a user of its own and no config of the machine. */
export function git(folder: string, ...args: string[]): string {
  const user = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always'];
  const env = { PATH: process.env.PATH, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', HOME: folder };
  return execFileSync('git', [...user, ...args], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] }).toString();
}

/** The same as `folderWith`, with `git init`. */
export function repositoryWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = folderWith(files);
  git(folder, 'init', '-q', '.');
  return folder;
}
