import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { encodingOf, referenceOf } from './built-encodings.js';

const STEP = 512;

/** Each code point after a letter, before upper case, behind a blank and before a digit, alone between blanks and newlines. */
function inContexts(from: number): string {
  let text = '';
  for (let code = from; code < from + STEP; code++) {
    if (code >= 0xd800 && code < 0xe000) continue;
    const c = String.fromCodePoint(code);
    text += `a${c}A ${c}1${c}${c}'s  ${c}\n`;
  }
  return text;
}

// p50k_base has the pattern of r50k_base.
describe.each(['o200k_base', 'cl100k_base', 'r50k_base'] as const)('%s', (name) => {
  test.each([
    [0, 0x10000, STEP],
    [0x10000, 0x40000, STEP],
    // Planes 4 to 13 are unassigned, 15 and 16 private: one block in sixteen stands for them.
    [0x40000, 0xe0000, STEP * 16],
    [0xe0000, 0xe1000, STEP],
    [0xe1000, 0x110000, STEP * 16],
  ])('splits at the code points from %i to %i as the reference does', (from, to, stride) => {
    for (let start = from; start < to; start += stride) {
      const text = inContexts(start);
      const ids = Array.from(encodingOf(name).encode(utf8(text)));
      const expected = referenceOf(name).encode_ordinary(text);
      const different = ids.findIndex((id, i) => id !== expected[i]);
      if (different >= 0 || ids.length !== expected.length)
        expect({ start, different, ids }).toEqual({ start, different, ids: [...expected] });
    }
  });
});
