/**
 * Counts of pieces, the short ones remembered in direct-mapped caches keyed by the piece's own bytes and length, so that a
 * remembered count is never another piece's; the twin of `piece-counts.ts`, laid out for one or two loads a piece.
 */

import { LONG_CACHE, MEDIUM_CACHE, SHORT_CACHE } from './layout';
import { lengthOf, longestToken, mergePiece } from './merge';

const SHORT_BITS: u32 = 16;
const MEDIUM_BITS: u32 = 16;
const LONG_BITS: u32 = 15;

/** Odd constants of multiplicative hashing. */
const MIX: u64 = 0x9e3779b97f4a7c15;
const MIX_HIGH: u64 = 0xc2b2ae3d27d4eb4f;

/** Number of tokens of the piece from `start` to `end`; `stack` is room for its tokens. */
@inline
export function countPiece(start: usize, end: usize, stack: usize): i32 {
  const length = end - start;
  if (length === 1) return 1;
  if (length < 8) return countShort(start, length, stack);
  if (length < 16) return countMedium(start, length, stack);
  if (length < 32) return countLong(start, length, stack);
  return measure(start, end, stack);
}

function measure(start: usize, end: usize, stack: usize): i32 {
  const first = longestToken(start, end);
  return lengthOf(first) === end - start ? 1 : mergePiece(start, end, first, stack);
}

/** The first bytes of a little-endian word, 0 to 7 of them; zeros behind. */
@inline
function firstBytes(word: u64, bytes: usize): u64 {
  const behind: u64 = u64.MAX_VALUE << ((<u64>bytes) << 3);
  return word & ~behind;
}

/** Slot, 8 bytes: the piece's 2 to 7 bytes, then in the last byte 3 bits of length and 5 of count. */
@inline
function countShort(start: usize, length: usize, stack: usize): i32 {
  const key: u64 = firstBytes(load<u64>(start), length) | (<u64>length << 56);
  const slot: usize = SHORT_CACHE + (<usize>((key * MIX) >> (64 - SHORT_BITS)) << 3);
  const entry = load<u64>(slot);
  if ((entry & 0x07ffffffffffffff) === key) return <i32>(entry >> 59);
  return fillShort(start, length, stack, key, slot);
}

function fillShort(start: usize, length: usize, stack: usize, key: u64, slot: usize): i32 {
  const count = measure(start, start + length, stack);
  store<u64>(slot, key | (<u64>count << 59));
  return count;
}

/** Slot, 16 bytes: the piece's 8 to 15 bytes, then in the last byte length − 8 and, in its high half, the count. */
@inline
function countMedium(start: usize, length: usize, stack: usize): i32 {
  const low = load<u64>(start);
  const high = firstBytes(load<u64>(start, 8), length - 8) | (<u64>(length - 8) << 56);
  const slot: usize = MEDIUM_CACHE + (<usize>(((low ^ (high * MIX_HIGH)) * MIX) >> (64 - MEDIUM_BITS)) << 4);
  const entry = load<u64>(slot, 8);
  if (load<u64>(slot) === low && (entry & 0x0fffffffffffffff) === high && entry >> 60 !== 0) return <i32>(entry >> 60);
  return fillMedium(start, length, stack, slot);
}

function fillMedium(start: usize, length: usize, stack: usize, slot: usize): i32 {
  const count = measure(start, start + length, stack);
  const high = firstBytes(load<u64>(start, 8), length - 8) | (<u64>(length - 8) << 56);
  store<u64>(slot, load<u64>(start));
  store<u64>(slot, high | (<u64>count << 60), 8);
  return count;
}

/** Slot, 32 bytes: the piece's 16 to 31 bytes, zeros, then in the last byte length − 16 and the count, if that is at most 15. */
@inline
function countLong(start: usize, length: usize, stack: usize): i32 {
  const first = v128.load(start);
  const rest = tailOf(start, length);
  const mix = i64x2.extract_lane(first, 0) ^ (i64x2.extract_lane(first, 1) * MIX_HIGH);
  const tail = i64x2.extract_lane(rest, 0) ^ (i64x2.extract_lane(rest, 1) * MIX_HIGH);
  const slot: usize = LONG_CACHE + (<usize>(((mix ^ (tail * MIX_HIGH)) * MIX) >> (64 - LONG_BITS)) << 5);
  const count = <i32>(load<u8>(slot, 31) >> 4);
  const differs = v128.or(
    v128.xor(v128.load(slot), first),
    v128.and(v128.xor(v128.load(slot, 16), rest), i64x2(-1, 0x0fffffffffffffff)),
  );
  if (count !== 0 && !v128.any_true(differs)) return count;
  return fillLong(start, length, stack, slot);
}

function fillLong(start: usize, length: usize, stack: usize, slot: usize): i32 {
  const count = measure(start, start + length, stack);
  if (count > 15) return count;
  v128.store(slot, v128.load(start));
  v128.store(slot, tailOf(start, length), 16);
  store<u8>(slot, load<u8>(slot, 31) | (<u8>count << 4), 31);
  return count;
}

/** Bytes 16 to 30 of a piece, zeros behind its end, and length − 16 in the last byte. */
@inline
function tailOf(start: usize, length: usize): v128 {
  const kept = length - 16;
  const places = i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const inside = i8x16.lt_u(places, i8x16.splat(<i8>kept));
  return i8x16.replace_lane(v128.and(v128.load(start, 16), inside), 15, <i8>kept);
}
