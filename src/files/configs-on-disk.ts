import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileTooLarge } from '../errors/base.js';
import { fileUnreadable } from '../errors/files.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import { type ConfigFiles, isInstalled, type NamedConfigs } from './config-files.js';
import { failureReason, meansAbsent } from './failure-reason.js';

/** Bytes. */
export const LARGEST_CONFIG = 1024 * 1024;

/** Configs as they are now. */
export const CONFIGS_ON_DISK: ConfigFiles = {
  has: existsSync,
  isTop: (folder) => existsSync(join(folder, '.git')) || dirname(folder) === folder,
  text: async (path, shown) => readConfigText(path, shown),
  named,
  called: (shown) => shown,
};

function readConfigText(path: string, shown: string): string | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw fileUnreadable(shown, 'it is not a regular file');
    if (stats.size > LARGEST_CONFIG) throw fileTooLarge(shown, LARGEST_CONFIG);
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (meansAbsent(cause)) return null;
    throw cause instanceof TokenhubError ? cause : fileUnreadable(shown, failureReason(cause), cause);
  }
}

/** A glob never reaches a file that git ignores. */
async function named(typed: string, folder: string): Promise<NamedConfigs> {
  const absolute = resolve(folder, typed);
  const at = statSync(absolute, { throwIfNoEntry: false });
  if (at !== undefined) return at.isDirectory() ? { problem: 'folder' } : { paths: [absolute] };
  const { findGlob } = await import('./walk.js');
  const found = await findGlob(typed, folder);
  if (found === null) return { problem: 'missing' };
  const paths = found.files.map(({ absolute: path }) => path);
  return { paths: paths.filter((path) => !isInstalled(`/${relative(folder, path)}`)).sort() };
}
