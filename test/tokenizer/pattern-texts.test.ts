import fc from 'fast-check';
import { Tiktoken } from 'tiktoken';
import { afterAll, describe, expect, test } from 'vitest';
import { unicodeClasses } from '../../scripts/encodings.js';
import { compileVocabulary } from '../../src/tokenizer/compile.js';
import { openEncoding } from '../../src/tokenizer/encoding.js';
import { PATTERN_NAMES, patternTexts } from '../../src/tokenizer/pattern-texts.js';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { packVocabulary } from '../../src/tokenizer/vocabulary.js';
import { twinsOver } from './built-encodings.js';

/** Every byte and every two bytes are a token: whatever meets in one piece may be joined, so that where pieces end is seen in the ids. */
const tokens = [
  ...Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)),
  ...Array.from({ length: 65_536 }, (_, pair) => Uint8Array.of(pair & 255, pair >> 8)),
];
const tables = packVocabulary(compileVocabulary(tokens, unicodeClasses()));
const ranks = `! 0 ${tokens.map((token) => Buffer.from(token).toString('base64')).join(' ')}`;

const fragments = fc.constantFrom(
  ...[
    "'s",
    "'S",
    "'RE",
    "'lL",
    "'ve",
    "'d",
    "'\u017f",
    "'x",
    ' ',
    '  ',
    '\t',
    '\n',
    '\r\n',
    '\r',
    '\u0085',
    '\u00a0',
    '\u3000',
  ],
  ...[
    '\ufeff',
    '\u180e',
    '/',
    '/\n',
    '!',
    '...',
    '"',
    '-',
    '_',
    '\0',
    '\u0301',
    '\u0302\u0303',
    '\u0903',
    '\u20dd',
    'a',
    'the',
  ],
  ...[
    'A',
    'ABC',
    'Hello',
    'camelCase',
    'ß',
    'ǅ',
    'ʰ',
    'ª',
    '汉',
    '漢字',
    '々',
    '〇',
    '〡',
    '⺀',
    '⼀',
    '\u{16ff0}',
    '\u{20000}',
    'あ',
    'カ',
    'กรุง',
  ],
  ...['한국', 'я', 'Я', '1', '12', '123456', '٣', '½', '👍', '👩‍👩‍👧', '\u0378', '\ue000', '<|endoftext|>', '\ud800'],
);
const texts = fc.array(fc.oneof({ weight: 6, arbitrary: fragments }, fc.string({ unit: 'binary', maxLength: 6 })), {
  maxLength: 14,
});

/** Each code point behind a letter, before upper case, behind a blank, before a digit, and alone between blanks and newlines. */
const inContexts = (from: number): string =>
  Array.from({ length: 512 }, (_, i) => from + i)
    .filter((code) => code < 0xd800 || code >= 0xe000)
    .map((code) => String.fromCodePoint(code))
    .map((c) => `a${c}A ${c}1${c}${c}'s  ${c}\n!${c}/`)
    .join('');

/**
 * The three splits of deepseek as one expression: what the first two take (I, numbers and ideographs) is taken first and is in no set of the third, blanks
 * before it are blanks at an end, and what no alternative matches is a piece up to where one does.
 */
const deepseek = (() => {
  const ideographs = '一-龥぀-ゟ゠-ヿ';
  const less = (set: string): string => `[${set}&&[^\\p{N}${ideographs}]]`;
  const third = [
    String.raw`[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_${'`'}{|}~][A-Za-z]+`,
    `${less('[^\\r\\n\\p{L}\\p{P}\\p{S}]')}?${less('\\p{L}\\p{M}')}+`,
    ` ?${less('\\p{P}\\p{S}')}+[\\r\\n]*`,
    String.raw`\s*[\r\n]+|\s+(?![^\s\p{N}${ideographs}])|\s+`,
  ].join('|');
  const all = `\\p{N}{1,3}|[${ideographs}]+|${third}`;
  return `${all}|(?:(?!${all})(?s:.))+`;
})();

const cases = PATTERN_NAMES.flatMap((name) =>
  (name === 'deepseek' ? [deepseek] : patternTexts[name]).map(
    (text, i) => [`${name}, spelling ${i + 1}`, name, text, i] as const,
  ),
);

describe.each(cases)('%s', (_, pattern, text, spelling) => {
  const facts = { pattern, normalization: 'none', special: {} } as const;
  const ours = openEncoding(pattern, facts, twinsOver(tables, pattern));
  const reference = new Tiktoken(ranks, {}, text);
  afterAll(() => reference.free());

  const expectSame = (sample: string): void => {
    const ids = Array.from(ours.encode(utf8(sample)));
    const expected = reference.encode_ordinary(sample);
    if (ids.length !== expected.length || ids.some((id, i) => id !== expected[i]))
      expect({ sample, ids }).toEqual({ sample, ids: Array.from(expected) });
  };

  test('splits as the expression does when tiktoken runs it', () => {
    fc.assert(
      fc.property(texts, (parts) => expectSame(parts.join(''))),
      { numRuns: 1000 },
    );
  });

  test.skipIf(spelling > 0)('splits so at every code point of the first two planes', () => {
    for (let from = 0; from < 0x20000; from += 512) expectSame(inContexts(from));
  });
});
