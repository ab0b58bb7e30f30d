import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SHIPPED_ENCODINGS } from '../../src/tokenizer/encodings.js';
import { piecesOf } from '../../src/tokenizer/pieces.js';
import { utf8 } from '../../src/tokenizer/utf8.js';
import { encodingOf } from './built-encodings.js';

const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary', maxLength: 40 }));

/** A text as the encoding sees it. */
const NORMAL: Readonly<Record<string, 'NFC' | undefined>> = { 'qwen2.5': 'NFC', qwen3: 'NFC' };
function seenBy(name: string, source: string): Uint8Array {
  const wellFormed = new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8(source));
  return utf8(NORMAL[name] === undefined ? wellFormed : wellFormed.normalize(NORMAL[name]));
}

describe.each(SHIPPED_ENCODINGS)('%s', (name) => {
  const encoding = encodingOf(name);

  test('decodes what it encoded to the same bytes', () => {
    fc.assert(
      fc.property(text, (source) => {
        expect(Buffer.from(encoding.decode(encoding.encode(utf8(source))))).toEqual(Buffer.from(seenBy(name, source)));
      }),
    );
  });

  test('splits a text into pieces that are the text, with the ids of the text', () => {
    fc.assert(
      fc.property(text, (source) => {
        const pieces = piecesOf(encoding, utf8(source), 'ordinary');
        expect(Buffer.concat(pieces.map(({ bytes }) => bytes))).toEqual(Buffer.from(seenBy(name, source)));
        expect(pieces.flatMap(({ ids }) => ids)).toEqual(Array.from(encoding.encode(utf8(source))));
      }),
    );
  });

  test('counts up to a limit: exactly when the text has no more, and above it when it has', () => {
    fc.assert(
      fc.property(text, fc.nat(60), (source, limit) => {
        const bytes = utf8(source);
        const [whole, some] = [encoding.count(bytes), encoding.countUpTo(bytes, limit)];
        if (whole <= limit) expect(some).toBe(whole);
        else expect(some).toBeGreaterThan(limit);
      }),
    );
  });

  test('decodes each special token to its text, and reads that text as the token when asked', () => {
    for (const [mark, id] of Object.entries(encoding.special)) {
      expect(Buffer.from(encoding.decode([id])).toString()).toBe(mark);
      const ids = piecesOf(encoding, utf8(`a${mark}b`), 'tokens').flatMap((piece) => piece.ids);
      expect(ids).toEqual([...encoding.encode(utf8('a')), id, ...encoding.encode(utf8('b'))]);
    }
  });

  test('has no token beyond its last', () => {
    expect(() => encoding.decode([400_000])).toThrow(expect.objectContaining({ code: 'UNKNOWN_TOKEN', exitCode: 2 }));
    expect(() => encoding.decode([-1])).toThrow(expect.objectContaining({ code: 'UNKNOWN_TOKEN' }));
  });
});

test('of two special tokens that begin at one place the longer is meant', () => {
  const encoding = { ...encodingOf('o200k_base'), special: { '<x': 1, '<x>': 2 } };
  const ids = piecesOf(encoding, utf8('<x><x'), 'tokens').flatMap((piece) => piece.ids);
  expect(ids).toEqual([2, 1]);
});

describe('the memory of the compiled engine', () => {
  const encoding = encodingOf('o200k_base');

  test('grows with the text, and what was opened over it goes on to be right', () => {
    expect(encoding.count(utf8('hello world'))).toBe(2);
    expect(encoding.count(utf8('a'.repeat(40_000_000)))).toBe(5_000_000); // tokens of eight letters
    expect(encoding.count(utf8('hello world'))).toBe(2);
    expect(Buffer.from(encoding.decode(encoding.encode(utf8('hello world')))).toString()).toBe('hello world');
  });

  test('grows with the tokens: each byte of a text that is one piece may be one', () => {
    const digits = utf8('\u{10ffff}'.repeat(300_000)); // 1,200,000 bytes of private use
    expect(Buffer.from(encoding.decode(encoding.encode(digits))).equals(digits)).toBe(true);
  });

  test('takes a text that was written to its room without copying it', () => {
    const room = encoding.room(64);
    const { written } = new TextEncoder().encodeInto('hello world', room);
    expect(encoding.count(room.subarray(0, written))).toBe(2);
  });
});
