import type { Merger } from './merge.js';

/** A text to count or encode: its bytes, `END_BYTE`s behind them, and a view of the same memory. */
export interface PaddedText {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/**
 * Tokens of the piece `bytes[start … end − 1]`; a piece equal to a token counts 1 without merging.
 * At least 16 bytes of padding follow the text.
 */
export type CountPiece = (text: PaddedText, start: number, end: number) => number;

const LONGEST_CACHED = 16;
/** Entries of each cache, a power of 2. Two caches of this size take 1.5 MB together. */
const SLOTS = 1 << 15;

/** Mask of the first n bytes of a little-endian word, n = 0 … 4. */
const FIRST_BYTES = Int32Array.of(0, 0xff, 0xffff, 0xffffff, -1);

/**
 * Counts pieces, and remembers the short ones in direct-mapped caches keyed by the piece's own bytes and length, so that a
 * remembered count is never another piece's. A new piece takes the slot of an old one; nothing is allocated per piece.
 */
export function openPieceCounts(merger: Merger): CountPiece {
  /** Per slot: two words of bytes, then length << 8 | count; the fourth is unused. */
  const short = new Int32Array(SLOTS * 4);
  /** Per slot: four words of bytes, then length << 8 | count; the rest is unused. */
  const medium = new Int32Array(SLOTS * 8);

  const measure = ({ bytes }: PaddedText, start: number, end: number): number =>
    merger.lengthOf(merger.longestToken(bytes, start, end)) === end - start ? 1 : merger.merge(bytes, start, end);

  const countShort = (text: PaddedText, start: number, end: number): number => {
    const length = end - start;
    const a = text.view.getInt32(start, true) & FIRST_BYTES[Math.min(length, 4)]!;
    const b = text.view.getInt32(start + 4, true) & FIRST_BYTES[length < 4 ? 0 : length - 4]!;
    const slot = slotOf(a, b) << 2;
    const remembered = short[slot + 2]!;
    if (short[slot] === a && short[slot + 1] === b && remembered >> 8 === length) return remembered & 0xff;
    const count = measure(text, start, end);
    short[slot] = a;
    short[slot + 1] = b;
    short[slot + 2] = (length << 8) | count;
    return count;
  };

  const countMedium = (text: PaddedText, start: number, end: number): number => {
    const length = end - start;
    const { view } = text;
    const a = view.getInt32(start, true);
    const b = view.getInt32(start + 4, true);
    const c = view.getInt32(start + 8, true) & FIRST_BYTES[length < 12 ? length - 8 : 4]!;
    const d = view.getInt32(start + 12, true) & FIRST_BYTES[length < 12 ? 0 : length - 12]!;
    const slot = slotOf(a ^ Math.imul(c, 0x27d4eb2f), b ^ Math.imul(d, 0x165667b1)) << 3;
    const remembered = medium[slot + 4]!;
    if (
      medium[slot] === a &&
      medium[slot + 1] === b &&
      medium[slot + 2] === c &&
      medium[slot + 3] === d &&
      remembered >> 8 === length
    )
      return remembered & 0xff;
    const count = measure(text, start, end);
    medium[slot] = a;
    medium[slot + 1] = b;
    medium[slot + 2] = c;
    medium[slot + 3] = d;
    medium[slot + 4] = (length << 8) | count;
    return count;
  };

  return (text, start, end) => {
    const length = end - start;
    if (length === 1) return 1;
    if (length <= 8) return countShort(text, start, end);
    if (length <= LONGEST_CACHED) return countMedium(text, start, end);
    return measure(text, start, end);
  };
}

const slotOf = (a: number, b: number): number => {
  const mixed = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
};
