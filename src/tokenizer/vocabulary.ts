/**
 * A vocabulary as flat tables in one block of bytes, used in place: reading an encoding is one file read and a few views.
 * `compile.ts` makes the block, this file lays it out and opens it.
 */

import { encodingDamaged } from '../errors/models.js';
import type { CharacterClasses } from './character-classes.js';

/** Tables over tokens 0 … size − 1; ids are ranks. A hole in the numbering has length 0. */
export interface Vocabulary {
  /** One more than the highest id. */
  readonly size: number;
  /**
   * Double-array trie over the bytes of tokens; shape [cells × 2]. Even: `base << 9 | label + 1` (0: free cell), where the child of a
   * cell for byte b is cell `base ^ b` if that carries label b. Odd: id + 1 of the token that ends here, else 0. Cell 0 is the root.
   */
  readonly trie: Int32Array;
  /** Facts of each token, in one place because they are asked for together; shape [size × 4], columns as in `Fact`. */
  readonly tokens: Int32Array;
  /** Open-addressing table of merges: id + 1 at the first free slot from `pairSlot(left, right)` on; its size is a power of 2. */
  readonly pairs: Int32Array;
  /** One bit for each value of the last bits of `pairHash`, set where some merge has it: most pairs that are none show here. */
  readonly pairFilter: Uint8Array;
  readonly characters: CharacterClasses;
}

/** Columns of `Vocabulary.tokens`. */
export const Fact = {
  /** The two tokens a token was merged from; both are the token itself for a single byte, −1 when merging never makes it. */
  left: 0,
  right: 1,
  /** Longest token that is a proper prefix of this one and can be merged; −1 for none. */
  prefix: 2,
  /** In bytes; 0 for a hole. */
  length: 3,
} as const;
export const FACTS = 4;

/** Multiplicative hash of a pair of tokens, constants odd; 32 bits. */
export const pairHash = (left: number, right: number): number => {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
};

/** Bits of the filter for each slot of the table of pairs. */
export const FILTER_BITS_PER_PAIR_SLOT = 8;

const MAGIC = 0x34424854; // "THB4" read as little-endian
const HEADER_WORDS = 8;

/** Writes the tables one after the other behind a header of eight words: magic and the lengths that place them. */
export function packVocabulary(vocabulary: Vocabulary): Uint8Array {
  assertLittleEndian();
  const { size, trie, tokens, pairs, pairFilter, characters } = vocabulary;
  const header = Int32Array.of(MAGIC, size, trie.length, pairs.length, characters.classes.length, 0, 0, 0);
  const parts = [header, trie, tokens, pairs, pairFilter, characters.blocks, characters.classes];
  const block = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    block.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return block;
}

/**
 * Views into a packed block. Nothing is copied unless the block does not start at a multiple of four.
 * @throws ENCODING_DAMAGED when the bytes are not a whole packed vocabulary
 */
export function openVocabulary(block: Uint8Array): Vocabulary {
  assertLittleEndian();
  const bytes = block.byteOffset % 4 === 0 ? block : block.slice();
  if (bytes.length < HEADER_WORDS * 4) throw encodingDamaged('it is too short');
  const { buffer, byteOffset } = bytes;
  const [magic, size, trieLength, pairsLength, classesLength] = new Int32Array(
    buffer,
    byteOffset,
    HEADER_WORDS,
  ) as unknown as [number, number, number, number, number];
  if (magic !== MAGIC) throw encodingDamaged('it is of another format');
  const filterLength = (pairsLength * FILTER_BITS_PER_PAIR_SLOT) / 8;
  const words = HEADER_WORDS + trieLength + FACTS * size + pairsLength;
  const total = words * 4 + filterLength + CLASS_BLOCKS * 2 + classesLength * 2;
  if (Math.min(size, trieLength, pairsLength, classesLength) < 0 || bytes.length !== total)
    throw encodingDamaged(`it has ${bytes.length} bytes`);

  let at = byteOffset + HEADER_WORDS * 4;
  const place = (byteLength: number): number => {
    at += byteLength;
    return at - byteLength;
  };
  return {
    size,
    trie: new Int32Array(buffer, place(trieLength * 4), trieLength),
    tokens: new Int32Array(buffer, place(size * FACTS * 4), size * FACTS),
    pairs: new Int32Array(buffer, place(pairsLength * 4), pairsLength),
    pairFilter: new Uint8Array(buffer, place(filterLength), filterLength),
    characters: {
      blocks: new Uint16Array(buffer, place(CLASS_BLOCKS * 2), CLASS_BLOCKS),
      classes: new Uint16Array(buffer, place(classesLength * 2), classesLength),
    },
  };
}

const CLASS_BLOCKS = 0x110000 >> 7;

function assertLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1)
    throw encodingDamaged('its words are little-endian and this machine is not');
}
