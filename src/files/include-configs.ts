/** Configs of packages, of which a config takes the budgets. */

import { basename, posix, relative } from 'node:path';
import { pathNotFound } from '../errors/files.js';
import { quoted } from '../errors/wording.js';
import type { ConfigFiles, HiddenConfig } from './config-files.js';
import { isWithin } from './is-within.js';
import { type ParsedConfig, parseConfig } from './parse-config.js';
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
  const hidden: (HiddenConfig & { readonly index: number })[] = [];
  for (const [index, typed] of (main.raw.include ?? []).entries()) {
    const { paths: found, hidden: passedOver } = await namedBy(typed, index, main, files);
    hidden.push(...passedOver.map((each) => ({ ...each, index })));
    if (found.length === 0) warnings.push(`${placeAt(main, index)}: include: no file matches ${quoted(typed)}`);
    for (const path of found) paths.set(files.real(path), path);
    if (paths.size > MOST)
      throw main.source.wrong(
        ['include', index],
        `names more than ${MOST.toLocaleString('en-US')} configs`,
        'narrow the pattern, as in packages/*/tokenhub.config.yaml',
      );
  }
  const missed = hidden.find(({ real }) => !paths.has(files.real(real)) && real !== files.real(main.source.path));
  if (missed !== undefined) throw notReached(missed, missed.index, main, files);
  paths.delete(files.real(main.source.path));
  const configs: ParsedConfig[] = [];
  for (const path of paths.values()) configs.push(await readOne(path, main, files));
  return { configs, warnings: [...warnings, ...configs.flatMap(nestedWarning)] };
}

async function namedBy(typed: string, index: number, { source }: ParsedConfig, files: ConfigFiles) {
  const found = await files.named(typed, source.folder);
  if ('paths' in found) return found;
  if (found.problem === 'missing')
    throw source.wrong(
      ['include', index],
      `there is no file ${quoted(typed)}`,
      'check the spelling; paths are relative to this file',
    );
  const inside = `${typed.replace(/\/+$/, '')}/tokenhub.config.yaml`;
  throw source.wrong(['include', index], `${quoted(typed)} is a folder`, `name the config in it: ${inside}`);
}

/** A config that a glob was meant to reach, and does not. */
function notReached({ behind, name, real }: HiddenConfig, index: number, { source }: ParsedConfig, files: ConfigFiles) {
  const folder = files.real(source.path).slice(0, -basename(source.path).length - 1);
  const shown = (path: string): string =>
    slashed(relative(isWithin(path, source.folder) ? source.folder : folder, path));
  const link = shown(behind);
  const rest = slashed(name.slice(behind.length));
  const without = posix.join(posix.dirname(link), `!(${posix.basename(link)})${rest}`);
  return source.wrong(
    ['include', index],
    `does not follow ${quoted(link)}, a link or submodule, to the config ${quoted(shown(name))}`,
    `add the config by its own path: ${shown(real)}${rest === '' ? '' : `; or leave it out, as in ${without}`}`,
  );
}

async function readOne(path: string, { source }: ParsedConfig, files: ConfigFiles): Promise<ParsedConfig> {
  const shown = files.called(posix.join(posix.dirname(slashed(source.shown)), slashed(relative(source.folder, path))));
  const text = await files.text(path, shown);
  if (text === null) throw pathNotFound(shown);
  return parseConfig(text, { path, shown, shownFrom: source.shownFrom });
}

const placeAt = ({ source }: ParsedConfig, index: number): string =>
  `${source.shown}:${source.lineOf(['include', index])}`;

const nestedWarning = ({ raw, source }: ParsedConfig): string[] =>
  raw.include === undefined
    ? []
    : [`${source.shown}:${source.lineOf(['include'])}: include is not followed here, as the file is included itself`];
