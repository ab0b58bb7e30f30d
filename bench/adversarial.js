/** Texts that are hard on tokenizers. */

import { fixedRandom } from './random.js';

/** A text of so many bytes of UTF-8, or a few less: a pattern again and again. */
const repeated = (pattern) => (bytes) => pattern.repeat(Math.floor(bytes / Buffer.byteLength(pattern)));

/** The same of parts in a fixed random order. */
const mixed = (parts) => (bytes) => {
  const { pick } = fixedRandom();
  const chosen = [];
  for (let size = 0; ; ) {
    const part = pick(parts);
    size += Buffer.byteLength(part);
    if (size > bytes) return chosen.join('');
    chosen.push(part);
  }
};

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const characters = (first, last) => Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i));
/** Faces, and the sequences of several characters that are drawn as one: skin tones, families, flags. */
const EMOJI = [...characters(0x1f600, 0x1f64f), '👍🏽', '👩‍👩‍👧‍👦', '🇳🇱', '🏳️‍🌈', '❤️'];

/** `make(bytes)` gives the text. */
export const ADVERSARIAL = [
  { name: 'letter a', make: repeated('a') },
  { name: 'base64', make: mixed([...`${LOWER}${LOWER.toUpperCase()}0123456789+/`]) },
  { name: 'blanks', make: repeated(' ') },
  { name: 'newlines', make: repeated('\n') },
  { name: 'dashes', make: repeated('-') },
  { name: 'random lower case', make: mixed([...LOWER]) },
  { name: 'aA', make: repeated('aA') },
  { name: 'digits', make: repeated('0123456789') },
  { name: 'combining marks', make: repeated('\u0301') },
  { name: 'emoji', make: mixed(EMOJI) },
  { name: 'CJK without spaces', make: mixed(characters(0x4e00, 0x9fff)) },
  { name: 'U+0085', make: repeated('\u0085') },
  { name: 'blanks and newlines', make: mixed([' ', ' ', ' ', '\n', '\r\n', '\t']) },
];
