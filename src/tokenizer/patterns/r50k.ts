import { Class } from '../character-classes.js';
import { APOSTROPHE, LETTER, SPACE, SYMBOL } from './classes.js';
import type { Splitter } from './next-piece.js';
import { blankScanner, contraction } from './runs.js';

/**
 * r50k_base, p50k_base, claude-legacy:
 * `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
 */
export const splitR50k: Splitter = ({ classAt, endOfRun }) => {
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
};
