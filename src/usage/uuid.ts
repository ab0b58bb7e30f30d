/** UUIDs as 16 bytes, which most request ids are: less than half of their text. */

import type { CodeUnits } from './source.js';

export const UUID_BYTES = 16;
const TEXT_LENGTH = 36;
const DASH = 0x2d;
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const scratch = new Uint16Array(TEXT_LENGTH);

/**
 * Puts the bytes of a UUID into memory; false, and anything may stand there, for a text that is none, or none in lower
 * case with four hyphens: only that text comes back out.
 */
export function putUuid(bytes: Uint8Array, at: number, text: string): boolean {
  if (text.length !== TEXT_LENGTH || text.charCodeAt(8) !== DASH) return false;
  for (let i = 0; i < TEXT_LENGTH; i++) scratch[i] = text.charCodeAt(i);
  return putUuidIn(bytes, at, scratch, 0, TEXT_LENGTH);
}

/** The same of the code units `[start, end)` of a text. */
export function putUuidIn(bytes: Uint8Array, at: number, codes: CodeUnits, start: number, end: number): boolean {
  if (end - start !== TEXT_LENGTH) return false;
  for (const dash of DASHES) if (codes[start + dash] !== DASH) return false;
  let [wrong, beyond] = [0, 0];
  for (let i = 0; i < UUID_BYTES; i++) {
    const digit = start + DIGITS[i]!;
    const value = (HEX_VALUES[codes[digit]! & 0x7f]! << 4) | HEX_VALUES[codes[digit + 1]! & 0x7f]!;
    beyond |= codes[digit]! | codes[digit + 1]!;
    wrong |= value;
    bytes[at + i] = value;
  }
  return wrong >= 0 && beyond < 0x80;
}

const DASHES = [8, 13, 18, 23];
/** Where the digits of each byte are. */
const DIGITS = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34];

/** Of ASCII; -1: no digit, or none in lower case. */
const HEX_VALUES = Int8Array.from({ length: 128 }, (_, code) => '0123456789abcdef'.indexOf(String.fromCharCode(code)));

/** The text of 16 bytes. */
export function uuidAt(bytes: Uint8Array, at: number): string {
  let text = '';
  for (let i = 0; i < UUID_BYTES; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += HEX[bytes[at + i]!];
  }
  return text;
}
