import { type CharacterReader, Class, characterLength } from '../character-classes.js';
import { LETTER, SPACE, WHITE_SPACE } from './classes.js';
import type { NextPiece, Splitter } from './next-piece.js';
import { digitScanner } from './runs.js';

const WORD = LETTER | Class.mark;
/** `[^\r\n\p{L}\p{P}\p{S}]` where no number stands */
const PREFIX = Class.blank | Class.other | Class.mark;

/**
 * deepseek-v3: three splits, one after the other; what a split does not match is split by the next.
 *
 * 1. `\p{N}{1,3}`
 * 2. `[一-龥぀-ゟ゠-ヿ]+`
 * 3. `[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 *
 * Numbers and ideographs of the first two splits end the text for the third: blanks before them are taken whole. Characters
 * that no alternative matches (controls, unassigned) are one piece up to the next match.
 */
export const splitDeepseek: Splitter = ({ classAt }) => {
  const endOfDigits = digitScanner(classAt, 3);
  const classBefore = (text: Uint8Array, at: number): number => (isIdeograph(text, at) ? 0 : classAt(text, at));
  const endOfRun = (text: Uint8Array, start: number, mask: number): number => {
    let at = start;
    while (classBefore(text, at) & mask) at += characterLength(text[at]!);
    return at;
  };
  const endOfBlanks = blankScanner(classBefore);
  return (text, at) => {
    if (isIdeograph(text, at)) return endOfIdeographs(text, at);
    const first = classAt(text, at);
    if (first & Class.number) return endOfDigits(text, at);
    const next = at + characterLength(text[at]!);
    if (isAsciiSymbol(text[at]!) && isAsciiLetter(text[next]!)) return endOfAsciiLetters(text, next);
    if (first & WORD) return endOfRun(text, at, WORD);
    const second = classBefore(text, next);
    if (first & PREFIX && second & WORD) return endOfRun(text, next, WORD);
    if (first & Class.symbol || (text[at] === SPACE && second & Class.symbol))
      return endOfRun(text, endOfRun(text, next, Class.symbol), Class.newline);
    if (first & WHITE_SPACE) return endOfBlanks(text, at);
    return endOfUnmatched(text, at);
  };

  /** Characters of class `other`, up to one that begins a word with the letter behind it. */
  function endOfUnmatched(text: Uint8Array, start: number): number {
    let at = start;
    for (;;) {
      at += characterLength(text[at]!);
      if (!(classBefore(text, at) & Class.other)) return at;
      if (classBefore(text, at + characterLength(text[at]!)) & WORD) return at;
    }
  }
};

/**
 * `\s*[\r\n]+|\s+(?!\S)|\s+` in a part that the first two splits left: class 0 is its end, a number too.
 */
function blankScanner(classBefore: CharacterReader['classAt']): NextPiece {
  return (text, start) => {
    let afterNewline = 0;
    let last = start;
    let at = start;
    let next = classBefore(text, at);
    do {
      last = at;
      at += characterLength(text[at]!);
      if (next & Class.newline) afterNewline = at;
      next = classBefore(text, at);
    } while (next & WHITE_SPACE);
    if (afterNewline > 0) return afterNewline;
    return next === 0 || next & Class.number || last === start ? at : last;
  };
}

/** U+4E00 … U+9FA5, U+3040 … U+30FF: three bytes each. */
function isIdeograph(text: Uint8Array, at: number): boolean {
  const lead = text[at]!;
  if (lead < 0xe3 || lead > 0xe9) return false;
  const codePoint = ((lead & 0x0f) << 12) | ((text[at + 1]! & 0x3f) << 6) | (text[at + 2]! & 0x3f);
  return (codePoint >= 0x4e00 && codePoint <= 0x9fa5) || (codePoint >= 0x3040 && codePoint <= 0x30ff);
}

function endOfIdeographs(text: Uint8Array, start: number): number {
  let at = start;
  while (isIdeograph(text, at)) at += 3;
  return at;
}

function endOfAsciiLetters(text: Uint8Array, start: number): number {
  let at = start;
  while (isAsciiLetter(text[at]!)) at++;
  return at;
}

const isAsciiLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a;

const isAsciiSymbol = (byte: number): boolean =>
  byte > 0x20 && byte < 0x7f && !isAsciiLetter(byte) && !(byte >= 0x30 && byte <= 0x39);
