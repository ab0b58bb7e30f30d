/** Finds and loads the config. What reads it (YAML, schema) is loaded only when there is one. */

import { dirname, join, relative, resolve } from 'node:path';
import { badConfig } from '../errors/config.js';
import { pathNotFound } from '../errors/files.js';
import type { ConfigFiles } from './config-files.js';
import type { Config } from './config-type.js';
import { CONFIGS_ON_DISK } from './configs-on-disk.js';
import { slashed } from './shown-path.js';

/** In one folder the earlier name is taken, and the others are warned about. */
export const CONFIG_NAMES = ['tokenhub.config.yaml', 'tokenhub.config.yml', 'tokenhub.config.json'];

export const NO_CONFIG: Config = {
  file: null,
  timeZone: 'UTC',
  alibaba: { region: 'intl' },
  prices: [],
  contracts: [],
  plans: [],
  accounts: {},
  ledger: null,
  units: [],
  models: {},
  rules: [],
  allocations: [],
  rulePlaces: [],
  mappings: {},
  budgets: [],
  included: [],
  warnings: [],
};

interface ConfigQuery {
  /** Absolute folder the search begins in. */
  readonly cwd: string;
  /** From `--config`, relative to `cwd`; `null`: `TOKENHUB_CONFIG`, else the nearest upwards to the repository root. */
  readonly file: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The config that is in force, whole and checked; the defaults when there is none.
 *
 * @param files  where it is read from
 * @throws PATH_NOT_FOUND when a file was named and is not there, FILE_UNREADABLE, BAD_CONFIG at file, line and field
 */
export async function loadConfig({ cwd, file, env }: ConfigQuery, files = CONFIGS_ON_DISK): Promise<Config> {
  const named = file ?? (env.TOKENHUB_CONFIG || null);
  const found = named === null ? await nearestConfig(cwd, files) : { path: resolve(cwd, named), others: [] };
  if (found === null) return NO_CONFIG;
  const shown = files.called(named ?? shownHere(cwd, found.path));
  const text = await files.text(found.path, shown);
  if (text === null) throw pathNotFound(shown);
  const { readConfig } = await import('./read-config.js');
  const warnings = found.others.map((other) => `${other} is not read, because ${shown} is beside it`);
  const at = { path: found.path, shown, shownFrom: dirname(found.path) };
  return readConfig(text, at, files, warnings);
}

interface FoundConfig {
  readonly path: string;
  readonly others: readonly string[];
}

async function nearestConfig(cwd: string, files: ConfigFiles): Promise<FoundConfig | null> {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const [first, ...others] = CONFIG_NAMES.filter((name) => files.has(join(folder, name)));
    if (first !== undefined) return { path: join(folder, first), others };
    const manifest = join(folder, 'package.json');
    if (
      files.has(manifest) &&
      hasSection(await files.text(manifest, shownHere(cwd, manifest)), shownHere(cwd, manifest))
    )
      return { path: manifest, others: [] };
    if (files.isTop(folder)) return null;
  }
}

const shownHere = (cwd: string, path: string): string => slashed(relative(cwd, path));

/** Whether a package.json configures tokenhub; one that is no JSON is a matter of npm, unless it names tokenhub. */
function hasSection(text: string | null, shown: string): boolean {
  if (text === null || !text.includes('"tokenhub"')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'tokenhub');
  } catch (cause) {
    throw badConfig({ file: shown }, 'is not valid JSON', 'mend the file: npm pkg get name says where', cause);
  }
}
