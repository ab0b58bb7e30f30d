/** What a check depends on: configs, what they name, and the files that budgets match. */

import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { configPlaces, loadConfig } from '../../files/config.js';
import type { Config } from '../../files/config-type.js';
import { foldersOf } from '../../files/folders-beneath.js';
import { isNegated } from '../../files/glob.js';
import { matchListing } from '../../files/match-paths.js';
import { slashed } from '../../files/shown-path.js';
import type { Io } from '../io.js';
import { baselinePath, readsBaseline } from './baseline-path.js';
import type { CheckOptions } from './check-options.js';
import { priceFilesOf } from './settings.js';

export interface WatchScope {
  /** And included ones, price files and the baseline; absolute, and they need not be there. */
  readonly configs: readonly string[];
  readonly patterns: readonly Pick<FileBudget, 'paths' | 'root'>[];
  /** Folder that paths are shown relative to. */
  readonly cwd: string;
}

/** Path as shown to what changes with the file: its time, size and number. */
export type Stamps = ReadonlyMap<string, string>;

/** @param before  what is kept while the config cannot be read */
export async function watchScope(
  io: Io,
  paths: readonly string[],
  options: CheckOptions,
  before: WatchScope | null,
): Promise<WatchScope> {
  const { cwd } = io;
  const query = { cwd, file: options.config ?? null, env: io.env };
  const configs = configPlaces(query);
  if (paths.length > 0) return { configs, patterns: [{ paths, root: cwd }], cwd };
  try {
    const config = await loadConfig(query);
    const patterns = config.budgets.filter((budget): budget is FileBudget => budget.kind === 'files');
    return { configs: [...new Set([...configs, ...filesBeside(config, cwd, options)])], patterns, cwd };
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    return stillWatched(before ?? { configs, patterns: [], cwd }, error); // the check tells it
  }
}

function filesBeside(config: Config, cwd: string, options: CheckOptions): readonly string[] {
  const baselines = readsBaseline(options) ? [baselinePath(cwd, options, config.file)] : [];
  return [...config.included, ...priceFilesOf(config), ...baselines];
}

/** With the file to be mended, which may be an included config that was never read. */
function stillWatched(scope: WatchScope, { place: { file } }: TokenhubError): WatchScope {
  return file === undefined ? scope : { ...scope, configs: [...new Set([...scope.configs, resolve(scope.cwd, file)])] };
}

export async function foldersToWatch({ configs, patterns }: WatchScope): Promise<ReadonlySet<string>> {
  const wanted = patterns.flatMap(({ paths, root }) =>
    paths.filter((path) => !isNegated(path)).map((path) => foldersOf(path, root)),
  );
  return new Set([...configs.map((file) => dirname(file)), ...(await Promise.all(wanted)).flat()]);
}

export async function stampsOf({ configs, patterns, cwd }: WatchScope): Promise<Stamps> {
  const listings = await Promise.all(patterns.map(({ paths, root }) => matchListing(paths, { root })));
  const files = listings.flatMap((listing) => listing.files.map(({ absolute }) => absolute));
  const stamps = [...configs, ...files].flatMap((file): [string, string][] => {
    const stats = statSync(file, { throwIfNoEntry: false });
    return stats === undefined
      ? []
      : [[slashed(relative(cwd, file)), `${stats.mtimeMs} ${stats.ctimeMs} ${stats.size} ${stats.ino}`]];
  });
  return new Map(stamps);
}

/** A file that is new, gone or another; `null`: none is. */
export function changedFile(before: Stamps, after: Stamps): string | null {
  const paths = [...after.keys(), ...before.keys()];
  return paths.find((path) => before.get(path) !== after.get(path)) ?? null;
}
