import { badTokenId } from '../errors/models.js';

const LARGEST_ID = 0xffffffff;
/** Bytes of a word that are quoted when it is no id. */
const SHOWN = 64;

/**
 * Token ids of a text: whole numbers between blanks, commas, line ends or the brackets of a JSON array.
 *
 * @param text  UTF-8
 * @throws BAD_TOKEN_ID with the first word that is none
 *
 * Time O(bytes), four bytes for two of them at most.
 */
export function parseTokenIds(text: Uint8Array): Uint32Array {
  const ids = new Uint32Array((text.length >> 1) + 1);
  let count = 0;
  for (let at = 0; at < text.length; ) {
    if (isBetween(text[at]!)) {
      at++;
      continue;
    }
    const start = at;
    let id = 0;
    for (; at < text.length && isDigit(text[at]!); at++) id = Math.min(id * 10 + text[at]! - 0x30, LARGEST_ID + 1);
    if (id > LARGEST_ID || (at < text.length && !isBetween(text[at]!))) throw badTokenId(wordAt(text, start));
    ids[count++] = id;
  }
  return ids.subarray(0, count);
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** White space, comma, brackets. */
const isBetween = (byte: number): boolean => byte <= 0x20 || byte === 0x2c || byte === 0x5b || byte === 0x5d;

function wordAt(text: Uint8Array, start: number): string {
  let end = start;
  while (end < text.length && end < start + SHOWN && !isBetween(text[end]!)) end++;
  return new TextDecoder().decode(text.subarray(start, end));
}
