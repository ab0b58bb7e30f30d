/** Every source of usage records there is. A new format is one file beside this one and one line in the list. */

import { unknownSource, wrongFileKind } from '../../errors.js';
import { nearest } from '../../nearest.js';
import type { Sample, Source } from '../source.js';
import { anthropic } from './anthropic.js';
import { claudeCode } from './claude-code.js';
import { codex } from './codex.js';
import { dashscope } from './dashscope.js';
import { geminiCli } from './gemini-cli.js';
import { openai } from './openai.js';
import { opencodeJson, opencodeTable } from './opencode.js';
import { otel } from './otel.js';
import { qwenCode } from './qwen-code.js';
import { sglang } from './sglang.js';
import { tokenhubCsv, tokenhubJsonl } from './tokenhub.js';
import { vllm } from './vllm.js';

/** In the order in which they are asked whether a file is theirs: the more particular first. */
export const SOURCES: readonly Source[] = [
  ...[codex, geminiCli, qwenCode, opencodeJson, opencodeTable, claudeCode],
  ...[otel, vllm, sglang, dashscope, anthropic, openai, tokenhubJsonl, tokenhubCsv],
];

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

/** The source that recognises a file by its columns, one record or the beginning of its text; `null`: none does. */
export function detectSource(sample: Sample): Source | null {
  return SOURCES.find((source) => source.recognises(sample)) ?? null;
}
