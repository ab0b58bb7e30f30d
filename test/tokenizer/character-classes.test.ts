import { expect, test } from 'vitest';
import { unicodeClasses } from '../../scripts/encodings.js';
import { Class, compileCharacterClasses, END_BYTE, readCharacters } from '../../src/tokenizer/character-classes.js';
import { utf8 } from '../../src/tokenizer/utf8.js';

const { classAt, endOfRun } = readCharacters(unicodeClasses());
const padded = (text: string): Uint8Array => Uint8Array.of(...utf8(text), END_BYTE, END_BYTE, END_BYTE, END_BYTE);

test.each([
  ['A', Class.upper],
  ['ǅ', Class.upper],
  ['z', Class.lower],
  ['ʰ', Class.otherLetter],
  ['汉', Class.otherLetter],
  ['\u0301', Class.mark],
  ['\u20dd', Class.mark],
  ['7', Class.number],
  ['Ⅷ', Class.number],
  ['½', Class.number],
  [' ', Class.blank],
  ['\u0085', Class.blank],
  ['\u3000', Class.blank],
  ['\n', Class.newline],
  ['\r', Class.newline],
  ['\u2028', Class.blank],
  ['\ufeff', Class.other],
  ['\u180e', Class.other],
  ['\0', Class.other],
  ['👍', Class.symbol],
  ['!', Class.symbol],
  ['\u0378', Class.other],
  // New in Unicode 16.0 and in 17.0: the tables are of 16.0 whatever Node knows.
  ['\u{10d4a}', Class.otherLetter],
  ['\ua7ce', Class.other],
])('%j is of class %i', (text, expected) => {
  expect(classAt(padded(text), 0)).toBe(expected);
});

test('the end of a text is in no class', () => {
  expect(classAt(padded(''), 0)).toBe(0);
  expect(endOfRun(padded('!!'), 0, Class.symbol)).toBe(2);
});

test('a run goes over characters of any length', () => {
  // 1 + 2 + 3 + 4 bytes of letters, then a blank
  expect(endOfRun(padded('aé汉𐍈 '), 0, Class.lower | Class.otherLetter)).toBe(10);
});

test('a later range wins over an earlier one, and what none names is other', () => {
  const { blocks, classes } = compileCharacterClasses([
    { begin: 0, end: 10, class: Class.blank },
    { begin: 3, end: 4, class: Class.newline },
  ]);
  expect([classes[2], classes[3], classes[4], classes[10]]).toEqual([
    Class.blank,
    Class.newline,
    Class.blank,
    Class.other,
  ]);
  expect(blocks[0]).toBe(0);
  expect(new Set(blocks).size).toBe(2); // the first block, and all others
});
