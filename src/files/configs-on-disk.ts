import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { configTooLarge, linkedConfig } from '../errors/base.js';
import { type ConfigFiles, isInstalled, type NamedConfigs } from './config-files.js';
import { parseGlob } from './glob.js';
import { type LimitedFile, limitedText } from './limited-text.js';
import { realOf } from './real-path.js';

export const CONFIG_FILE: LimitedFile = { largest: 1024 * 1024, tooLarge: configTooLarge, linked: linkedConfig };

/** Configs as they are now. */
export const CONFIGS_ON_DISK: ConfigFiles = {
  has: existsSync,
  isTop: (folder) => existsSync(join(folder, '.git')) || dirname(folder) === folder,
  text: async (path, shown) => limitedText(path, shown, CONFIG_FILE),
  named,
  real: realOf,
  called: (shown) => shown,
};

/** A glob never reaches a file that git ignores. */
async function named(typed: string, folder: string): Promise<NamedConfigs> {
  const absolute = resolve(folder, typed);
  const at = statSync(absolute, { throwIfNoEntry: false });
  if (at !== undefined) return at.isDirectory() ? { problem: 'folder' } : { paths: [absolute], hidden: [] };
  const glob = await parseGlob(typed, folder);
  if (glob === null) return { problem: 'missing' };
  const { findGlob, findPath } = await import('./walk.js');
  const { hiddenConfigs } = await import('./hidden-configs.js');
  const listed = findPath(glob.typedBase, folder) ?? { files: [], skipped: [] };
  const { files } = (await findGlob(typed, folder, () => listed))!;
  const paths = files.map(({ absolute: path }) => path);
  return {
    paths: paths.filter((path) => !isInstalled(`/${relative(folder, path)}`)).sort(),
    hidden: await hiddenConfigs({ glob, root: folder, look: findPath, found: listed }),
  };
}
