/**
 * The splitting patterns as hand-written scanners over UTF-8 bytes: linear on any input, no regular expressions.
 * Each pattern is quoted where it is implemented. An alternative that a regex engine would find by backtracking is worked
 * out from the runs of classes; the reasoning stands beside it.
 */

import { type CharacterReader, Class, characterLength } from './character-classes.js';

/**
 * End of the piece that starts at `at`. The text is valid UTF-8 followed by four or more `END_BYTE`s; `at` is before them.
 * Always advances.
 */
export type NextPiece = (text: Uint8Array, at: number) => number;

export type PatternName = 'r50k' | 'cl100k' | 'o200k';

const LETTER = Class.upper | Class.lower | Class.otherLetter;
const WHITE_SPACE = Class.blank | Class.newline;
/** `[^\s\p{L}\p{N}]` */
const SYMBOL = Class.other | Class.mark;
/** `[^\r\n\p{L}\p{N}]` */
const PREFIX = Class.blank | SYMBOL;
/** `[\p{Lm}\p{Lo}\p{M}]`: counts as upper-case and as lower-case in o200k. */
const CASELESS = Class.otherLetter | Class.mark;

const APOSTROPHE = 0x27;
const SPACE = 0x20;
const SLASH = 0x2f;
const CR = 0x0d;
const LF = 0x0a;

/**
 * r50k_base, p50k_base:
 * `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
 */
function splitR50k({ classAt, endOfRun }: CharacterReader): NextPiece {
  const endOfBlanks = blankScanner(classAt);
  return (text, at) => {
    if (text[at] === APOSTROPHE) {
      const end = at + contraction(text, at);
      if (end > at) return end;
    }
    const start = text[at] === SPACE ? at + 1 : at;
    const first = classAt(text, start);
    if (first & LETTER) return endOfRun(text, start, LETTER);
    if (first & SYMBOL) return endOfRun(text, start, SYMBOL);
    if (first & Class.number) return endOfRun(text, start, Class.number);
    return endOfBlanks(text, at);
  };
}

/**
 * cl100k_base: `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 */
function splitCl100k({ classAt, endOfRun }: CharacterReader): NextPiece {
  const endOfLines = lineScanner(classAt);
  const endOfDigits = digitScanner(classAt);
  return (text, at) => {
    if (text[at] === APOSTROPHE) {
      const end = at + foldedContraction(text, at);
      if (end > at) return end;
    }
    const first = classAt(text, at);
    if (first & LETTER) return endOfRun(text, at, LETTER);
    if (first & PREFIX) {
      const next = at + characterLength(text[at]!);
      const second = classAt(text, next);
      if (second & LETTER) return endOfRun(text, next, LETTER);
      if (first & SYMBOL || (text[at] === SPACE && second & SYMBOL))
        return endOfRun(text, endOfRun(text, next, SYMBOL), Class.newline);
    }
    if (first & Class.number) return endOfDigits(text, at);
    return endOfLines(text, at);
  };
}

/**
 * o200k_base, alternatives in order; U = `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`, L = `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`:
 *
 * 1. `[^\r\n\p{L}\p{N}]?U*L+(?i:'s|'t|'re|'ve|'m|'ll|'d)?`
 * 2. `[^\r\n\p{L}\p{N}]?U+L*(?i:'s|'t|'re|'ve|'m|'ll|'d)?`
 * 3. `\p{N}{1,3}`
 * 4. ` ?[^\s\p{L}\p{N}]+[\r\n/]*`
 * 5. `\s*[\r\n]+`  6. `\s+(?!\S)`  7. `\s+`
 *
 * A mark may be the optional first character as well as part of U and L. Both readings end at the same place, because
 * what the word rule does with a leading mark (it is the last caseless character if no other follows) is what backtracking to
 * the empty first character does; so a leading mark is read as the word's own.
 */
function splitO200k({ classAt, endOfRun }: CharacterReader): NextPiece {
  const endOfLines = lineScanner(classAt);
  const endOfDigits = digitScanner(classAt);
  const endOfWord = wordScanner({ classAt, endOfRun });
  const WORD = LETTER | Class.mark;
  return (text, at) => {
    const first = classAt(text, at);
    if (first & WORD) return endOfWord(text, at);
    if (first & PREFIX) {
      const next = at + characterLength(text[at]!);
      const second = classAt(text, next);
      if (second & WORD) return endOfWord(text, next);
      if (first & Class.other || (text[at] === SPACE && second & Class.other))
        return endOfNewlinesAndSlashes(text, endOfRun(text, next, SYMBOL));
    }
    if (first & Class.number) return endOfDigits(text, at);
    return endOfLines(text, at);
  };
}

/**
 * End of `U*L+` or else `U+L*` and a contraction, from the word's first letter or mark.
 *
 * U* takes the longest run. If a lower-case letter follows, L+ goes on from there. If none does, U* gives characters back
 * until L+ can take one: the last caseless one, after which only upper-case letters stand, so the word ends right behind it. If
 * there is none either, alternative 1 fails and alternative 2 takes the run of upper-case letters whole.
 */
function wordScanner({ classAt, endOfRun }: CharacterReader): NextPiece {
  return (text, start) => {
    let at = endOfRun(text, start, Class.upper);
    let afterCaseless = 0;
    while (classAt(text, at) & CASELESS) {
      afterCaseless = endOfRun(text, at, CASELESS);
      at = endOfRun(text, afterCaseless, Class.upper);
    }
    if (classAt(text, at) & Class.lower) at = endOfRun(text, at, Class.lower | CASELESS);
    else if (afterCaseless > 0) at = afterCaseless;
    return text[at] === APOSTROPHE ? at + foldedContraction(text, at) : at;
  };
}

/** `\p{N}{1,3}` */
function digitScanner(classAt: CharacterReader['classAt']): NextPiece {
  return (text, start) => {
    let at = start;
    for (let digits = 0; digits < 3 && classAt(text, at) & Class.number; digits++) at += characterLength(text[at]!);
    return at;
  };
}

/** `\s+(?!\S)|\s+`: a run before other text leaves its last character to it, unless that is all there is. */
function blankScanner(classAt: CharacterReader['classAt']): NextPiece {
  return (text, start) => {
    let last = start;
    let at = start + characterLength(text[start]!);
    let next = classAt(text, at);
    for (; next & WHITE_SPACE; next = classAt(text, at)) {
      last = at;
      at += characterLength(text[at]!);
    }
    return next === 0 || last === start ? at : last;
  };
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+`: up to and with the run's last CR or LF; without one, as `blankScanner`. */
function lineScanner(classAt: CharacterReader['classAt']): NextPiece {
  return (text, start) => {
    let afterNewline = 0;
    let last = start;
    let at = start;
    let next = classAt(text, at);
    do {
      last = at;
      at += characterLength(text[at]!);
      if (next & Class.newline) afterNewline = at;
      next = classAt(text, at);
    } while (next & WHITE_SPACE);
    if (afterNewline > 0) return afterNewline;
    return next === 0 || last === start ? at : last;
  };
}

/** `[\r\n/]*` */
function endOfNewlinesAndSlashes(text: Uint8Array, start: number): number {
  let at = start;
  while (text[at] === LF || text[at] === SLASH || text[at] === CR) at++;
  return at;
}

const [D, E, L, M, R, S, T, V] = Array.from('delmrstv', (letter) => letter.charCodeAt(0));

/** Bytes of `'s|'t|'re|'ve|'m|'ll|'d` at an apostrophe; 0 when it begins none. */
function contraction(text: Uint8Array, at: number): number {
  const first = text[at + 1]!;
  if (first === S || first === T || first === M || first === D) return 2;
  const second = text[at + 2]!;
  if ((first === R || first === V) && second === E) return 3;
  return first === L && second === L ? 3 : 0;
}

/** The same under `(?i:…)`: ASCII case, and U+017F (two bytes), the one other character that folds to one of the letters. */
function foldedContraction(text: Uint8Array, at: number): number {
  const first = lowerCase(text[at + 1]!);
  if (first === S || first === T || first === M || first === D) return 2;
  const second = lowerCase(text[at + 2]!);
  if ((first === R || first === V) && second === E) return 3;
  if (first === L && second === L) return 3;
  return text[at + 1] === 0xc5 && text[at + 2] === 0xbf ? 3 : 0;
}

/** Lower case of an ASCII letter; other bytes never become one. */
const lowerCase = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

export const splitters: Readonly<Record<PatternName, (reader: CharacterReader) => NextPiece>> = {
  r50k: splitR50k,
  cl100k: splitCl100k,
  o200k: splitO200k,
};
