/** Turns a list of tokens into the tables of `vocabulary.ts`. */

import type { CharacterClasses } from './character-classes.js';
import { compileTrie } from './compile-trie.js';
import { FACTS, FILTER_BITS_PER_PAIR_SLOT, pairHash, type Vocabulary } from './vocabulary.js';

/** Tokens of a vocabulary, each distinct: index = id = rank, `null` = hole in the numbering. */
export type TokenList = readonly (Uint8Array | null)[];

/** Columns `left` and `right` of `Vocabulary.tokens`. */
interface Splits {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Ids are below it; room for every pair (left, right) in one number below 2^53. */
export const ID_LIMIT = 1 << 22;

/**
 * The flat tables of a byte-level BPE vocabulary.
 *
 * Each token is merged by the tokens of lower rank alone. If two parts remain, the token is their merge, and they are its split. If
 * more remain, merging never makes it: it stays in the trie, where a piece equal to it finds it, but no split, prefix or pair
 * leads to it.
 *
 * @param unmerged  ranks of tokens that are never made by merging, whatever their parts: as if more than two remained
 * @throws RangeError when a byte has no token, a token is empty, longer than 65,535 bytes or there twice, or when a token's parts have
 *   higher ranks than itself, which this engine does not serve
 */
export function compileVocabulary(
  tokens: TokenList,
  characters: CharacterClasses,
  unmerged: ReadonlySet<number> = new Set(),
): Vocabulary {
  checkTokens(tokens);
  const byteTokens = byteTokensOf(tokens);
  const splits = splitTokens(tokens, byteTokens, unmerged);
  const trie = compileTrie(tokens);
  return {
    size: tokens.length,
    trie,
    tokens: tabulateTokens(tokens, splits, trie),
    ...tabulatePairs(splits),
    characters,
  };
}

function tabulateTokens(tokens: TokenList, { left, right }: Splits, trie: Vocabulary['trie']): Vocabulary['tokens'] {
  const table = new Int32Array(tokens.length * FACTS);
  for (const [id, token] of tokens.entries()) {
    const prefix = token === null ? -1 : longestPrefix(trie, left, token);
    table.set([left[id]!, right[id]!, prefix, token?.length ?? 0], id * FACTS);
  }
  return table;
}

function checkTokens(tokens: TokenList): void {
  if (tokens.length > ID_LIMIT) throw new RangeError(`${tokens.length} tokens are more than ${ID_LIMIT}`);
  const seen = new Set<string>();
  for (const [id, token] of tokens.entries()) {
    if (token === null) continue;
    if (token.length === 0 || token.length > 0xffff) throw new RangeError(`token ${id} has ${token.length} bytes`);
    const key = binaryString(token);
    if (seen.has(key)) throw new RangeError(`token ${id} is a repetition`);
    seen.add(key);
  }
}

/** Id of the token of each single byte; shape [256]. They must rank before every longer token. */
function byteTokensOf(tokens: TokenList): Int32Array {
  const ids = new Int32Array(256).fill(-1);
  const firstLong = tokens.findIndex((token) => token !== null && token.length > 1);
  for (const [id, token] of tokens.entries()) {
    if (token?.length !== 1) continue;
    if (firstLong >= 0 && id > firstLong) throw new RangeError(`token ${id} is a single byte after a longer token`);
    ids[token[0]!] = id;
  }
  const missing = ids.indexOf(-1);
  if (missing >= 0) throw new RangeError(`byte ${missing} has no token`);
  return ids;
}

function splitTokens(tokens: TokenList, byteTokens: Int32Array, unmerged: ReadonlySet<number>): Splits {
  const left = new Int32Array(tokens.length).fill(-1);
  const right = new Int32Array(tokens.length).fill(-1);
  const merges = new Map<number, number>();
  const neverMade: number[] = [];
  for (const [id, token] of tokens.entries()) {
    if (token === null || unmerged.has(id)) continue;
    if (token.length === 1) {
      left[id] = right[id] = id;
      continue;
    }
    const parts = mergeParts(token, byteTokens, merges);
    if (parts.length === 2) {
      left[id] = parts[0]!;
      right[id] = parts[1]!;
      merges.set(pairKey(parts[0]!, parts[1]!), id);
    } else neverMade.push(id);
  }
  for (const id of neverMade)
    if (mergeParts(tokens[id]!, byteTokens, merges).length === 2)
      throw new RangeError(`token ${id} is merged from parts of higher rank`);
  return { left, right };
}

/**
 * Byte-pair merging as it is defined: join the leftmost pair of lowest rank until none can be joined.
 * O(n²), for compiling only.
 */
function mergeParts(bytes: Uint8Array, byteTokens: Int32Array, merges: ReadonlyMap<number, number>): number[] {
  const parts = Array.from(bytes, (byte) => byteTokens[byte]!);
  for (;;) {
    let lowest = Number.POSITIVE_INFINITY;
    let at = -1;
    for (let i = 0; i + 1 < parts.length; i++) {
      const merged = merges.get(pairKey(parts[i]!, parts[i + 1]!));
      if (merged !== undefined && merged < lowest) [lowest, at] = [merged, i];
    }
    if (at < 0) return parts;
    parts.splice(at, 2, lowest);
  }
}

const pairKey = (left: number, right: number): number => left * ID_LIMIT + right;

/** Longest token that is a proper prefix of these bytes and can be merged; −1 for none. */
function longestPrefix(trie: Vocabulary['trie'], left: Int32Array, token: Uint8Array): number {
  let found = -1;
  let cell = 0;
  for (let i = 0; i < token.length - 1; i++) {
    cell = (trie[cell * 2]! >> 9) ^ token[i]!;
    const id = trie[cell * 2 + 1]! - 1;
    if (id >= 0 && left[id]! >= 0) found = id;
  }
  return found;
}

/** Merges in an open-addressing table that is at most four fifths full, and the filter that keeps most searches from it. */
function tabulatePairs({ left, right }: Splits): Pick<Vocabulary, 'pairs' | 'pairFilter'> {
  const merged = Array.from(left.keys()).filter((id) => left[id]! >= 0 && left[id] !== id);
  let slots = 16;
  while (slots * 4 < merged.length * 5) slots *= 2;
  const pairs = new Int32Array(slots);
  const pairFilter = new Uint8Array((slots * FILTER_BITS_PER_PAIR_SLOT) / 8);
  for (const id of merged) {
    const hash = pairHash(left[id]!, right[id]!);
    const bit = hash & (pairFilter.length * 8 - 1);
    pairFilter[bit >> 3]! |= 1 << (bit & 7);
    let slot = hash & (slots - 1);
    while (pairs[slot] !== 0) slot = (slot + 1) & (slots - 1);
    pairs[slot] = id + 1;
  }
  return { pairs, pairFilter };
}

const binaryString = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
};
