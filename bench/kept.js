import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';

/** A folder, made where it is missing, of what the bench keeps between runs. */
export function kept(name) {
  const folder = join(root, 'node_modules', '.cache', 'tokenhub', 'bench', name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
