/** Finds and loads the config. What reads it (YAML, schema) is loaded only when there is one. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { badConfig } from '../errors/config.js';
import { fileUnreadable, pathNotFound } from '../errors/files.js';
import { TokenhubError } from '../errors/tokenhub-error.js';
import type { Config } from './config-type.js';
import { failureReason, meansAbsent } from './failure-reason.js';
import { slashed } from './shown-path.js';

/** In one folder the earlier name is taken, and the others are warned about. */
export const CONFIG_NAMES = ['tokenhub.config.yaml', 'tokenhub.config.yml', 'tokenhub.config.json'];
/** Bytes. */
const LARGEST_CONFIG = 1024 * 1024;

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
  warnings: [],
};

export interface ConfigQuery {
  /** Absolute folder the search begins in. */
  readonly cwd: string;
  /** From `--config`, relative to `cwd`; `null`: `TOKENHUB_CONFIG`, else the nearest upwards to the repository root. */
  readonly file: string | null;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * The config that is in force, whole and checked; the defaults when there is none.
 *
 * @throws PATH_NOT_FOUND when a file was named and is not there, FILE_UNREADABLE, BAD_CONFIG at file, line and field
 */
export async function loadConfig({ cwd, file, env }: ConfigQuery): Promise<Config> {
  const named = file ?? (env.TOKENHUB_CONFIG || null);
  const found = named === null ? nearestConfig(cwd) : { path: resolve(cwd, named), others: [] };
  if (found === null) return NO_CONFIG;
  const shown = named ?? slashed(relative(cwd, found.path));
  const text = readConfigText(found.path, shown);
  if (text === null) throw pathNotFound(shown);
  const { readConfig } = await import('./read-config.js');
  const warnings = found.others.map((other) => `${other} is not read, because ${shown} is beside it`);
  return readConfig(text, { path: found.path, shown, section: isPackage(found.path) ? 'tokenhub' : null, warnings });
}

interface FoundConfig {
  readonly path: string;
  readonly others: readonly string[];
}

function nearestConfig(cwd: string): FoundConfig | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const [first, ...others] = CONFIG_NAMES.filter((name) => existsSync(join(folder, name)));
    if (first !== undefined) return { path: join(folder, first), others };
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && hasSection(manifest, slashed(relative(cwd, manifest))))
      return { path: manifest, others: [] };
    if (existsSync(join(folder, '.git')) || dirname(folder) === folder) return null;
  }
}

const isPackage = (path: string): boolean => /(^|[\\/])package\.json$/.test(path);

/** Whether a package.json configures tokenhub; one that is no JSON is a matter of npm, unless it names tokenhub. */
function hasSection(path: string, shown: string): boolean {
  const text = readConfigText(path, shown);
  if (text === null || !text.includes('"tokenhub"')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, 'tokenhub');
  } catch (cause) {
    throw badConfig({ file: shown }, 'is not valid JSON', 'mend the file: npm pkg get name says where', cause);
  }
}

/** `null`: there is no such file. */
function readConfigText(path: string, shown: string): string | null {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw fileUnreadable(shown, 'it is not a regular file');
    if (stats.size > LARGEST_CONFIG) throw badConfig({ file: shown }, 'is larger than 1 MiB', 'name a config file');
    return readFileSync(path, 'utf8');
  } catch (cause) {
    if (meansAbsent(cause)) return null;
    throw cause instanceof TokenhubError ? cause : fileUnreadable(shown, failureReason(cause), cause);
  }
}
