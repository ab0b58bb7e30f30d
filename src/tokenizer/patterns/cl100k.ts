import { Class, characterLength } from '../character-classes.js';
import { APOSTROPHE, LETTER, PLAIN_SYMBOL, PREFIX, SPACE, SYMBOL } from './classes.js';
import type { Splitter } from './next-piece.js';
import { digitScanner, foldedContraction, lineScanner } from './runs.js';

/** How the relatives of cl100k_base differ. */
interface Cl100kKind {
  /** Longest group of digits. */
  readonly digits: 1 | 3;
  /** Classes of a word: letters, or letters and marks. */
  readonly word: number;
  /** Classes of a run of symbols; no class of `word`. */
  readonly symbol: number;
}

/**
 * cl100k_base and its relatives; W = the kind's word, S = its symbols:
 * `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?W+|\p{N}{1,digits}| ?S+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+`
 *
 * Where marks belong to W, one may be the optional first character as well; both readings end at the same place.
 */
const splitter =
  ({ digits, word, symbol }: Cl100kKind): Splitter =>
  ({ classAt, endOfRun }) => {
    const endOfLines = lineScanner(classAt);
    const endOfDigits = digitScanner(classAt, digits);
    return (text, at) => {
      if (text[at] === APOSTROPHE) {
        const end = at + foldedContraction(text, at);
        if (end > at) return end;
      }
      const first = classAt(text, at);
      if (first & word) return endOfRun(text, at, word);
      if (first & PREFIX) {
        const next = at + characterLength(text[at]!);
        const second = classAt(text, next);
        if (second & word) return endOfRun(text, next, word);
        if (first & symbol || (text[at] === SPACE && second & symbol))
          return endOfRun(text, endOfRun(text, next, symbol), Class.newline);
      }
      if (first & Class.number) return endOfDigits(text, at);
      return endOfLines(text, at);
    };
  };

/** cl100k_base, llama3: `(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+` */
export const splitCl100k = splitter({ digits: 3, word: LETTER, symbol: SYMBOL });

/** qwen2.5, qwen3: as cl100k_base, but `\p{N}`: every digit alone. */
export const splitQwen = splitter({ digits: 1, word: LETTER, symbol: SYMBOL });

/** Qwen 3.5: as qwen3, but `[\p{L}\p{M}]+` and `[^\s\p{L}\p{M}\p{N}]+`. */
export const splitQwen35 = splitter({ digits: 1, word: LETTER | Class.mark, symbol: PLAIN_SYMBOL });
