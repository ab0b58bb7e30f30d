/**
 * The splitting patterns: the twins of `patterns/*.ts` one floor up, where each is quoted and its reasoning stands. What is
 * more here are short ways for ASCII words, which most text is made of.
 */

import {
  BLANK,
  characterLength,
  classAt,
  endOfAsciiLetters,
  endOfLowerAscii,
  endOfRun,
  isAsciiLetter,
  isLowerAscii,
  LOWER,
  MARK,
  NEWLINE,
  NUMBER,
  OTHER,
  OTHER_LETTER,
  SYMBOL,
  UPPER,
} from './characters';
import {
  APOSTROPHE,
  contraction,
  endOfBlanks,
  endOfDigits,
  endOfLines,
  foldedContraction,
  isIdeograph,
  SPACE,
} from './runs';

/** Numbers of the patterns, in the order of `PATTERN_NUMBERS` of `wasm-engine.ts`. */
export const R50K: i32 = 0;
export const CL100K: i32 = 1;
export const QWEN: i32 = 2;
export const QWEN35: i32 = 3;
export const O200K: i32 = 4;
export const TEKKEN: i32 = 5;
export const DEEPSEEK: i32 = 6;

const LETTER: u32 = UPPER | LOWER | OTHER_LETTER;
const PLAIN_SYMBOLS: u32 = OTHER | SYMBOL;
const SYMBOLS: u32 = PLAIN_SYMBOLS | MARK;
const PREFIX: u32 = BLANK | SYMBOLS;
const CASELESS: u32 = OTHER_LETTER | MARK;
const WORD: u32 = LETTER | MARK;

/** End of the piece that starts at `at`. */
@inline
export function nextPiece(pattern: i32, at: usize): usize {
  if (pattern === O200K) return nextO200k(at, 3, true);
  if (pattern === TEKKEN) return nextO200k(at, 1, false);
  if (pattern === CL100K) return nextCl100k(at, 3, LETTER, SYMBOLS);
  if (pattern === QWEN) return nextCl100k(at, 1, LETTER, SYMBOLS);
  if (pattern === QWEN35) return nextCl100k(at, 1, WORD, PLAIN_SYMBOLS);
  if (pattern === R50K) return nextR50k(at);
  return nextDeepseek(at);
}

@inline
function nextR50k(at: usize): usize {
  const lead: u32 = load<u8>(at);
  if (lead === APOSTROPHE) {
    const length = contraction(at);
    if (length > 0) return at + length;
  }
  const start = lead === SPACE ? at + 1 : at;
  if (isAsciiLetter(load<u8>(start))) {
    const end = endOfAsciiLetters(start);
    return load<u8>(end) < 0x80 ? end : endOfRun(end, LETTER);
  }
  const first = classAt(start);
  if (first & LETTER) return endOfRun(start, LETTER);
  if (first & SYMBOLS) return endOfRun(start, SYMBOLS);
  if (first & NUMBER) return endOfRun(start, NUMBER);
  return endOfBlanks(at);
}

@inline
function nextCl100k(at: usize, digits: i32, word: u32, symbol: u32): usize {
  const lead: u32 = load<u8>(at);
  const start = lead === SPACE ? at + 1 : at;
  if (isAsciiLetter(load<u8>(start))) {
    const end = endOfAsciiLetters(start);
    return load<u8>(end) < 0x80 ? end : endOfRun(end, word);
  }
  return otherCl100k(at, lead, digits, word, symbol);
}

/** What does not begin with an ASCII letter, or with one behind a blank. */
function otherCl100k(at: usize, lead: u32, digits: i32, word: u32, symbol: u32): usize {
  if (lead === APOSTROPHE) {
    const length = foldedContraction(at);
    if (length > 0) return at + length;
  }
  const first = classAt(at);
  if (first & word) return endOfRun(at, word);
  if (first & PREFIX) {
    const next = at + characterLength(lead);
    const second = classAt(next);
    if (second & word) return endOfRun(next, word);
    if (first & symbol || (lead === SPACE && second & symbol)) return endOfRun(endOfRun(next, symbol), NEWLINE);
  }
  if (first & NUMBER) return endOfDigits(at, digits);
  return endOfLines(at, 0);
}

@inline
function nextO200k(at: usize, digits: i32, joinsContractions: bool): usize {
  const lead: u32 = load<u8>(at);
  const start = lead === SPACE ? at + 1 : at;
  const letter: u32 = load<u8>(start);
  if (isAsciiLetter(letter)) {
    let end = start;
    if (!isLowerAscii(letter)) {
      end++;
      while (<u32>load<u8>(end) - 0x41 < 26) end++;
    }
    end = endOfLowerAscii(end);
    const behind: u32 = load<u8>(end);
    if (behind < 0x80) {
      if (joinsContractions && behind === APOSTROPHE) return end + foldedContraction(end);
      return end;
    }
    return endOfWord(start, joinsContractions);
  }
  return otherO200k(at, lead, digits, joinsContractions);
}

/** What does not begin with an ASCII letter, or with one behind a blank. */
function otherO200k(at: usize, lead: u32, digits: i32, joinsContractions: bool): usize {
  const first = classAt(at);
  if (first & WORD) return endOfWord(at, joinsContractions);
  if (first & PREFIX) {
    const next = at + characterLength(lead);
    const second = classAt(next);
    if (second & WORD) return endOfWord(next, joinsContractions);
    if (first & PLAIN_SYMBOLS || (lead === SPACE && second & PLAIN_SYMBOLS))
      return endOfNewlinesAndSlashes(endOfRun(next, SYMBOLS));
  }
  if (first & NUMBER) return endOfDigits(at, digits);
  return endOfLines(at, 0);
}

function endOfWord(start: usize, joinsContractions: bool): usize {
  let at = endOfRun(start, UPPER);
  let afterCaseless: usize = 0;
  while (classAt(at) & CASELESS) {
    afterCaseless = endOfRun(at, CASELESS);
    at = endOfRun(afterCaseless, UPPER);
  }
  if (classAt(at) & LOWER) at = endOfRun(at, LOWER | CASELESS);
  else if (afterCaseless > 0) at = afterCaseless;
  return joinsContractions && load<u8>(at) === APOSTROPHE ? at + foldedContraction(at) : at;
}

/** `[\r\n/]*` */
function endOfNewlinesAndSlashes(start: usize): usize {
  let at = start;
  while (true) {
    const byte: u32 = load<u8>(at);
    if (byte !== 0x0a && byte !== 0x2f && byte !== 0x0d) return at;
    at++;
  }
}

/** `[^\r\n\p{L}\p{P}\p{S}]` where no number stands */
const DEEPSEEK_PREFIX: u32 = BLANK | OTHER | MARK;

function nextDeepseek(at: usize): usize {
  if (isIdeograph(at)) return endOfIdeographs(at);
  const lead: u32 = load<u8>(at);
  const first = classAt(at);
  if (first & NUMBER) return endOfDigits(at, 3);
  const next = at + characterLength(lead);
  if (first & SYMBOL && lead < 0x80 && isAsciiLetter(load<u8>(next))) return endOfAsciiLetters(next);
  if (first & WORD) return endOfPart(at, WORD);
  const second = classBefore(next);
  if (first & DEEPSEEK_PREFIX && second & WORD) return endOfPart(next, WORD);
  if (first & SYMBOL || (lead === SPACE && second & SYMBOL)) return endOfRun(endOfPart(next, SYMBOL), NEWLINE);
  if (first & (BLANK | NEWLINE)) return endOfLines(at, NUMBER);
  return endOfUnmatched(at);
}

/** Class of the character at `at`; 0 at an ideograph, where the text of the third split ends. */
function classBefore(at: usize): u32 {
  return isIdeograph(at) ? 0 : classAt(at);
}

function endOfPart(start: usize, mask: u32): usize {
  let at = start;
  while (classBefore(at) & mask) at += characterLength(load<u8>(at));
  return at;
}

function endOfIdeographs(start: usize): usize {
  let at = start;
  while (isIdeograph(at)) at += 3;
  return at;
}

function endOfUnmatched(start: usize): usize {
  let at = start;
  while (true) {
    at += characterLength(load<u8>(at));
    if (!(classBefore(at) & OTHER)) return at;
    if (classBefore(at + characterLength(load<u8>(at))) & WORD) return at;
  }
}
