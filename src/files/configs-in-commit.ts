import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileTooLarge, linkedConfig, missingConfig } from '../errors/base.js';
import { type ConfigFiles, isInstalled, type NamedConfigs } from './config-files.js';
import { LARGEST_CONFIG } from './configs-on-disk.js';
import { readBlobs } from './git-blobs.js';
import { type Commit, listTree, type TreeEntry } from './git-tree.js';
import { matchGlob, parseGlob } from './glob.js';
import { realLink, realOf } from './real-path.js';

/**
 * Configs as they are in a commit.
 *
 * @param ref  what messages call it
 */
export function configsInCommit(commit: Commit, ref: string): ConfigFiles {
  const entries = new Map(listTree(commit).map((entry) => [join(commit.root, entry.path), entry]));
  return {
    has: (path) => entries.has(realLink(path)),
    isTop: (folder) => realOf(folder) === commit.root || dirname(folder) === folder,
    text: (path, shown) => textOf(entries.get(realLink(path)), { shown, largest: LARGEST_CONFIG, commit }),
    named: (typed, folder) => named(typed, realOf(folder), [...entries.keys()]),
    called: (shown) => `${shown} (${ref})`,
  };
}

/** A file of a commit; `null`: it has none. @throws FILE_UNREADABLE, BAD_CONFIG */
export const textInCommit = (path: string, wanted: Wanted): Promise<string | null> =>
  textOf(
    listTree(wanted.commit).find((entry) => join(wanted.commit.root, entry.path) === realLink(path)),
    wanted,
  );

interface Wanted {
  readonly commit: Commit;
  /** As messages call it. */
  readonly shown: string;
  /** Bytes. */
  readonly largest: number;
}

async function textOf(entry: TreeEntry | undefined, { shown, largest, commit }: Wanted): Promise<string | null> {
  if (entry === undefined || entry.kind === 'submodule') return null;
  if (entry.kind === 'symbolic link') throw linkedConfig(shown);
  for await (const { bytes, size } of readBlobs(commit.root, [entry.id], largest)) {
    if (bytes !== null) return new TextDecoder().decode(bytes);
    throw size === null ? missingConfig(shown) : fileTooLarge(shown, largest);
  }
  return null;
}

async function named(typed: string, folder: string, all: readonly string[]): Promise<NamedConfigs> {
  const absolute = resolve(folder, typed);
  if (all.includes(absolute)) return { paths: [absolute] };
  if (all.some((path) => path.startsWith(absolute + sep))) return { problem: 'folder' };
  const glob = await parseGlob(typed, folder);
  if (glob === null) return { problem: 'missing' };
  const matched = [...(await matchGlob(glob, all))].sort();
  return { paths: matched.filter((path) => !isInstalled(`/${relative(folder, path)}`)) };
}
