/** Globs over a list of paths that is already known, so that a glob never reaches an ignored file. */

import { resolve } from 'node:path';
import { slashed } from './shown-path.js';

export interface Glob {
  /** Absolute folder the pattern cannot leave. */
  readonly base: string;
  /** The same as typed. */
  readonly typedBase: string;
  /** The rest of the pattern, relative to `base`. */
  readonly pattern: string;
}

/**
 * A text with wildcards as a glob; `null` when it has none.
 *
 * @param folder  absolute folder the text is relative to
 * @example parseGlob('docs/*.md', '/a')  // { base: '/a/docs', typedBase: 'docs', pattern: '*.md' }
 */
export async function parseGlob(text: string, folder: string): Promise<Glob | null> {
  if (!WILDCARD.test(text) || !(await loadTinyglobby()).isDynamicPattern(text)) return null;
  const parts = text.split('/');
  const first = parts.findIndex((part) => WILDCARD.test(part));
  if (first === -1) return null;
  const fixed = parts.slice(0, first).map((part) => part.replace(/\\(.)/g, '$1'));
  const typedBase = first === 1 && fixed[0] === '' ? '/' : fixed.join('/') || '.';
  return { base: resolve(folder, typedBase), typedBase, pattern: parts.slice(first).join('/') };
}

/** A character that may make a glob of a text. */
const WILDCARD = /(?<!\\)[*?[\]{}()!+@|]/;

/** Loaded when a text looks like a glob: it takes longer to load than most files take to count. */
const loadTinyglobby = () => import('tinyglobby');

/** Those of the paths that match; names that begin with a dot match like any other. */
export async function matchGlob({ base, pattern }: Glob, absolutePaths: readonly string[]): Promise<Set<string>> {
  const tree = folderTree(absolutePaths);
  const fs = { readdirSync: (folder: string) => tree.get(trimSlash(slashed(folder))) ?? [] };
  const { globSync } = await loadTinyglobby();
  const matched = globSync(pattern, {
    cwd: base,
    fs: fs as never,
    dot: true,
    absolute: true,
    expandDirectories: false,
    followSymbolicLinks: false,
  });
  return new Set(matched.map((path) => resolve(path)));
}

/** The little of a directory entry that the walk behind a glob looks at. */
interface Entry {
  readonly name: string;
  readonly isFile: () => boolean;
  readonly isDirectory: () => boolean;
  readonly isSymbolicLink: () => boolean;
}

/** The paths as folders with their entries, for a walk that never touches the disk. */
function folderTree(absolutePaths: readonly string[]): Map<string, Entry[]> {
  const tree = new Map<string, Entry[]>();
  const add = (path: string, kind: 'file' | 'folder'): void => {
    const slash = path.lastIndexOf('/');
    const folder = path.slice(0, slash);
    if (slash === -1) return;
    if (!tree.has(folder)) {
      tree.set(folder, []);
      add(folder, 'folder');
    }
    tree.get(folder)!.push(entry(path.slice(slash + 1), kind));
  };
  for (const path of new Set(absolutePaths)) add(slashed(path), 'file');
  return tree;
}

const entry = (name: string, kind: 'file' | 'folder'): Entry => ({
  name,
  isFile: () => kind === 'file',
  isDirectory: () => kind === 'folder',
  isSymbolicLink: () => false,
});

const trimSlash = (folder: string): string => folder.replace(/\/+$/, '');
