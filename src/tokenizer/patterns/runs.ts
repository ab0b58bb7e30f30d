/** Parts that the splitting patterns share: runs of blanks, lines, digits and contractions. */

import { type CharacterReader, Class, characterLength } from '../character-classes.js';
import { WHITE_SPACE } from './classes.js';
import type { NextPiece } from './next-piece.js';

/** `\p{N}{1,most}`, from a first digit. */
export function digitScanner(classAt: CharacterReader['classAt'], most: number): NextPiece {
  return (text, start) => {
    let at = start;
    for (let digits = 0; digits < most && classAt(text, at) & Class.number; digits++) at += characterLength(text[at]!);
    return at;
  };
}

/** `\s+(?!\S)|\s+`: a run before other text leaves its last character to it, unless that is all there is. */
export function blankScanner(classAt: CharacterReader['classAt']): NextPiece {
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
export function lineScanner(classAt: CharacterReader['classAt']): NextPiece {
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

const [D, E, L, M, R, S, T, V] = Array.from('delmrstv', (letter) => letter.charCodeAt(0));

/** Bytes of `'s|'t|'re|'ve|'m|'ll|'d` at an apostrophe; 0 when it begins none. */
export function contraction(text: Uint8Array, at: number): number {
  const first = text[at + 1]!;
  if (first === S || first === T || first === M || first === D) return 2;
  const second = text[at + 2]!;
  if ((first === R || first === V) && second === E) return 3;
  return first === L && second === L ? 3 : 0;
}

/** The same under `(?i:…)`: ASCII case, and U+017F (two bytes), the one other character that folds to one of the letters. */
export function foldedContraction(text: Uint8Array, at: number): number {
  const first = lowerCase(text[at + 1]!);
  if (first === S || first === T || first === M || first === D) return 2;
  const second = lowerCase(text[at + 2]!);
  if ((first === R || first === V) && second === E) return 3;
  if (first === L && second === L) return 3;
  return text[at + 1] === 0xc5 && text[at + 2] === 0xbf ? 3 : 0;
}

/** Lower case of an ASCII letter; other bytes never become one. */
const lowerCase = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);
