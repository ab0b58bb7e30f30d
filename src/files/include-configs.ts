/** Configs of packages, of which a config takes the budgets. */

import { posix, relative } from 'node:path';
import { quoted } from '../errors/wording.js';
import type { ConfigFiles } from './config-files.js';
import { type ParsedConfig, parseConfig } from './parse-config.js';
import { realOf } from './real-path.js';
import { slashed } from './shown-path.js';

/** A glob that names more has hit what nobody wrote by hand. */
const MOST = 1000;

interface IncludedConfigs {
  readonly configs: readonly ParsedConfig[];
  readonly warnings: readonly string[];
}

/**
 * Reads what `include` names, each file once and never the config itself; what those include is not followed.
 *
 * @throws BAD_CONFIG, FILE_UNREADABLE
 */
export async function readIncluded(main: ParsedConfig, files: ConfigFiles): Promise<IncludedConfigs> {
  const warnings: string[] = [];
  const paths = new Map<string, string>();
  for (const [index, typed] of (main.raw.include ?? []).entries()) {
    const found = await namedBy(typed, index, main, files);
    if (found.length === 0) warnings.push(`${placeAt(main, index)}: include: no file matches ${quoted(typed)}`);
    for (const path of found) paths.set(realOf(path), path);
    if (paths.size > MOST)
      throw main.source.wrong(
        ['include', index],
        `names more than ${MOST.toLocaleString('en-US')} configs`,
        'narrow the pattern, as in packages/*/tokenhub.config.yaml',
      );
  }
  paths.delete(realOf(main.source.path));
  const configs: ParsedConfig[] = [];
  for (const path of paths.values()) configs.push(await readOne(path, main, files));
  return { configs, warnings: [...warnings, ...configs.flatMap(nestedWarning)] };
}

async function namedBy(typed: string, index: number, { source }: ParsedConfig, files: ConfigFiles) {
  const found = await files.named(typed, source.folder);
  if ('paths' in found) return found.paths;
  if (found.problem === 'missing')
    throw source.wrong(
      ['include', index],
      `there is no file ${quoted(typed)}`,
      'check the spelling; paths are relative to this file',
    );
  const inside = `${typed.replace(/\/+$/, '')}/tokenhub.config.yaml`;
  throw source.wrong(['include', index], `${quoted(typed)} is a folder`, `name the config in it: ${inside}`);
}

async function readOne(path: string, { source }: ParsedConfig, files: ConfigFiles): Promise<ParsedConfig> {
  const shown = posix.join(posix.dirname(slashed(source.shown)), slashed(relative(source.folder, path)));
  const text = await files.text(path, files.called(shown));
  return parseConfig(text ?? '', { path, shown: files.called(shown), shownFrom: source.shownFrom });
}

const placeAt = ({ source }: ParsedConfig, index: number): string =>
  `${source.shown}:${source.lineOf(['include', index])}`;

const nestedWarning = ({ raw, source }: ParsedConfig): string[] =>
  raw.include === undefined
    ? []
    : [`${source.shown}:${source.lineOf(['include'])}: include is not followed here, as the file is included itself`];
