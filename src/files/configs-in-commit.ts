import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { CommitPaths } from './commit-paths.js';
import { CONFIG_NAMES, hasSection } from './config.js';
import { type ConfigFiles, type HiddenConfig, isInstalled, type NamedConfigs } from './config-files.js';
import { CONFIG_FILE } from './configs-on-disk.js';
import { type Glob, matchGlob, mayLeadTo, parseGlob } from './glob.js';
import { isWithin } from './is-within.js';
import { realOf } from './real-path.js';
import { slashed } from './shown-path.js';
import { textInCommit } from './text-in-commit.js';

/**
 * Configs as they are in a commit.
 *
 * @param ref  what messages call it
 */
export const configsInCommit = (paths: CommitPaths, ref: string): ConfigFiles => ({
  has: (path) => paths.entries.has(paths.link(path)),
  isTop: (folder) => paths.real(folder) === paths.root || dirname(folder) === folder,
  text: (path, shown) => textInCommit(paths, path, shown, CONFIG_FILE),
  named: (typed, folder) => named(typed, paths.real(folder), paths),
  real: paths.link,
  called: (shown) => `${shown} (${ref})`,
});

async function named(typed: string, folder: string, paths: CommitPaths): Promise<NamedConfigs> {
  const { entries, link } = paths;
  const all = [...entries.keys()];
  const absolute = link(resolve(folder, typed));
  if (entries.has(absolute)) return { paths: [absolute], hidden: [] };
  if (all.some((path) => path.startsWith(absolute + sep))) return { problem: 'folder' };
  const glob = await parseGlob(typed, folder);
  if (glob === null) return { problem: 'missing' };
  const files = all.filter((path) => entries.get(path)?.kind === 'file');
  const matched = [...(await matchGlob(glob, files))].sort();
  const isOwn = (path: string): boolean => !isInstalled(`/${relative(folder, path)}`);
  const hidden = await behindLinks(glob, files, paths);
  return { paths: matched.filter(isOwn), hidden: hidden.filter(({ name }) => isOwn(name)) };
}

/** What a glob would match by the names that the commit's links give to files. */
async function behindLinks(glob: Glob, files: readonly string[], { entries, real }: CommitPaths) {
  const hidden: HiddenConfig[] = [];
  const links = [...entries.keys()].filter((path) => entries.get(path)?.kind === 'symbolic link');
  const matched = await matchGlob(glob, links);
  for (const behind of links) {
    if (!matched.has(behind) && !(await mayLeadTo(glob, behind))) continue;
    const target = real(behind);
    const led = files.filter((path) => isWithin(path, target));
    const names = new Map(led.map((path) => [behind + path.slice(target.length), path]));
    for (const name of await matchGlob(glob, [...names.keys()])) hidden.push({ behind, name, real: names.get(name)! });
  }
  return hidden;
}

/** Which of the configs of a commit: all, or those whose folder the work tree now reaches through a link alone. */
type Sought = 'any' | 'behind a link';

/**
 * A config of the commit that was not read, relative to its top; `null`: there is none.
 *
 * @param read  absolute paths
 */
export async function unreadConfig(
  paths: CommitPaths,
  read: readonly string[],
  sought: Sought,
): Promise<string | null> {
  const known = new Set(read.map(paths.link));
  for (const [path, { kind }] of paths.entries) {
    if (kind !== 'file' || known.has(path) || isInstalled(path)) continue;
    if (sought === 'behind a link' && realOf(dirname(path)) === dirname(path)) continue;
    if (await isConfig(path, paths)) return slashed(relative(paths.root, path));
  }
  return null;
}

async function isConfig(path: string, paths: CommitPaths): Promise<boolean> {
  const name = basename(path);
  if (CONFIG_NAMES.includes(name)) return true;
  return name === 'package.json' && hasSection(await textInCommit(paths, path, path, CONFIG_FILE), path);
}
