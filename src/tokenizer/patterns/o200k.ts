import { type CharacterReader, Class, characterLength } from '../character-classes.js';
import { APOSTROPHE, CR, LETTER, LF, PLAIN_SYMBOL, PREFIX, SLASH, SPACE, SYMBOL } from './classes.js';
import type { NextPiece, Splitter } from './next-piece.js';
import { digitScanner, foldedContraction, lineScanner } from './runs.js';

/** `[\p{Lm}\p{Lo}\p{M}]`: counts as upper-case and as lower-case. */
const CASELESS = Class.otherLetter | Class.mark;
const WORD = LETTER | Class.mark;

/**
 * o200k_base and its relative tekken, alternatives in order; U = `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]`, L = `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`:
 *
 * 1. `[^\r\n\p{L}\p{N}]?U*L+(?i:'s|'t|'re|'ve|'m|'ll|'d)?`
 * 2. `[^\r\n\p{L}\p{N}]?U+L*(?i:'s|'t|'re|'ve|'m|'ll|'d)?`
 * 3. `\p{N}{1,digits}`
 * 4. ` ?[^\s\p{L}\p{N}]+[\r\n/]*`
 * 5. `\s*[\r\n]+`  6. `\s+(?!\S)`  7. `\s+`
 *
 * A mark may be the optional first character as well as part of U and L. Both readings end at the same place, because
 * what the word rule does with a leading mark (it is the last caseless character if no other follows) is what backtracking to
 * the empty first character does; so a leading mark is read as the word's own.
 */
const splitter =
  ({ digits, contractions }: { readonly digits: 1 | 3; readonly contractions: 'joined' | 'none' }): Splitter =>
  ({ classAt, endOfRun }) => {
    const endOfLines = lineScanner(classAt);
    const endOfDigits = digitScanner(classAt, digits);
    const endOfBareWord = wordScanner({ classAt, endOfRun });
    const endOfWord = contractions === 'joined' ? withContraction(endOfBareWord) : endOfBareWord;
    return (text, at) => {
      const first = classAt(text, at);
      if (first & WORD) return endOfWord(text, at);
      if (first & PREFIX) {
        const next = at + characterLength(text[at]!);
        const second = classAt(text, next);
        if (second & WORD) return endOfWord(text, next);
        if (first & PLAIN_SYMBOL || (text[at] === SPACE && second & PLAIN_SYMBOL))
          return endOfNewlinesAndSlashes(text, endOfRun(text, next, SYMBOL));
      }
      if (first & Class.number) return endOfDigits(text, at);
      return endOfLines(text, at);
    };
  };

export const splitO200k = splitter({ digits: 3, contractions: 'joined' });

/** mistral-nemo: as o200k_base, but every digit alone and without contractions. */
export const splitTekken = splitter({ digits: 1, contractions: 'none' });

/**
 * End of `U*L+` or else `U+L*`, from the word's first letter or mark.
 *
 * U* takes the longest run. If a lower-case letter follows, L+ goes on from there. If none does, U* gives characters back
 * until L+ can take one: the last caseless one, after which only upper-case letters stand, so the word ends right behind it. If
 * there is none either, alternative 1 fails and alternative 2 takes the run of upper-case letters whole.
 */
export function wordScanner({ classAt, endOfRun }: CharacterReader): NextPiece {
  return (text, start) => {
    let at = endOfRun(text, start, Class.upper);
    let afterCaseless = 0;
    while (classAt(text, at) & CASELESS) {
      afterCaseless = endOfRun(text, at, CASELESS);
      at = endOfRun(text, afterCaseless, Class.upper);
    }
    if (classAt(text, at) & Class.lower) return endOfRun(text, at, Class.lower | CASELESS);
    return afterCaseless > 0 ? afterCaseless : at;
  };
}

export const withContraction =
  (endOfWord: NextPiece): NextPiece =>
  (text, start) => {
    const at = endOfWord(text, start);
    return text[at] === APOSTROPHE ? at + foldedContraction(text, at) : at;
  };

/** `[\r\n/]*` */
function endOfNewlinesAndSlashes(text: Uint8Array, start: number): number {
  let at = start;
  while (text[at] === LF || text[at] === SLASH || text[at] === CR) at++;
  return at;
}
