/** An encoding: splits UTF-8 text into pieces by its pattern and each piece into tokens by its vocabulary. */

import { END_BYTE, readCharacters } from './character-classes.js';
import type { EncodingName } from './encoding-names.js';
import { openMerger } from './merge.js';
import { type PatternName, splitters } from './patterns.js';
import { openPieceCounts, type PaddedText } from './piece-counts.js';
import { openVocabulary } from './vocabulary.js';

const patternOf: Readonly<Record<EncodingName, PatternName>> = {
  o200k_base: 'o200k',
  cl100k_base: 'cl100k',
  p50k_base: 'r50k',
  r50k_base: 'r50k',
};

/**
 * Counts and encodes. Text that looks like a special token (`<|endoftext|>`) is ordinary text.
 *
 * The bytes must be valid UTF-8: whoever reads them from outside replaces what is not, before calling. Other bytes do no harm, but
 * their count means nothing. Time is linear in the length of the text, whatever it holds. Not reentrant.
 */
export interface Encoding {
  readonly name: EncodingName;
  /** Number of tokens of a text. */
  readonly count: (text: Uint8Array) => number;
  /** Token ids of a text, in order. */
  readonly encode: (text: Uint8Array) => number[];
}

/** Bytes that scanners may look at behind the end of a text. */
const PADDING = 16;

/** Largest scratch copy kept between calls, bytes. */
const KEPT_SCRATCH = 1 << 24;

/**
 * Opens an encoding over its packed tables, which are used in place and must not change.
 * @throws ENCODING_DAMAGED when the bytes are not a packed vocabulary
 */
export function openEncoding(name: EncodingName, tables: Uint8Array): Encoding {
  const vocabulary = openVocabulary(tables);
  const nextPiece = splitters[patternOf[name]](readCharacters(vocabulary.characters));
  const merger = openMerger(vocabulary);
  const { lengths } = vocabulary;
  const countPiece = openPieceCounts(merger, vocabulary);
  let scratch = paddedText(1 << 16);

  const padded = (text: Uint8Array): PaddedText => {
    const needed = text.length + PADDING;
    const target = needed <= scratch.bytes.length ? scratch : paddedText(needed);
    if (needed <= KEPT_SCRATCH) scratch = target;
    target.bytes.set(text);
    target.bytes.fill(END_BYTE, text.length, needed);
    return target;
  };

  const count = (text: Uint8Array): number => {
    const source = padded(text);
    const end = text.length;
    let total = 0;
    for (let at = 0; at < end; ) {
      const next = Math.min(nextPiece(source.bytes, at), end);
      total += countPiece(source, at, next);
      at = next;
    }
    return total;
  };

  const encode = (text: Uint8Array): number[] => {
    const { bytes } = padded(text);
    const end = text.length;
    const ids: number[] = [];
    for (let at = 0; at < end; ) {
      const next = Math.min(nextPiece(bytes, at), end);
      const whole = merger.longestToken(bytes, at, next);
      if (lengths[whole] === next - at) ids.push(whole);
      else {
        const size = merger.merge(bytes, at, next);
        const tokens = merger.tokens();
        for (let i = 0; i < size; i++) ids.push(tokens[i]!);
      }
      at = next;
    }
    return ids;
  };

  return { name, count, encode };
}

function paddedText(size: number): PaddedText {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}
