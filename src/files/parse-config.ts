import { dirname } from 'node:path';
import type { z } from 'zod';
import { badConfig, conflictInConfig } from '../errors/config.js';
import { quoted } from '../errors/wording.js';
import { nearest } from '../nearest.js';
import { configSchema, type RawConfig } from './config-schema.js';
import { type ConfigPath, type ConfigSource, fieldText } from './config-source.js';
import { conflictLine } from './conflict-marks.js';
import { readYaml, type YamlText } from './yaml-text.js';

/** A config that was found. */
export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  /** As messages call it. */
  readonly shown: string;
  /** Absolute folder of the config that the command reads. */
  readonly shownFrom: string;
}

/** A config of the right shape; what its fields mean together is checked when it is built. */
export interface ParsedConfig {
  readonly raw: RawConfig;
  readonly source: ConfigSource;
}

/** Key a config stands under in a package.json. */
const SECTION = 'tokenhub';

const isPackage = (path: string): boolean => /(^|[\\/])package\.json$/.test(path);

/** @throws BAD_CONFIG at file, line and field of the first thing wrong */
export function parseConfig(text: string, { path, shown, shownFrom }: ConfigFile): ParsedConfig {
  const conflict = conflictLine(text);
  if (conflict !== null) throw conflictInConfig(shown, conflict);
  // JSON has no tabs but between its parts, where YAML would refuse some
  const yaml = readYaml(path.endsWith('.json') ? text.replaceAll('\t', ' ') : text, shown);
  const prefix = isPackage(path) ? [SECTION] : [];
  const lineOf = (at: ConfigPath) => yaml.lineOf([...prefix, ...at]);
  const placeOf = (at: ConfigPath) => ({ file: shown, line: lineOf(at), field: fieldText(at) || undefined });
  const source: ConfigSource = {
    path,
    folder: dirname(path),
    shownFrom,
    shown,
    lineOf,
    placeOf,
    wrong: (at, message, hint) => badConfig(placeOf(at), message, hint),
  };
  const whole = isPackage(path) ? (yaml.value as Record<string, unknown> | null)?.[SECTION] : yaml.value;
  const checked = configSchema.safeParse(whole ?? {});
  if (!checked.success) throw problemOf(firstCause(checked.error.issues), yaml, prefix, source);
  return { raw: checked.data, source };
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
