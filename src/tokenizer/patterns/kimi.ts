import { type CharacterReader, Class, characterLength } from '../character-classes.js';
import { LETTER, PREFIX, SPACE, SYMBOL } from './classes.js';
import type { Splitter } from './next-piece.js';
import { withContraction, wordScanner } from './o200k.js';
import { digitScanner, lineScanner } from './runs.js';

const WORD = LETTER | Class.mark;

/**
 * kimi-k2 and later: `[\p{Han}]+`, then the alternatives of o200k_base with letters and marks that are not of the script Han, and
 * ` ?[^\s\p{L}\p{N}]+[\r\n]*` for symbols, without slashes behind them.
 *
 * Numbers and symbols of the script Han are pieces with the Han characters around them only where a piece begins with one: runs of digits
 * and of symbols go on over them.
 */
export const splitKimi: Splitter = (reader) => {
  const { classAt, endOfRun } = reader;
  const apart = withoutHan(reader);
  const endOfWord = withContraction(wordScanner(apart));
  const endOfLines = lineScanner(classAt);
  const endOfDigits = digitScanner(classAt, 3);
  return (text, at) => {
    if (isHan(text, at)) return endOfHan(text, at);
    const first = classAt(text, at);
    if (first & WORD) return endOfWord(text, at);
    if (first & PREFIX) {
      const next = at + characterLength(text[at]!);
      if (apart.classAt(text, next) & WORD) return endOfWord(text, next);
      if (first & SYMBOL || (text[at] === SPACE && classAt(text, next) & SYMBOL))
        return endOfRun(text, endOfRun(text, next, SYMBOL), Class.newline);
    }
    if (first & Class.number) return endOfDigits(text, at);
    return endOfLines(text, at);
  };
};

/** Characters of the script Han are in no class, so that they end every run. */
function withoutHan({ classAt }: CharacterReader): CharacterReader {
  const classApart: CharacterReader['classAt'] = (text, at) => (isHan(text, at) ? 0 : classAt(text, at));
  return {
    classAt: classApart,
    endOfRun: (text, start, mask) => {
      let at = start;
      while (classApart(text, at) & mask) at += characterLength(text[at]!);
      return at;
    },
  };
}

function endOfHan(text: Uint8Array, start: number): number {
  let at = start;
  while (isHan(text, at)) at += characterLength(text[at]!);
  return at;
}

/** First and last code points of the script Han. Source: Scripts.txt of Unicode 16.0. */
const HAN = Int32Array.of(
  ...[0x2e80, 0x2e99, 0x2e9b, 0x2ef3, 0x2f00, 0x2fd5, 0x3005, 0x3005, 0x3007, 0x3007, 0x3021, 0x3029, 0x3038, 0x303b],
  ...[0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xf900, 0xfa6d, 0xfa70, 0xfad9, 0x16fe2, 0x16fe3, 0x16ff0, 0x16ff1],
  ...[0x20000, 0x2a6df, 0x2a700, 0x2b739, 0x2b740, 0x2b81d, 0x2b820, 0x2cea1, 0x2ceb0, 0x2ebe0, 0x2ebf0, 0x2ee5d],
  ...[0x2f800, 0x2fa1d, 0x30000, 0x3134a, 0x31350, 0x323af],
);

function isHan(text: Uint8Array, at: number): boolean {
  const lead = text[at]!;
  if (lead < 0xe2 || lead > 0xf0) return false;
  const low = ((text[at + 1]! & 0x3f) << 6) | (text[at + 2]! & 0x3f);
  const codePoint = lead < 0xf0 ? ((lead & 0x0f) << 12) | low : (low << 6) | (text[at + 3]! & 0x3f);
  for (let i = 0; i < HAN.length; i += 2) if (codePoint <= HAN[i + 1]!) return codePoint >= HAN[i]!;
  return false;
}
