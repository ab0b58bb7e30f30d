import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { getEncoding } from 'js-tiktoken';
import { describe, expect, test } from 'vitest';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { encodingOf, REFERENCED, type Referenced, referenceOf, shared } from './built-encodings.js';

const modules = resolve(import.meta.dirname, '../../node_modules');

/** Fails with the first text whose ids or count differ from the reference's. */
function expectSameIds(name: Referenced, text: string): void {
  const bytes = utf8(text);
  const ids = Array.from(encodingOf(name).encode(bytes));
  expect({ text, ids }).toEqual({ text, ids: Array.from(referenceOf(name).encode_ordinary(text)) });
  expect(encodingOf(name).count(bytes)).toBe(ids.length);
}

/** A long text in slices of lines, so that a difference is shown small and the reference stays fast. */
function expectSameIdsOfLines(name: Referenced, text: string): void {
  const bytes = utf8(text);
  const ids = Array.from(encodingOf(name).encode(bytes));
  const expected = referenceOf(name).encode_ordinary(text);
  const different = ids.findIndex((id, i) => id !== expected[i]);
  expect({ different, length: ids.length }).toEqual({ different: -1, length: expected.length });
  expect(encodingOf(name).count(bytes)).toBe(ids.length);
}

const fragments = fc.constantFrom(
  ...["'s", "'S", "'re", "'RE", "'lL", "'ve", "'d", "'T", "'m", "'\u017f", "'x", "''", 'K\u017f'],
  ...[
    ' ',
    '  ',
    '   ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    '\u0085',
    '\u00a0',
    '\u3000',
    '\u2028',
    '\u2029',
    '\u202f',
    '\u1680',
  ],
  ...[
    '\ufeff',
    '\u180e',
    '\u200b',
    '\u200d',
    '/',
    '//',
    '/\n',
    '!',
    '...',
    '"',
    '(',
    '-',
    '--------',
    '_',
    '=',
    '\0',
    '\x1f',
    '\x7f',
  ],
  ...[
    '\u0301',
    '\u0302\u0303',
    '\u0903',
    '\u20dd',
    'a',
    'the',
    'hello',
    ' world',
    'A',
    'ABC',
    'Hello',
    'camelCase',
    'ß',
    'É',
    'ǅ',
    'ʰ',
    'ª',
  ],
  ...['汉', '漢字', 'あ', 'กรุง', 'ال', 'שלום', 'हिन्दी', '한국', 'Ω', 'я', 'Я', '1', '12', '123456', '٣', '½', 'Ⅷ', '๕'],
  ...[
    '👍',
    '👩‍👩‍👧',
    '🏽',
    '\u{1f1e6}',
    '\u{10ffff}',
    '\ue000',
    '\u0378',
    '<|endoftext|>',
    '<|fim_prefix|>',
    '\ud800',
    '\udc00',
  ],
);
const anything = fc.array(fc.oneof({ weight: 6, arbitrary: fragments }, fc.string({ unit: 'binary', maxLength: 6 })), {
  maxLength: 16,
});

describe.each(REFERENCED)('%s', (name) => {
  test('gives the ids of the reference for text of any script, blanks, marks, contractions, controls and cut surrogates', () => {
    fc.assert(
      fc.property(anything, (parts) => expectSameIds(name, parts.join(''))),
      { numRuns: 4000 },
    );
  });

  test('gives the ids of js-tiktoken for ASCII, where that is right', () => {
    const reference = getEncoding(name);
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => {
        expect([...encodingOf(name).encode(utf8(text))]).toEqual(reference.encode(text, [], []));
      }),
      { numRuns: 300 },
    );
  });

  test('reads special tokens as ordinary text', () => {
    const ids = encodingOf(name).encode(utf8('<|endoftext|>'));
    expect(ids.length).toBe(7); // < | end of text | >
    expectSameIds(name, 'a<|endoftext|>b<|fim_prefix|> <|endofprompt|>');
  });

  test('counts a byte order mark as text', () => {
    expectSameIds(name, '\ufeffhello');
    expectSameIds(name, '\ufeff# Title\n');
  });

  test('has no tokens for no text', () => {
    expect(encodingOf(name).count(new Uint8Array())).toBe(0);
    expect(encodingOf(name).encode(new Uint8Array())).toHaveLength(0);
  });

  test.each(['package.json', 'README.md'])(
    'gives the ids of the reference for every %s of the installed packages',
    (file) => {
      for (const folder of readdirSync(modules).slice(0, 40)) {
        const path = join(modules, folder, file);
        if (existsSync(path)) expectSameIdsOfLines(name, readFileSync(path, 'utf8'));
      }
    },
  );

  test('gives the ids of the reference for type declarations', () => {
    const folder = join(modules, 'typescript', 'lib');
    for (const file of readdirSync(folder)
      .filter((each) => each.endsWith('.d.ts'))
      .slice(0, 30))
      expectSameIdsOfLines(name, readFileSync(join(folder, file), 'utf8').slice(0, 40_000));
  });

  const corpora = join(shared, 'corpora');
  test.skipIf(!existsSync(corpora)).each(['prose.txt', 'multi-script.txt', 'data.txt'])(
    'gives the ids of the reference for %s',
    (file) => {
      const text = readFileSync(join(corpora, file), 'utf8');
      for (const from of [0, 0.3, 0.6].map((part) => Math.floor(text.length * part)))
        expectSameIdsOfLines(name, text.slice(from, from + 100_000));
    },
  );
});

const vectorsFile = join(shared, 'samples', 'tokenizer_vectors.json');
test.skipIf(!existsSync(vectorsFile))('gives the published ids of the sample texts', () => {
  const { vectors } = JSON.parse(readFileSync(vectorsFile, 'utf8'));
  const published = {
    o200k_base: 'o200k_base',
    cl100k_base: 'cl100k_base',
    'qwen2.5': 'qwen2_5',
    qwen3: 'qwen3',
  } as const;
  for (const [key, vector] of Object.entries<Record<string, unknown>>(vectors))
    for (const [name, column] of Object.entries(published)) {
      if (key === 'special' && name.startsWith('qwen')) continue; // there special tokens were parsed as such
      const ids = Array.from(encodingOf(name as keyof typeof published).encode(utf8(String(vector.text))));
      expect({ key, name, ids }).toEqual({ key, name, ids: vector[column] });
    }
});
