import type { Normalization } from './encodings.js';
import { utf8 } from './utf8.js';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** First byte of U+0300: no text whose bytes all come before it has anything to normalize under NFC. */
const FIRST_LEAD = 0xcc;

/** UTF-8 text in a Unicode normalization form; the same bytes when they are in it already. */
export function normalize(text: Uint8Array, form: Normalization): Uint8Array {
  if (form === 'none' || (form === 'NFC' && text.every((byte) => byte < FIRST_LEAD))) return text;
  const plain = decoder.decode(text);
  const normal = plain.normalize(form);
  return normal === plain ? text : utf8(normal);
}
