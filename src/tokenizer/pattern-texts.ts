/**
 * The regular expressions whose scanner is known, as tokenizer files write them. Several splits in a row are joined by a newline.
 * Recognised by exact text: a pattern that nearly is one of these may split differently.
 */

import type { PatternName } from './patterns/all.js';

/** The pattern of a byte-level pre-tokenizer that has none of its own. Source: openai/gpt-2, encoder.py. */
export const GPT2_TEXT = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

const BLANKS = String.raw`\s*[\r\n]+|\s+(?!\S)|\s+`;
const CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
const SHORT_CONTRACTIONS = "'(?i:[sdmt]|ll|ve|re)";
const UPPER = String.raw`[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`;
const LOWER = String.raw`[\p{Ll}\p{Lm}\p{Lo}\p{M}]`;
const PREFIX = String.raw`[^\r\n\p{L}\p{N}]?`;

const cl100k = (contractions: string, digits: string): string =>
  String.raw`${contractions}|${PREFIX}\p{L}+|${digits}| ?[^\s\p{L}\p{N}]+[\r\n]*|${BLANKS}`;

/** With possessive quantifiers and `\s*[\r\n]` without `+`: the same pieces, since `\s*` takes the newlines. */
const possessive = (digits: string): string =>
  String.raw`${SHORT_CONTRACTIONS}|[^\r\n\p{L}\p{N}]?+\p{L}+|${digits}| ?[^\s\p{L}\p{N}]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|\s+`;

const caseAware = (contractions: string, digits: string): string =>
  String.raw`${PREFIX}${UPPER}*${LOWER}+${contractions}|${PREFIX}${UPPER}+${LOWER}*${contractions}|${digits}| ?[^\s\p{L}\p{N}]+[\r\n/]*|${BLANKS}`;

const notHan = (set: string): string => String.raw`${set.slice(0, -1)}&&[^\p{Han}]]`;

const THREE_DIGITS = String.raw`\p{N}{1,3}`;
const ONE_DIGIT = String.raw`\p{N}`;

/** Texts of each pattern; the first is how messages and documents write it. */
export const patternTexts: Readonly<Record<PatternName, readonly string[]>> = {
  r50k: [GPT2_TEXT, String.raw`'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`],
  cl100k: [cl100k(CONTRACTIONS, THREE_DIGITS), cl100k(SHORT_CONTRACTIONS, THREE_DIGITS), possessive(THREE_DIGITS)],
  qwen: [cl100k(CONTRACTIONS, ONE_DIGIT), cl100k(SHORT_CONTRACTIONS, ONE_DIGIT), possessive(ONE_DIGIT)],
  qwen35: [String.raw`${CONTRACTIONS}|${PREFIX}[\p{L}\p{M}]+|\p{N}| ?[^\s\p{L}\p{M}\p{N}]+[\r\n]*|${BLANKS}`],
  o200k: [caseAware(`${CONTRACTIONS}?`, THREE_DIGITS)],
  tekken: [caseAware('', ONE_DIGIT)],
  kimi: [
    String.raw`[\p{Han}]+|${PREFIX}${notHan(UPPER)}*${notHan(LOWER)}+${CONTRACTIONS}?|${PREFIX}${notHan(UPPER)}+${notHan(LOWER)}*${CONTRACTIONS}?|${THREE_DIGITS}| ?[^\s\p{L}\p{N}]+[\r\n]*|${BLANKS}`,
  ],
  deepseek: [
    [
      THREE_DIGITS,
      '[一-龥぀-ゟ゠-ヿ]+',
      String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_${'`'}{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|${BLANKS}`,
    ].join('\n'),
  ],
};

export const PATTERN_NAMES = Object.keys(patternTexts) as readonly PatternName[];

const nameByText = new Map(PATTERN_NAMES.flatMap((name) => patternTexts[name].map((text) => [text, name] as const)));

/** The pattern of this text, `null` when it is none of them. CR and LF may stand in it as they are or escaped. */
export const patternOfText = (splits: readonly string[]): PatternName | null =>
  nameByText.get(splits.map((split) => split.replaceAll('\r', '\\r').replaceAll('\n', '\\n')).join('\n')) ?? null;
