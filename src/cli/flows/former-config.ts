import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { configOutOfReach } from '../../errors/base.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import type { CommitPaths } from '../../files/commit-paths.js';
import { loadConfig, NO_CONFIG, namedConfig } from '../../files/config.js';
import type { Config } from '../../files/config-type.js';
import { configsInCommit, unreadConfig } from '../../files/configs-in-commit.js';
import type { Io } from '../io.js';
import type { CheckOptions } from './check-options.js';
import type { Base } from './find-base.js';

/** What the search for a config finds in the base: it may have another name or folder there. */
export async function formerConfig(
  io: Io,
  { ref }: Base,
  paths: CommitPaths,
  options: CheckOptions,
): Promise<{ readonly config: Config } | { readonly problem: TokenhubError }> {
  const query = { cwd: realpathSync(io.cwd), file: options.config ?? null, env: io.env };
  const files = configsInCommit(paths, ref);
  const named = namedConfig(query);
  if (named !== null && !files.has(resolve(query.cwd, named))) return { config: NO_CONFIG };
  try {
    return { config: await loadConfig(query, files) };
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    return { problem: error };
  }
}

/**
 * A change must not hide the config that judges it: by a folder that it moves and leaves a link for, or otherwise. Only
 * where the base has no config at all may that of now judge alone.
 */
export async function refuseOutOfReach({ file, included }: Config, { name }: Base, paths: CommitPaths): Promise<void> {
  const read = file === null ? [] : [file, ...included];
  const behind = await unreadConfig(paths, read, 'behind a link');
  if (behind !== null) throw configOutOfReach(behind, name, 'the change has a link in place of a folder');
  const other = file === null ? await unreadConfig(paths, read, 'any') : null;
  if (other !== null) throw configOutOfReach(other, name, 'the search from here finds none there');
}
