import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { configDeleted } from '../../errors/base.js';
import type { TokenhubError } from '../../errors/tokenhub-error.js';
import { commitPaths } from '../../files/commit-paths.js';
import { namedConfig } from '../../files/config.js';
import type { Io } from '../io.js';
import type { CheckOptions } from './check-options.js';
import { findBase } from './find-base.js';
import { loadSettings, type Settings } from './settings.js';

/** As `loadSettings`; where the config that is named is one that the change deletes, the error says so. */
export async function checkSettings(io: Io, options: CheckOptions): Promise<Settings> {
  try {
    return await loadSettings(io, options);
  } catch (error) {
    throw (await deletedConfig(io, options)) ?? error;
  }
}

/** `null`: it is there, or the base has none either. */
async function deletedConfig(io: Io, options: CheckOptions): Promise<TokenhubError | null> {
  const named = namedConfig({ file: options.config ?? null, env: io.env });
  if (named === null || existsSync(resolve(io.cwd, named))) return null;
  const { base } = findBase(io, io.cwd, options.base);
  if (base === null) return null;
  const { entries, link } = await commitPaths(base.commit);
  return entries.has(link(resolve(realpathSync(io.cwd), named))) ? configDeleted(named, base.ref) : null;
}
