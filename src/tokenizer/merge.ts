/**
 * Byte-pair merging of one piece in linear time, by backtracking.
 *
 * A sequence of tokens is *valid* when merging the bytes it stands for gives that same sequence. Merging is
 * deterministic, so every text has exactly one valid sequence. Two facts make it findable from left to right:
 *
 * 1. Any part of a valid sequence is valid: nothing was merged across the borders of its tokens.
 * 2. A sequence is valid when every two neighbours in it are. (A merge that destroyed it would cross some border between
 *    neighbours, and the first one to do so would also happen with those two tokens alone.)
 *
 * So tokens are laid down one after the other, the longest that matches first. When it may not stand beside the one before, the next
 * shorter prefix is tried; when none is left, no valid sequence has a border there: the place is marked dead, and the token before is
 * shortened in its turn. By fact 1 and uniqueness every place is reached with one sequence only, so each token is tried at each
 * place at most once, and the work is linear in the length of the piece.
 *
 * A run of one byte costs most, for there most places are tried and found dead. A long one at the start of a piece is cut short first:
 * when the rest begins with the same token twice, that token may stand beside itself, so it may be laid down before the rest as often as
 * it takes to have the whole run; by fact 2 the sequence is valid, so it is the one.
 *
 * Source: described in the README of the crate `bpe` of github/rust-gems.
 */

import { FACTS, Fact, pairHash, type Vocabulary } from './vocabulary.js';

/** Merges pieces; holds the scratch memory that merging needs. */
export interface Merger {
  /** Length of a token in bytes. */
  readonly lengthOf: (token: number) => number;
  /** Id of the longest token that `text[start … end − 1]` begins with, whether or not merging can make it. */
  readonly longestToken: (text: Uint8Array, start: number, end: number) => number;
  /**
   * Number of tokens of the piece `text[start … end − 1]`; they stand in `tokens` until the next call.
   * Unlike the reference's first step, this does not look for a token equal to the whole piece.
   */
  readonly merge: (text: Uint8Array, start: number, end: number) => number;
  /** Tokens of the last piece merged. The next merge may replace the array. */
  readonly tokens: () => Int32Array;
}

/** Bytes that are left of a long run, and what is taken out of it is a multiple of. */
const RUN_LEFT = 512;
const RUN_STEP = 384;

/** Answers about neighbours that are kept, a power of 2; 128 KB. */
const ANSWERS = 1 << 14;

export function openMerger({ trie, tokens: facts, pairs, pairFilter }: Vocabulary): Merger {
  const mask = pairs.length - 1;
  const filterMask = pairFilter.length * 8 - 1;
  const leftOf = (token: number): number => facts[token * FACTS + Fact.left]!;
  const rightOf = (token: number): number => facts[token * FACTS + Fact.right]!;
  const prefixOf = (token: number): number => facts[token * FACTS + Fact.prefix]!;
  const lengthOf = (token: number): number => facts[token * FACTS + Fact.length]!;
  let tokens = new Int32Array(1024);
  const answers = new Int32Array(ANSWERS * 2);
  let dead = new Uint8Array(1024);

  const longestToken = (text: Uint8Array, start: number, end: number): number => {
    let found = 0;
    let unit = trie[0]!;
    for (let at = start; at < end; at++) {
      const byte = text[at]!;
      const cell = ((unit >> 9) ^ byte) << 1;
      unit = trie[cell]!;
      if ((unit & 0x1ff) !== byte + 1) break;
      const token = trie[cell + 1]!;
      if (token !== 0) found = token;
    }
    return found - 1;
  };

  const longestMergeable = (text: Uint8Array, start: number, end: number): number => {
    const token = longestToken(text, start, end);
    return leftOf(token) < 0 ? prefixOf(token) : token;
  };

  /** Token that two tokens are joined to; above every rank when they are not. */
  const joined = (a: number, b: number): number => {
    const hash = pairHash(a, b);
    const bit = hash & filterMask;
    if (((pairFilter[bit >> 3]! >> (bit & 7)) & 1) === 0) return 0x7fffffff;
    for (let slot = hash & mask; pairs[slot] !== 0; slot = (slot + 1) & mask) {
      const token = pairs[slot]! - 1;
      if (leftOf(token) === a && rightOf(token) === b) return token;
    }
    return 0x7fffffff;
  };

  /**
   * Whether two tokens are valid neighbours. Walks back through time: the later of the two merges that made the tokens at the
   * border is undone, and what then meets there must not have been joined before that merge happened. Merges of equal rank
   * happen from left to right, so one across the border comes before one of its right side and after one of its left.
   */
  const walkBorder = (before: number, after: number): boolean => {
    let a = before;
    let b = after;
    let joinsBelow = 0x7fffffff;
    for (;;) {
      if (joined(a, b) < joinsBelow) return false;
      if (a > b) {
        if (leftOf(a) === a) return true; // both are single bytes: they rank below all else
        joinsBelow = a;
        a = rightOf(a);
      } else {
        if (leftOf(b) === b) return true;
        joinsBelow = b + 1;
        b = leftOf(b);
      }
    }
  };

  /** `walkBorder`, remembering answers: runs of one character ask for the same few pairs millions of times. */
  const areNeighbours = (before: number, after: number): boolean => {
    const slot = (pairHash(before, after) & (ANSWERS - 1)) << 1;
    const answer = answers[slot + 1]!;
    if (answers[slot] === before + 1 && answer >> 1 === after) return (answer & 1) === 1;
    const valid = walkBorder(before, after);
    answers[slot] = before + 1;
    answers[slot + 1] = (after << 1) | (valid ? 1 : 0);
    return valid;
  };

  const merge = (text: Uint8Array, start: number, end: number): number => {
    const spare = end - start < RUN_LEFT + RUN_STEP ? 0 : spareOfRun(text, start, end);
    if (spare === 0) return mergeAll(text, start, end);
    const count = mergeAll(text, start + spare, end);
    const token = tokens[0]!;
    const length = lengthOf(token);
    const repeats = tokens[1] === token && 2 * length <= RUN_LEFT && spare % length === 0;
    if (!repeats) return mergeAll(text, start, end);
    const more = spare / length;
    while (tokens.length < count + more) tokens = enlarged(tokens);
    tokens.copyWithin(more, 0, count);
    tokens.fill(token, 0, more);
    return count + more;
  };

  /** The piece as it is. */
  const mergeAll = (text: Uint8Array, start: number, end: number): number => {
    const length = end - start;
    if (length > dead.length) dead = new Uint8Array(length);
    else dead.fill(0, 0, length);
    let count = 0;
    let at = start;
    let token = longestMergeable(text, at, end);
    for (;;) {
      while (token >= 0) {
        const next = at + lengthOf(token);
        if ((next === end || dead[next - start] === 0) && (count === 0 || areNeighbours(tokens[count - 1]!, token)))
          break;
        token = prefixOf(token);
      }
      if (token >= 0) {
        if (count === tokens.length) tokens = enlarged(tokens);
        tokens[count++] = token;
        at += lengthOf(token);
        if (at === end) return count;
        token = longestMergeable(text, at, end);
      } else {
        if (count === 0) throw new RangeError('the vocabulary has no valid sequence for a piece');
        dead[at - start] = 1;
        const last = tokens[--count]!;
        at -= lengthOf(last);
        token = prefixOf(last);
      }
    }
  };

  return { lengthOf, longestToken, merge, tokens: () => tokens };
}

/** Bytes that the run of one byte at the start of a piece is longer than it need be. */
function spareOfRun(text: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] === text[start]) at++;
  const run = at - start;
  return run < RUN_LEFT ? 0 : Math.floor((run - RUN_LEFT) / RUN_STEP) * RUN_STEP;
}

function enlarged(tokens: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(tokens.length * 2);
  larger.set(tokens);
  return larger;
}
