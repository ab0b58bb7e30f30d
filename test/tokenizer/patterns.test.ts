import { describe, expect, test } from 'vitest';
import { END_BYTE, readCharacters } from '../../src/tokenizer/character-classes.js';
import { type PatternName, splitters } from '../../src/tokenizer/patterns/all.js';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { openVocabulary } from '../../src/tokenizer/vocabulary.js';
import { tablesOf } from './built-encodings.js';

const reader = readCharacters(openVocabulary(tablesOf('r50k_base')).characters);

function split(pattern: PatternName, text: string): string[] {
  const bytes = utf8(text);
  const padded = new Uint8Array(bytes.length + 16).fill(END_BYTE);
  padded.set(bytes);
  const next = splitters[pattern](reader);
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = next(padded, at);
    pieces.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(at, end)));
    at = end;
  }
  return pieces;
}

/** One text, and its pieces under each pattern, parted by `¦`. */
const cases: [rule: string, text: string, r50k: string, cl100k: string, o200k: string][] = [
  ['a blank belongs to the word behind it', 'a b', 'a¦ b', 'a¦ b', 'a¦ b'],
  ['a run of blanks leaves the last', 'a   b', 'a¦  ¦ b', 'a¦  ¦ b', 'a¦  ¦ b'],
  ['blanks at the end stay together', 'a   ', 'a¦   ', 'a¦   ', 'a¦   '],
  ['a tab joins the word behind it in the later patterns', '\tb', '\t¦b', '\tb', '\tb'],
  ['contractions', "it's we'll", "it¦'s¦ we¦'ll", "it¦'s¦ we¦'ll", "it's¦ we'll"],
  ['upper-case contractions', "IT'S", "IT¦'¦S", "IT¦'S", "IT'S"],
  ["U+017F folds to the s of 's", "it'\u017fx", "it¦'¦\u017fx", "it¦'\u017f¦x", "it'\u017f¦x"],
  ['digits: all, or threes', '12345', '12345', '123¦45', '123¦45'],
  ['a blank before digits', 'a 12', 'a¦ 12', 'a¦ ¦12', 'a¦ ¦12'],
  ['camel case is parted by o200k alone', 'camelCaseABC', 'camelCaseABC', 'camelCaseABC', 'camel¦Case¦ABC'],
  ['upper case before lower case starts a word together', 'HTMLElement', 'HTMLElement', 'HTMLElement', 'HTMLElement'],
  ['o200k gives upper case back to the last caseless letter', 'AªBC', 'AªBC', 'AªBC', 'Aª¦BC'],
  ['a leading mark', '\u0301A', '\u0301¦A', '\u0301A', '\u0301¦A'],
  ['punctuation takes newlines', 'a!\n\nb', 'a¦!¦\n¦\n¦b', 'a¦!\n\n¦b', 'a¦!\n\n¦b'],
  ['punctuation takes slashes behind newlines in o200k', 'a)\n//b', 'a¦)¦\n¦//¦b', 'a¦)\n¦//¦b', 'a¦)\n//¦b'],
  ['white space ends at the last newline of its run', ' \n \n  b', ' \n \n ¦ b', ' \n \n¦ ¦ b', ' \n \n¦ ¦ b'],
  ['U+0085 is white space', 'a\u0085\u0085b', 'a¦\u0085¦\u0085¦b', 'a¦\u0085¦\u0085b', 'a¦\u0085¦\u0085b'],
  ['U+FEFF is not', '\ufeff\ufeff b', '\ufeff\ufeff¦ b', '\ufeff\ufeff¦ b', '\ufeff\ufeff¦ b'],
  ['U+180E is not', '\u180e\u180e b', '\u180e\u180e¦ b', '\u180e\u180e¦ b', '\u180e\u180e¦ b'],
  ['special text is punctuation and words', '<|end|>', '<|¦end¦|>', '<|¦end¦|>', '<|¦end¦|>'],
];

describe.each(cases)('%s', (_, text, ...expected) => {
  test.each(['r50k', 'cl100k', 'o200k'] as const)('%s', (pattern) => {
    const pieces = split(pattern, text);
    expect(pieces).toEqual(expected[['r50k', 'cl100k', 'o200k'].indexOf(pattern)]!.split('¦'));
  });
});
