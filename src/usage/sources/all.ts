/** Every source of usage records there is. A new format is one file beside this one and one line in the list. */

import { unknownSource, wrongFileKind } from '../../errors.js';
import { nearest } from '../../nearest.js';
import type { Sample, Source } from '../source.js';
import { anthropic } from './anthropic.js';
import { claudeCode } from './claude-code.js';
import { dashscope } from './dashscope.js';
import { openai } from './openai.js';
import { tokenhubCsv, tokenhubJsonl } from './tokenhub.js';

/** In the order in which they are asked whether a file is theirs: the more particular first. */
export const SOURCES: readonly Source[] = [claudeCode, dashscope, anthropic, openai, tokenhubJsonl, tokenhubCsv];

/** Names of all sources, each once. */
export const SOURCE_NAMES: readonly string[] = [...new Set(SOURCES.map((source) => source.name))];

/**
 * The source a user named, for a file of this kind.
 *
 * @throws UNKNOWN_SOURCE with the nearest name; WRONG_FILE_KIND when the source has no such files
 */
export function findSource(name: string, kind: Source['kind']): Source {
  const named = SOURCES.filter((source) => source.name === name.trim().toLowerCase());
  if (named.length === 0) throw unknownSource(name, nearest(name, SOURCE_NAMES), SOURCE_NAMES);
  const source = named.find((candidate) => candidate.kind === kind);
  if (source === undefined)
    throw wrongFileKind(
      name,
      kind,
      named.map((candidate) => candidate.kind),
    );
  return source;
}

/**
 * The source that recognises a sample of a file; `null`: none does.
 *
 * @param name  only sources of this name are asked; `null`: all
 */
export function detectSource(sample: Sample, name: string | null = null): Source | null {
  const asked = name === null ? SOURCES : SOURCES.filter((source) => source.name === name.trim().toLowerCase());
  return asked.find((source) => source.recognises(sample)) ?? null;
}
