/** Repositories with branches, for what is compared with a commit. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith, git, repositoryWith } from '../files/folder.js';
import type { Files } from './scene.js';

/** A repository whose branch `main` has one commit of these files; `change` is checked out, and came from it. */
export function changeOf(files: Files): string {
  const folder = repositoryWith(files);
  git(folder, 'checkout', '-q', '-b', 'main');
  commit(folder, {});
  git(folder, 'checkout', '-q', '-b', 'change');
  return folder;
}

export function write(folder: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

/** Writes files and commits all there is. */
export function commit(folder: string, files: Files): string {
  write(folder, files);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-q', '--allow-empty', '-m', 'commit');
  return git(folder, 'rev-parse', 'HEAD').trim();
}

/** A clone over the file protocol, which a depth needs; its branch is that which the repository has checked out. */
export function cloneOf(folder: string, ...flags: string[]): string {
  const clone = folderWith();
  git(clone, 'clone', '-q', ...flags, `file://${folder}`, '.');
  return clone;
}
