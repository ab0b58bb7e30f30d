/** Every source of usage records there is. A new format is one file beside this one and one line in the list. */

import { unknownSource, wrongFileKind } from '../../errors/usage-files.js';
import { nearest } from '../../nearest.js';
import type { Sample, Source } from '../source.js';
import { alibabaBillCsv, alibabaBillJson } from './alibaba-bill.js';
import { anthropic } from './anthropic.js';
import { anthropicCostCsv, anthropicCostJson } from './anthropic-cost.js';
import { anthropicUsageCsv, anthropicUsageJson } from './anthropic-usage.js';
import { azureCost } from './azure-cost.js';
import { bedrock } from './bedrock.js';
import { claudeCode } from './claude-code.js';
import { codex } from './codex.js';
import { dashscope } from './dashscope.js';
import { deepseek } from './deepseek.js';
import { deepseekCost } from './deepseek-cost.js';
import { fireworks } from './fireworks.js';
import { focus } from './focus.js';
import { gemini } from './gemini.js';
import { geminiCli } from './gemini-cli.js';
import { helicone } from './helicone.js';
import { higress } from './higress.js';
import { langfuseCsv, langfuseJson } from './langfuse.js';
import { litellmCsv, litellmJson } from './litellm.js';
import { litellmDaily } from './litellm-daily.js';
import { litellmExport } from './litellm-export.js';
import { newApi } from './new-api.js';
import { oneApi } from './one-api.js';
import { openai } from './openai.js';
import { openaiBatch } from './openai-batch.js';
import { openaiCostCsv, openaiCostJson } from './openai-cost.js';
import { openaiUsageCsv, openaiUsageJson } from './openai-usage.js';
import { opencodeJson, opencodeTable } from './opencode.js';
import { openrouter } from './openrouter.js';
import { openrouterApi } from './openrouter-api.js';
import { openrouterDaily } from './openrouter-daily.js';
import { otel } from './otel.js';
import { qwenCode } from './qwen-code.js';
import { sglang } from './sglang.js';
import { tokenhubCsv, tokenhubJsonl } from './tokenhub.js';
import { vllm } from './vllm.js';
import { wukong } from './wukong.js';

/** In the order in which they are asked whether a file is theirs: the more particular first. */
export const SOURCES: readonly Source[] = [
  ...[codex],
  ...[geminiCli],
  ...[qwenCode],
  ...[opencodeJson, opencodeTable],
  ...[claudeCode],
  ...[openaiBatch],
  ...[litellmCsv, litellmJson],
  ...[litellmDaily],
  ...[litellmExport],
  ...[langfuseCsv, langfuseJson],
  ...[helicone],
  ...[bedrock],
  ...[azureCost],
  ...[focus],
  ...[fireworks],
  ...[openaiUsageCsv, openaiUsageJson],
  ...[openaiCostCsv, openaiCostJson],
  ...[anthropicUsageCsv, anthropicUsageJson],
  ...[anthropicCostCsv, anthropicCostJson],
  ...[openrouter],
  ...[openrouterDaily],
  ...[openrouterApi],
  ...[alibabaBillCsv, alibabaBillJson],
  ...[deepseek],
  ...[deepseekCost],
  ...[higress],
  ...[newApi],
  ...[oneApi],
  ...[wukong],
  ...[otel],
  ...[vllm],
  ...[sglang],
  ...[gemini],
  ...[dashscope],
  ...[anthropic],
  ...[openai],
  ...[tokenhubJsonl, tokenhubCsv],
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

/**
 * The source that recognises a sample of a file; `null`: none does.
 *
 * @param name  only sources of this name are asked; `null`: all
 */
export function detectSource(sample: Sample, name: string | null = null): Source | null {
  const asked = name === null ? SOURCES : SOURCES.filter((source) => source.name === name.trim().toLowerCase());
  return asked.find((source) => source.recognises(sample)) ?? null;
}
