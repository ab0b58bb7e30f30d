/** A git repository of about 2,000 files and 30 MB, copied from installed packages. */

import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MEGABYTE } from './inputs.js';
import { packageFiles } from './package-files.js';
import { timeOf } from './run-child.js';

const SMALLEST = 500;
const LARGEST = 3 * MEGABYTE;

/**
 * @returns  `{ folder, paths, bytes, list }`; `list` is a file of all paths, each ended by a NUL
 */
export function makeRepository(scratch, { megabytes }) {
  const folder = join(scratch, 'repository');
  const paths = [];
  let total = 0;
  for (const { path, name, bytes } of packageFiles()) {
    if (bytes < SMALLEST || bytes > LARGEST || total + bytes > megabytes * MEGABYTE) continue;
    const copy = join(folder, 'packages', name);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(path, copy);
    paths.push(copy);
    total += bytes;
  }
  timeOf(['git', 'init', '-q'], { cwd: folder });
  timeOf(['git', 'add', '--force', '.'], { cwd: folder });
  const list = join(scratch, 'repository-files');
  writeFileSync(list, paths.map((path) => `${path}\0`).join(''));
  return { folder, paths, bytes: total, list };
}
