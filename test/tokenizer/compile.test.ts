import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokensOf, unicodeClasses } from '../../scripts/encodings.js';
import { compileVocabulary } from '../../src/tokenizer/compile.js';
import { SHIPPED_VOCABULARIES } from '../../src/tokenizer/encodings.js';
import { openMerger } from '../../src/tokenizer/merge.js';
import { FACTS, Fact, openVocabulary, packVocabulary, type Vocabulary } from '../../src/tokenizer/vocabulary.js';
import { data, tablesOf } from './built-encodings.js';

const binary = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/** Left, right, prefix and length of a token. */
const factsOf = ({ tokens }: Vocabulary, id: number): Int32Array => tokens.subarray(id * FACTS, (id + 1) * FACTS);

/** Byte-pair merging by its definition, over text in place of bytes: join the leftmost pair of lowest rank. */
function mergeSlowly(text: string, rankOf: ReadonlyMap<string, number>): string[] {
  const parts = [...text];
  for (;;) {
    const joins = parts.slice(1).map((part, i) => rankOf.get(parts[i]! + part) ?? Number.POSITIVE_INFINITY);
    const lowest = Math.min(...joins);
    if (!Number.isFinite(lowest)) return parts;
    const at = joins.indexOf(lowest);
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
  }
}

/** The 256 single bytes, then these. */
const vocabularyOf = (...tokens: string[]) =>
  compileVocabulary(
    [
      ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
      ...tokens.map((token) => Buffer.from(token, 'latin1')),
    ],
    characters,
  );
const characters = unicodeClasses();

describe.each(SHIPPED_VOCABULARIES)('%s', (name) => {
  const tokens = tokensOf(name, data);
  const vocabulary = openVocabulary(tablesOf(name));

  test('has a split for exactly those tokens that merging by definition makes, and the split is the last merge', () => {
    const rankOf = new Map(tokens.flatMap((token, id) => (token === null ? [] : [[binary(token), id] as const])));
    const wrong: number[] = [];
    for (let id = 256; id < tokens.length; id += 7) {
      const token = tokens[id];
      if (token == null) continue;
      const made = mergeSlowly(binary(token), rankOf).length === 1;
      const [left, right] = factsOf(vocabulary, id);
      const split = left! >= 0;
      const joined = split && binary(tokens[left!]!) + binary(tokens[right!]!) === binary(token);
      if (made !== split || made !== joined) wrong.push(id);
    }
    expect(wrong).toEqual([]);
  });

  test('finds every token by its bytes, knows its length and its longest prefix', () => {
    const { longestToken, lengthOf } = openMerger(vocabulary);
    const known = new Set(tokens.flatMap((token) => (token === null ? [] : [binary(token)])));
    const wrong: number[] = [];
    for (const [id, token] of tokens.entries()) {
      if (token === null) continue;
      let length = token.length - 1;
      while (length > 0 && !known.has(binary(token.subarray(0, length)))) length--;
      const prefix = factsOf(vocabulary, id)[Fact.prefix]!;
      if (longestToken(token, 0, token.length) !== id || lengthOf(id) !== token.length) wrong.push(id);
      if ((prefix < 0 ? 0 : lengthOf(prefix)) !== length) wrong.push(id);
    }
    expect(wrong).toEqual([]);
  });
});

test('p50k_base has no token 50256', () => {
  const vocabulary = openVocabulary(tablesOf('p50k_base'));
  const lengths = [50_255, 50_256, 50_257].map((id) => factsOf(vocabulary, id)[Fact.length]!);
  expect(lengths.map((length) => length > 0)).toEqual([true, false, true]);
  expect(factsOf(vocabulary, 50_256)[Fact.left]).toBe(-1);
});

describe('a small vocabulary', () => {
  test('gives what merging by definition gives', () => {
    const words = ['ab', 'ba', 'bc', 'abc', 'babc', 'ababc', 'aa', 'aaa', 'cc', 'cca'];
    const vocabulary = vocabularyOf(...words);
    const rankOf = new Map<string, number>(words.map((word, i) => [word, 256 + i]));
    const merger = openMerger(vocabulary);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 24 }), (text) => {
        const bytes = Buffer.from(text);
        const count = merger.merge(bytes, 0, bytes.length);
        const ids = Array.from(merger.tokens().subarray(0, count));
        expect(ids).toEqual(mergeSlowly(text, rankOf).map((part) => rankOf.get(part) ?? part.charCodeAt(0)));
      }),
      { numRuns: 2000 },
    );
  });

  test('never makes a token that merging does not reach, but finds it as a whole piece', () => {
    // "abcd": "bc" is joined first, then nothing joins "a", "bc" and "d"; so 257 stands only for a piece that equals it.
    const merger = openMerger(vocabularyOf('bc', 'abcd'));
    expect(merger.longestToken(Buffer.from('abcd'), 0, 4)).toBe(257);
    expect(merger.merge(Buffer.from('xabcd'), 0, 5)).toBe(4); // x a bc d
  });

  test('survives packing unchanged, at any offset of a buffer', () => {
    const vocabulary = vocabularyOf('ab', 'abc');
    const packed = packVocabulary(vocabulary);
    const shifted = new Uint8Array(packed.length + 1);
    shifted.set(packed, 1);
    expect(openVocabulary(packed)).toEqual(vocabulary);
    expect(openVocabulary(shifted.subarray(1))).toEqual(vocabulary);
  });

  test.each([
    ['a repetition', ['ab', 'ab'], /257 is a repetition/],
    ['an empty token', [''], /256 has 0 bytes/],
    ['parts that rank above their token', ['abc', 'bc'], /256 is merged from parts of higher rank/],
  ])('is refused with %s', (_, words, message) => {
    expect(() => vocabularyOf(...words)).toThrow(message);
  });

  test('is refused when a byte has no token', () => {
    expect(() => compileVocabulary([Uint8Array.of(65)], characters)).toThrow(/byte 0 has no token/);
  });
});

test.each([
  ['cut short', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 4)],
  ['of another format', (bytes: Uint8Array) => bytes.map((byte, i) => (i === 0 ? byte + 1 : byte))],
  ['empty', () => new Uint8Array()],
  ['with absurd lengths', (bytes: Uint8Array) => bytes.map((byte, i) => (i >= 4 && i < 20 ? 0xff : byte))],
])('tables that are %s are refused', (_, damage) => {
  expect(() => openVocabulary(damage(packVocabulary(vocabularyOf('ab'))))).toThrow(
    expect.objectContaining({ code: 'ENCODING_DAMAGED', exitCode: 3 }),
  );
});
