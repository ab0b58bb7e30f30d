import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unicodeClasses } from '../../scripts/encodings.js';
import { compileEncoding } from '../../src/tokenizer/compile-encoding.js';
import type { EncodingDefinition } from '../../src/tokenizer/definition.js';
import type { ListedMerges } from '../../src/tokenizer/last-merges.js';
import { openMerger } from '../../src/tokenizer/merge.js';

const characters = unicodeClasses();
const bytes = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte));

/** The 256 single bytes, then these tokens, with ids in this order. */
const definitionOf = (words: readonly string[], merges: ListedMerges): EncodingDefinition => ({
  tokens: [...bytes, ...words].map((text) => Buffer.from(text, 'latin1')),
  merges,
  wholePieces: 'tokens',
  pattern: 'r50k',
  normalization: 'none',
  special: {},
});

type PlaceOf = (left: string, right: string) => number;

/** Merging by its definition: join the leftmost of the neighbours that come first. */
function mergeSlowly(text: string, placeOf: PlaceOf): string[] {
  const parts = [...text];
  for (;;) {
    const places = parts.slice(1).map((part, i) => placeOf(parts[i]!, part));
    const first = Math.min(...places);
    if (!Number.isFinite(first)) return parts;
    const at = places.indexOf(first);
    parts.splice(at, 2, parts[at]! + parts[at + 1]!);
  }
}

/** Parts of a text as the compiled tables merge it. */
function mergedBy(definition: EncodingDefinition, text: string): string[] {
  const { vocabulary, ids } = compileEncoding(definition, characters);
  const merger = openMerger(vocabulary);
  const count = merger.merge(Buffer.from(text, 'latin1'), 0, text.length);
  return Array.from(merger.tokens().subarray(0, count), (rank) =>
    Buffer.from(definition.tokens[ids?.[rank] ?? rank]!).toString('latin1'),
  );
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 2, maxLength: 5 });
const vocabulary = fc.uniqueArray(word, { minLength: 1, maxLength: 14 });
const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 20 }), {
  minLength: 10,
  maxLength: 20,
});

/** Whether it was compiled; false: refused. */
function expectSameMerges(definition: EncodingDefinition, samples: readonly string[], placeOf: PlaceOf): boolean {
  try {
    compileEncoding(definition, characters);
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_ENCODING_FILE' });
    return false;
  }
  for (const text of samples)
    expect({ text, parts: mergedBy(definition, text) }).toEqual({ text, parts: mergeSlowly(text, placeOf) });
  return true;
}

describe('a vocabulary in any order', () => {
  test('is merged as its ranks say, or refused', () => {
    let compiled = 0;
    fc.assert(
      fc.property(vocabulary, texts, (words, samples) => {
        const places = new Map(words.map((each, i) => [each, i]));
        const placeOf: PlaceOf = (left, right) => places.get(left + right) ?? Number.POSITIVE_INFINITY;
        if (expectSameMerges(definitionOf(words, null), samples, placeOf)) compiled++;
      }),
      { numRuns: 400 },
    );
    expect(compiled).toBeGreaterThan(200);
  });

  test('is merged as its list of merges says, or refused', () => {
    let compiled = 0;
    fc.assert(
      fc.property(vocabulary, fc.infiniteStream(fc.nat()), texts, (words, numbers, samples) => {
        const known = ['a', 'b', 'c', ...words];
        const idOf = (text: string): number => [...bytes, ...words].indexOf(text);
        const pairs = known
          .flatMap((left) => known.map((right) => [left, right] as const))
          .filter(([left, right]) => words.includes(left + right))
          .map((pair) => ({ pair, place: numbers.next().value }))
          .sort((one, other) => one.place - other.place)
          .map(({ pair }) => pair);
        const places = new Map(pairs.map((pair, i) => [pair.join(' '), i]));
        const placeOf: PlaceOf = (left, right) => places.get(`${left} ${right}`) ?? Number.POSITIVE_INFINITY;
        const merges = pairs.map(([left, right]) => [idOf(left), idOf(right)] as const);
        if (expectSameMerges(definitionOf(words, merges), samples, placeOf)) compiled++;
      }),
      { numRuns: 400 },
    );
    expect(compiled).toBeGreaterThan(200);
  });

  test('keeps its ids as ranks where merging makes tokens in that order', () => {
    expect(compileEncoding(definitionOf(['ab', 'abc'], null), characters).ids).toBeNull();
  });

  test('may make a token late: behind the part it waits for, whatever its id', () => {
    // "abc" is token 256 but made of "ab", token 257: "ab" is joined first, then at once "abc"; "ca" comes after both.
    const definition = definitionOf(['abc', 'ab', 'ca'], null);
    expect(Array.from(compileEncoding(definition, characters).ids!.subarray(256))).toEqual([257, 256, 258]);
    expect(mergedBy(definition, 'abca')).toEqual(['abc', 'a']);
    expect(mergedBy(definition, 'xcab')).toEqual(['x', 'c', 'ab']);
  });

  test.each([
    ['takes a late part before it is made again', ['abab', 'bab', 'ab'], 'bababa'],
    ['joins late parts two and three at a time', ['aaaa', 'aaaaaa', 'aa'], 'aaaaaaaaa'],
  ])('is refused when one order would not do for every text: %s', (_, words) => {
    expect(() => compileEncoding(definitionOf(words, null), characters)).toThrow(
      expect.objectContaining({ code: 'BAD_ENCODING_FILE', message: expect.stringContaining('depends on the text') }),
    );
  });
});

describe('a token that no merge makes', () => {
  const merges = [[97, 98]] as const; // "a" "b"; nothing makes "cd"

  test('is a piece that equals it, where the vocabulary says so', () => {
    const { vocabulary } = compileEncoding(definitionOf(['ab', 'cd'], merges), characters);
    expect(openMerger(vocabulary).longestToken(Buffer.from('cd'), 0, 2)).toBe(257);
  });

  test('is none elsewhere, and can still be decoded', () => {
    const definition = { ...definitionOf(['ab', 'cd'], merges), wholePieces: 'merged' } as const;
    const { vocabulary, facts } = compileEncoding(definition, characters);
    expect(openMerger(vocabulary).longestToken(Buffer.from('cd'), 0, 2)).toBe(99);
    expect(facts.special).toEqual({ cd: 257 });
  });
});

test.each([
  ['a missing byte', { tokens: [Uint8Array.of(65)] }, /byte 0 has no token/],
  [
    'a token that is there twice',
    { tokens: definitionOf(['ab', 'ab'], null).tokens },
    /tokens 256 and 257 are the same/,
  ],
  ['a megabyte for a token', { tokens: definitionOf(['a'.repeat(1_000_000)], null).tokens }, /too long/],
])('%s is refused', (_, wrong, message) => {
  expect(() => compileEncoding({ ...definitionOf([], null), ...wrong }, characters)).toThrow(
    expect.objectContaining({ code: 'BAD_ENCODING_FILE', exitCode: 2, message: expect.stringMatching(message) }),
  );
});
