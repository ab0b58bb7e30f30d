import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PackagedVocabulary } from '../tokenizer/encodings.js';
import { packageRoot } from './package-root.js';

/**
 * The vocabulary's file in an installed data package: in `node_modules` of a folder from `cwd` upwards, or beside tokenhub itself.
 *
 * @param cwd  absolute
 * @returns    absolute; `null` when the package is not installed
 */
export function findPackaged({ package: name, file }: PackagedVocabulary, cwd: string): string | null {
  const folders = [...upwards(cwd), ...upwards(packageRoot())];
  return folders.map((folder) => join(folder, 'node_modules', name, file)).find((path) => existsSync(path)) ?? null;
}

/** A folder and those above it. */
function upwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}
