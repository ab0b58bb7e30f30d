/** UUIDs as 16 bytes, which most request ids are: less than half of their text. */

export const UUID_BYTES = 16;
const TEXT_LENGTH = 36;
const DASH = 0x2d;

/**
 * Puts the bytes of a UUID into memory; false, and anything may stand there, for a text that is none, or none in lower
 * case with four hyphens: only that text comes back out.
 */
export function putUuid(bytes: Uint8Array, at: number, text: string): boolean {
  if (text.length !== TEXT_LENGTH) return false;
  let byte = at;
  for (let i = 0; i < TEXT_LENGTH; i += 2) {
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (text.charCodeAt(i) !== DASH) return false;
      i += 1;
    }
    const value = (hexDigit(text.charCodeAt(i)) << 4) | hexDigit(text.charCodeAt(i + 1));
    if (value < 0) return false;
    bytes[byte++] = value;
  }
  return true;
}

/** -1: none in lower case. */
function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  return code >= 0x61 && code <= 0x66 ? code - 0x57 : -1;
}

/** The text of 16 bytes. */
export function uuidAt(bytes: Uint8Array, at: number): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, UUID_BYTES).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
