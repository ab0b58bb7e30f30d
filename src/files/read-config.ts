import { buildConfig } from './build-config.js';
import { checkSources } from './check-sources.js';
import type { ConfigFiles } from './config-files.js';
import type { Config } from './config-type.js';
import { readIncluded } from './include-configs.js';
import { type ConfigFile, parseConfig } from './parse-config.js';

/**
 * A config with the budgets of those that it includes.
 *
 * @param files     where those are read from
 * @param warnings  what is to be said already
 * @throws BAD_CONFIG, BAD_LIMIT at file, line and field of the first thing wrong
 */
export async function readConfig(
  text: string,
  file: ConfigFile,
  files: ConfigFiles,
  warnings: readonly string[],
): Promise<Config> {
  const parsed = parseConfig(text, file);
  await checkSources(parsed.raw, parsed.source);
  const included = await readIncluded(parsed, files);
  return buildConfig(parsed, included.configs, [...warnings, ...included.warnings]);
}
