import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { encodingOf, REFERENCED, referenceOf } from './built-encodings.js';

/** Pseudo-random letters, the same in every run (linear congruence of Numerical Recipes). */
function letters(alphabet: string, length: number): string {
  let state = 1;
  let text = '';
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += alphabet[Math.floor((state / 2 ** 32) * alphabet.length)];
  }
  return text;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const BASE64 = `${LOWER.toUpperCase()}${LOWER}0123456789+/`;

const runs: Record<string, string> = {
  'of one letter': 'a',
  'of upper-case letters': 'A',
  'of blanks': ' ',
  'of next-line characters': '\u0085',
  'of digits': '7',
  'of marks': '\u0301',
  'of dashes': '-',
  'of equals signs': '=',
  'of newlines and blanks': '\n ',
  'of slashes and newlines': '/\n',
  'of mixed case': 'aB',
  'of marks and upper case': '\u0301A',
  'of title case': 'ǅ',
  'of ideographs': '汉',
  'of joined emoji': '👩‍👩‍👧',
  'of contractions': "'s'LL",
  'of NUL': '\0',
};

describe.each(REFERENCED)('%s', (name) => {
  test.each(Object.entries(runs))('gives the ids of the reference for runs %s', (_, period) => {
    for (const length of [1, 2, 3, 7, 64, 65, 127, 128, 129, 500, 2000])
      for (const tail of ['', 'x', ' x', '\n']) {
        const text = period.repeat(Math.ceil(length / period.length)) + tail;
        const ids = Array.from(encodingOf(name).encode(utf8(text)));
        expect({ text, ids }).toEqual({ text, ids: [...referenceOf(name).encode_ordinary(text)] });
      }
  });

  test('gives the ids of the reference for long runs of any ASCII character, of which a part is laid down without a look', () => {
    for (let byte = 0; byte < 128; byte++)
      for (const length of [895, 896, 897, 1279, 1280, 1700, 2435]) {
        const text = String.fromCharCode(byte).repeat(length) + (length % 2 === 0 ? '' : '-\nx');
        const ids = Array.from(encodingOf(name).encode(utf8(text)));
        expect({ text, ids }).toEqual({ text, ids: [...referenceOf(name).encode_ordinary(text)] });
      }
  });

  test.each([LOWER, 'ab', 'aeiou', '-=', BASE64, ' \n', 'аеиоу', 'กขคงจ'])(
    'gives the ids of the reference for 2,000 random characters of %s',
    (alphabet) => {
      const text = letters(alphabet, 2000);
      expect([...encodingOf(name).encode(utf8(text))]).toEqual([...referenceOf(name).encode_ordinary(text)]);
    },
  );

  test.each(Object.entries(runs))(
    'is done with a megabyte %s, and long runs repeat the count of a period',
    (_, period) => {
      // Twice the text has twice the tokens but for its two ends, where at most the 128 bytes of the longest token differ.
      const half = utf8(period.repeat(Math.floor(500_000 / utf8(period).length)));
      const whole = new Uint8Array([...half.subarray(), ...half]);
      const encoding = encodingOf(name);
      expect(Math.abs(encoding.count(whole) - 2 * encoding.count(half))).toBeLessThanOrEqual(128);
    },
  );

  test('is done with a word of a megabyte of random letters, and every two neighbours in it are tokens of their own text', () => {
    const text = utf8(letters(LOWER, 1_000_000));
    const encoding = encodingOf(name);
    const reference = referenceOf(name);
    const ids = Array.from(encoding.encode(text));
    expect(encoding.count(text)).toBe(ids.length);
    const bytes = ids.flatMap((id) => [...reference.decode_single_token_bytes(id)]);
    expect(Buffer.from(bytes).equals(text)).toBe(true);
    // A sequence is what merging gives when each pair of neighbours is (src/tokenizer/merge.ts).
    for (let i = 0; i + 1 < ids.length; i += 97) {
      const pair = ids.slice(i, i + 2);
      expect([...reference.encode_ordinary(new TextDecoder().decode(reference.decode(new Uint32Array(pair))))]).toEqual(
        pair,
      );
    }
  });
});

describe('known counts', () => {
  const { count } = encodingOf('o200k_base');

  test('a megabyte of "a" is 125,000 tokens of eight letters', () => {
    expect(count(utf8('a'.repeat(1_000_000)))).toBe(125_000); // 1,000,000 / 8
  });

  test('250,000 blanks are 1,953 tokens of 128 blanks and one of 16', () => {
    expect(count(utf8(' '.repeat(250_000)))).toBe(1954); // 1953 × 128 + 16
  });

  test('blanks leave their last one to the word behind them', () => {
    expect(count(utf8(`${' '.repeat(250_000)}x`))).toBe(1955); // 1953 × 128 + 15, " x"
  });

  test('a million digits are groups of three', () => {
    expect(count(utf8('1'.repeat(1_000_000)))).toBe(333_334); // 333,333 × 3 + 1
  });

  test('bytes that are no UTF-8 do no harm', () => {
    for (const byte of [0x80, 0xc3, 0xe2, 0xf0, 0xf8, 0xff])
      expect(count(new Uint8Array(10_000).fill(byte))).toBeGreaterThan(0);
  });
});
