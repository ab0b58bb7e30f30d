/** Classes of characters and runs of them; the twin of `character-classes.ts`. */

import { BYTE_CLASSES, blocks, classes } from './layout';

export const UPPER: u32 = 1;
export const LOWER: u32 = 2;
export const OTHER_LETTER: u32 = 4;
export const MARK: u32 = 8;
export const NUMBER: u32 = 16;
export const BLANK: u32 = 32;
export const NEWLINE: u32 = 64;
export const OTHER: u32 = 128;
export const SYMBOL: u32 = 256;

/** Bytes of the character that `lead` begins; 1 for a byte that cannot begin one. */
@inline
export function characterLength(lead: u32): usize {
  return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

@inline
export function byteClass(byte: u32): u32 {
  return load<u16>(BYTE_CLASSES + (<usize>byte << 1));
}

/** Class of the character at `at`; 0 at the end of the text. */
@inline
export function classAt(at: usize): u32 {
  const lead: u32 = load<u8>(at);
  return lead < 128 ? byteClass(lead) : wideClassAt(at, lead);
}

export function wideClassAt(at: usize, lead: u32): u32 {
  let codePoint: u32;
  if (lead < 0xe0) codePoint = ((lead & 0x1f) << 6) | continuation(at + 1);
  else if (lead < 0xf0) codePoint = ((lead & 0x0f) << 12) | (continuation(at + 1) << 6) | continuation(at + 2);
  else if (lead < 0xf5)
    codePoint =
      ((lead & 0x07) << 18) | (continuation(at + 1) << 12) | (continuation(at + 2) << 6) | continuation(at + 3);
  else return 0;
  if (codePoint > 0x10ffff) return 0;
  const block: usize = load<u16>(blocks + (<usize>(codePoint >> 7) << 1));
  return load<u16>(classes + (((block << 7) | (codePoint & 127)) << 1));
}

@inline
function continuation(at: usize): u32 {
  return load<u8>(at) & 0x3f;
}

/** First place from `at` on where a character is not in `mask`. */
export function endOfRun(at: usize, mask: u32): usize {
  while (true) {
    let lead: u32 = load<u8>(at);
    while (byteClass(lead) & mask) lead = load<u8>(++at);
    if (lead < 128 || !(wideClassAt(at, lead) & mask)) return at;
    at += characterLength(lead);
  }
}

/** First place from `at` on where a byte is not one of a to z. */
@inline
export function endOfLowerAscii(at: usize): usize {
  while (true) {
    const rest = i8x16.sub(v128.load(at), i8x16.splat(0x61));
    const count = ctz(~i8x16.bitmask(i8x16.lt_u(rest, i8x16.splat(26))));
    at += <usize>count;
    if (count < 16) return at;
  }
}

/** First place from `at` on where a byte is no ASCII letter. */
@inline
export function endOfAsciiLetters(at: usize): usize {
  while (true) {
    const folded = v128.or(v128.load(at), i8x16.splat(0x20));
    const rest = i8x16.sub(folded, i8x16.splat(0x61));
    const count = ctz(~i8x16.bitmask(i8x16.lt_u(rest, i8x16.splat(26))));
    at += <usize>count;
    if (count < 16) return at;
  }
}

/** First place from `at` on where a byte is not this one. */
@inline
export function endOfByte(at: usize, byte: u8): usize {
  while (true) {
    const count = ctz(~i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(byte))));
    at += <usize>count;
    if (count < 16) return at;
  }
}

@inline
export function isLowerAscii(byte: u32): bool {
  return byte - 0x61 < 26;
}

@inline
export function isAsciiLetter(byte: u32): bool {
  return (byte | 0x20) - 0x61 < 26;
}
