/** The folders in which files may come to match a pattern. */

import { type Dirent, existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runGit } from './git.js';
import { parseGlob } from './glob.js';

/** What never holds files of a budget, and is large. */
const NEVER = new Set(['.git', 'node_modules']);

/**
 * Folders to watch for a path, folder or glob: the one it begins in and all beneath it that git does not ignore, or the nearest
 * above it that is there.
 *
 * @param root  absolute folder the text is relative to
 */
export async function foldersOf(text: string, root: string): Promise<string[]> {
  const base = (await parseGlob(text, root))?.base ?? resolve(root, text);
  const stats = statSync(base, { throwIfNoEntry: false });
  if (stats?.isDirectory()) return [dirname(base), ...foldersBeneath(base)];
  return [nearestFolder(dirname(base))];
}

function nearestFolder(folder: string): string {
  let at = folder;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  return at;
}

/** The folder and those in it, at any depth. */
function foldersBeneath(top: string): string[] {
  const ignored = ignoredFolders(top);
  const found = [top];
  for (let i = 0; i < found.length; i++)
    for (const entry of entriesOf(found[i]!)) {
      const path = join(found[i]!, entry.name);
      if (entry.isDirectory() && !NEVER.has(entry.name) && !ignored.has(path)) found.push(path);
    }
  return found;
}

/** Without those of a folder that went away, or may not be read: a check says so of its files. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // gone meanwhile
  }
}

/** Whole folders that git ignores; none outside of git. */
function ignoredFolders(top: string): ReadonlySet<string> {
  const answer = runGit(top, ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z']);
  if (answer?.status !== 0) return new Set();
  const paths = answer.stdout.toString().split('\0');
  return new Set(paths.filter((path) => path.endsWith('/')).map((path) => join(top, path.slice(0, -1))));
}
