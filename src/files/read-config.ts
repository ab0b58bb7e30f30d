import { dirname } from 'node:path';
import type { z } from 'zod';
import { badConfig } from '../errors/config.js';
import { quoted } from '../errors/wording.js';
import { nearest } from '../nearest.js';
import { buildConfig } from './build-config.js';
import { checkSources } from './check-sources.js';
import { configSchema } from './config-schema.js';
import type { ConfigPath, ConfigSource } from './config-source.js';
import type { Config } from './config-type.js';
import { readYaml, type YamlText } from './yaml-text.js';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As messages call it. */
  readonly shown: string;
  /** Key the config stands under (in a package.json); `null`: it is the whole file. */
  readonly section: string | null;
  readonly warnings: readonly string[];
}

/** @throws BAD_CONFIG, BAD_LIMIT at file, line and field of the first thing wrong */
export async function readConfig(text: string, { path, shown, section, warnings }: ConfigFile): Promise<Config> {
  // JSON has no tabs but between its parts, where YAML would refuse some
  const yaml = readYaml(path.endsWith('.json') ? text.replaceAll('\t', ' ') : text, shown);
  const prefix = section === null ? [] : [section];
  const source: ConfigSource = {
    path,
    folder: dirname(path),
    shown,
    lineOf: (at) => yaml.lineOf([...prefix, ...at]),
    wrong: (at, message, hint) => {
      const place = { file: shown, line: yaml.lineOf([...prefix, ...at]), field: fieldText(at) || undefined };
      return badConfig(place, message, hint);
    },
  };
  const whole = section === null ? yaml.value : (yaml.value as Record<string, unknown>)[section];
  const checked = configSchema.safeParse(whole ?? {});
  if (!checked.success) throw problemOf(firstCause(checked.error.issues), yaml, prefix, source);
  await checkSources(checked.data, source);
  return buildConfig(checked.data, source, warnings);
}

/** A misspelt key is told before the missing one it was meant to be. */
const firstCause = (issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue =>
  issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;

function problemOf(issue: z.core.$ZodIssue, yaml: YamlText, prefix: ConfigPath, source: ConfigSource) {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'unrecognized_keys') {
    const isMissing =
      issue.code === 'invalid_type' && issue.input === undefined && isAbsent(yaml, [...prefix, ...path]);
    return source.wrong(path, isMissing ? 'is missing' : issue.message, 'see the config in the guide');
  }
  const [key = ''] = issue.keys;
  const meant = nearest(key, issue.message.split(', '));
  const place = {
    file: source.shown,
    line: yaml.lineOfKey([...prefix, ...path], key),
    field: fieldText([...path, key]),
  };
  return badConfig(
    place,
    `${quoted(key)} is no key here`,
    meant === null ? `known: ${issue.message}` : `did you mean ${meant}?`,
  );
}

function isAbsent(yaml: YamlText, path: ConfigPath): boolean {
  let value: unknown = yaml.value;
  for (const part of path) value = (value as Record<string | number, unknown> | null | undefined)?.[part];
  return value === undefined;
}

/** `budgets[0].max` */
const fieldText = (path: ConfigPath): string =>
  path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('');
