import { END_BYTE, readCharacters } from './character-classes.js';
import type { Engine } from './engine.js';
import { openMerger } from './merge.js';
import { type PatternName, splitters } from './patterns/all.js';
import { openPieceCounts, type PaddedText } from './piece-counts.js';
import type { Vocabulary } from './vocabulary.js';

/** Bytes that scanners may look at behind the end of a text. */
export const PADDING = 16;

/** Largest scratch copy kept between calls, bytes. */
const KEPT_SCRATCH = 1 << 24;

/** Time is linear in the length of the text, whatever it holds. Not reentrant. */
export function openScriptEngine(vocabulary: Vocabulary, pattern: PatternName): Engine {
  const nextPiece = splitters[pattern](readCharacters(vocabulary.characters));
  const merger = openMerger(vocabulary);
  const countPiece = openPieceCounts(merger);
  let scratch = paddedText(1 << 16);

  const ofSize = (bytes: number): PaddedText => {
    const needed = bytes + PADDING;
    const target = needed <= scratch.bytes.length ? scratch : paddedText(needed);
    if (needed <= KEPT_SCRATCH) scratch = target;
    return target;
  };

  const padded = (text: Uint8Array): PaddedText => {
    const target = ofSize(text.length);
    target.bytes.set(text);
    target.bytes.fill(END_BYTE, text.length, text.length + PADDING);
    return target;
  };

  const count = (text: Uint8Array, limit: number): number => {
    const source = padded(text);
    const end = text.length;
    let total = 0;
    for (let at = 0; at < end && total <= limit; ) {
      const next = Math.min(nextPiece(source.bytes, at), end);
      total += countPiece(source, at, next);
      at = next;
    }
    return total;
  };

  const encode = (text: Uint8Array): Uint32Array => {
    const { bytes } = padded(text);
    const end = text.length;
    const ids: number[] = [];
    for (let at = 0; at < end; ) {
      const next = Math.min(nextPiece(bytes, at), end);
      const whole = merger.longestToken(bytes, at, next);
      if (merger.lengthOf(whole) === next - at) ids.push(whole);
      else {
        const size = merger.merge(bytes, at, next);
        const tokens = merger.tokens();
        for (let i = 0; i < size; i++) ids.push(tokens[i]!);
      }
      at = next;
    }
    return Uint32Array.from(ids);
  };

  return { count, encode, room: (bytes) => ofSize(bytes).bytes };
}

function paddedText(size: number): PaddedText {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}
