/**
 * Where things stand in the engine's memory. The fixed addresses are shared with `wasm-engine.ts`, which allots the memory.
 *
 * Behind the tables stands the text, then (from `scratch` on) the dead places of a piece, then tokens.
 */

/** Direct-mapped caches of counts, and of answers about neighbours: `pieces.ts`, `merge.ts`. */
export const SHORT_CACHE: usize = 0x100000;
export const MEDIUM_CACHE: usize = 0x200000;
export const LONG_CACHE: usize = 0x300000;
export const ANSWERS: usize = 0x400000;
/** Class of each ASCII byte; 0 for other bytes. Shape [256], two bytes each. */
export const BYTE_CLASSES: usize = 0x500000;
/** Packed vocabulary; `vocabulary.ts` says how it is laid out. */
export const TABLES: usize = 0x510000;

/** Bytes behind the text that scanners may read; all `END_BYTE`. */
export const PADDING: usize = 32;

/** Tables of the packed vocabulary; see `Vocabulary`. */
export let trie: usize = 0;
export let tokens: usize = 0;
export let pairs: usize = 0;
export let pairsMask: u32 = 0;
export let pairFilter: usize = 0;
export let pairFilterMask: u32 = 0;
export let blocks: usize = 0;
export let classes: usize = 0;

const CLASS_BLOCKS: usize = 0x110000 >> 7;

/** Finds the tables by the header at `TABLES` and fills `BYTE_CLASSES`. */
export function openTables(): void {
  const size = load<u32>(TABLES + 4);
  const trieWords = load<u32>(TABLES + 8);
  const pairsWords = load<u32>(TABLES + 12);
  trie = TABLES + 32;
  tokens = trie + trieWords * 4;
  pairs = tokens + size * 16;
  pairsMask = pairsWords - 1;
  pairFilter = pairs + pairsWords * 4;
  pairFilterMask = pairsWords * 8 - 1;
  blocks = pairFilter + pairsWords;
  classes = blocks + CLASS_BLOCKS * 2;
  for (let byte: usize = 0; byte < 128; byte++) store<u16>(BYTE_CLASSES + byte * 2, load<u16>(classes + byte * 2));
}
