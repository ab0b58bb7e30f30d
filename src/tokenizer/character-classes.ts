/**
 * The classes of characters that the splitting patterns tell apart, as a two-level table in place of `\p{…}` and `\s`:
 * the reference matches Unicode 16.0 with Rust's white space, a running Node some other version with JavaScript's.
 */

/** One bit per class, so that a set of classes is a mask. Every code point is in exactly one class. */
export const Class = {
  /** Lu, Lt */
  upper: 1,
  /** Ll */
  lower: 2,
  /** Lm, Lo */
  otherLetter: 4,
  /** M */
  mark: 8,
  /** N */
  number: 16,
  /** White_Space (U+0085 too, U+FEFF and U+180E not) without CR and LF */
  blank: 32,
  /** CR, LF */
  newline: 64,
  /** everything else: controls, formats, private use, unassigned */
  other: 128,
  /** P, S */
  symbol: 256,
} as const;

const BLOCK_BITS = 7;
const BLOCK_SIZE = 1 << BLOCK_BITS;
const BLOCKS = 0x110000 >> BLOCK_BITS;

/** Index of blocks, then the blocks; used in place. Block 0 is ASCII, so `classes[byte]` is right below 128. */
export interface CharacterClasses {
  /** Code point >> 7 to the number of its block; shape [8704]. */
  readonly blocks: Uint16Array;
  /** Class of each code point of each distinct block; shape [distinct blocks × 128]. */
  readonly classes: Uint16Array;
}

/** Code points of one class: `begin` inclusive, `end` exclusive. */
export interface ClassRange {
  readonly begin: number;
  readonly end: number;
  readonly class: number;
}

/**
 * Folds ranges into the two-level table; what no range names is `other`, and a later range wins over an earlier one.
 * Time O(code points).
 */
export function compileCharacterClasses(ranges: readonly ClassRange[]): CharacterClasses {
  const flat = new Uint16Array(0x110000).fill(Class.other);
  for (const range of ranges) flat.fill(range.class, range.begin, range.end);
  const blocks = new Uint16Array(BLOCKS);
  const numbers = new Map<string, number>();
  const distinct: Uint16Array[] = [];
  for (let block = 0; block < BLOCKS; block++) {
    const content = flat.subarray(block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE);
    const key = content.join();
    const known = numbers.get(key);
    if (known === undefined) {
      numbers.set(key, distinct.length);
      blocks[block] = distinct.length;
      distinct.push(content);
    } else blocks[block] = known;
  }
  const classes = new Uint16Array(distinct.length * BLOCK_SIZE);
  for (const [i, content] of distinct.entries()) classes.set(content, i * BLOCK_SIZE);
  return { blocks, classes };
}

/** Bytes of the character whose first byte is `lead`; 1 for a byte that cannot begin one. */
export const characterLength = (lead: number): number => (lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);

/** The byte that ends every text being scanned. It occurs in no UTF-8 text and is in no class. */
export const END_BYTE = 0xff;

/** What scanners ask about the characters of a text that is followed by at least four `END_BYTE`s. */
export interface CharacterReader {
  /** Class of the character at `at`; 0 at the end of the text. */
  readonly classAt: (text: Uint8Array, at: number) => number;
  /** First place from `at` on where a character is not in `mask`. */
  readonly endOfRun: (text: Uint8Array, at: number, mask: number) => number;
}

export function readCharacters({ blocks, classes }: CharacterClasses): CharacterReader {
  const byteClasses = new Uint16Array(256);
  byteClasses.set(classes.subarray(0, BLOCK_SIZE));

  const wideClassAt = (text: Uint8Array, at: number): number => {
    const lead = text[at]!;
    let codePoint: number;
    if (lead < 0xe0) codePoint = ((lead & 0x1f) << 6) | (text[at + 1]! & 0x3f);
    else if (lead < 0xf0) codePoint = ((lead & 0x0f) << 12) | ((text[at + 1]! & 0x3f) << 6) | (text[at + 2]! & 0x3f);
    else if (lead < 0xf5)
      codePoint =
        ((lead & 0x07) << 18) | ((text[at + 1]! & 0x3f) << 12) | ((text[at + 2]! & 0x3f) << 6) | (text[at + 3]! & 0x3f);
    else return 0;
    if (codePoint > 0x10ffff) return 0;
    return classes[(blocks[codePoint >> BLOCK_BITS]! << BLOCK_BITS) | (codePoint & (BLOCK_SIZE - 1))]!;
  };

  const classAt = (text: Uint8Array, at: number): number => {
    const lead = text[at]!;
    return lead < 128 ? byteClasses[lead]! : wideClassAt(text, at);
  };

  const endOfRun = (text: Uint8Array, at: number, mask: number): number => {
    for (;;) {
      while (byteClasses[text[at]!]! & mask) at++;
      const lead = text[at]!;
      if (lead < 128 || !(wideClassAt(text, at) & mask)) return at;
      at += characterLength(lead);
    }
  };

  return { classAt, endOfRun };
}
