/** Byte-pair merging of one piece; the twin of `merge.ts` one floor up, which states the algorithm and why it is right. */

import { ANSWERS, pairFilter, pairFilterMask, pairs, pairsMask, tokens, trie } from './layout';

/** Slots of 8 bytes: token before + 1, then token after << 1 | whether they are valid neighbours. */
const ANSWER_BITS: u32 = 17;

/** Bytes that are left of a long run, and what is taken out of it is a multiple of. */
const RUN_LEFT: usize = 512;
const RUN_STEP: usize = 384;

/** Where the dead places of a piece are marked, one bit each; set before each text. */
let dead: usize = 0;
/** First byte behind the memory; more is asked for when tokens reach it. */
let limit: usize = 0;

export function useScratch(at: usize): void {
  dead = at;
  limit = <usize>memory.size() << 16;
}

/** Room for `bytes` from `at` on. */
export function makeRoom(at: usize, bytes: usize): void {
  if (at + bytes <= limit) return;
  const pages = (at + bytes - limit + 0xffff) >> 16;
  const more = max<usize>(pages, 16);
  if (memory.grow(<i32>more) < 0 && memory.grow(<i32>pages) < 0) unreachable();
  limit = <usize>memory.size() << 16;
}

@inline
export function lengthOf(token: i32): usize {
  return load<u32>(tokens + (<usize>token << 4), 12);
}

/** Id of the longest token that the bytes from `start` to `end` begin with, whether or not merging can make it. */
export function longestToken(start: usize, end: usize): i32 {
  let found: u32 = 0;
  let unit: u32 = load<u32>(trie);
  for (let at = start; at < end; at++) {
    const byte: u32 = load<u8>(at);
    const entry: u64 = load<u64>(trie + (<usize>((unit >> 9) ^ byte) << 3));
    unit = <u32>entry;
    if ((unit & 0x1ff) !== byte + 1) break;
    const token = <u32>(entry >> 32);
    if (token !== 0) found = token;
  }
  return <i32>found - 1;
}

@inline
function leftOf(token: i32): i32 {
  return load<i32>(tokens + (<usize>token << 4));
}

@inline
function rightOf(token: i32): i32 {
  return load<i32>(tokens + (<usize>token << 4), 4);
}

@inline
function prefixOf(token: i32): i32 {
  return load<i32>(tokens + (<usize>token << 4), 8);
}

@inline
function pairHash(a: i32, b: i32): u32 {
  const mix: u32 = (<u32>a * 0x9e3779b1) ^ (<u32>b * 0x85ebca6b);
  return mix ^ (mix >> 15);
}

/** Token that two tokens are joined to; above every rank when they are not. */
function joined(a: i32, b: i32): i32 {
  const hash = pairHash(a, b);
  const bit = hash & pairFilterMask;
  if (!((load<u8>(pairFilter + (bit >> 3)) >> (<u8>bit & 7)) & 1)) return i32.MAX_VALUE;
  let slot = hash & pairsMask;
  while (true) {
    const entry = load<i32>(pairs + (<usize>slot << 2));
    if (entry === 0) return i32.MAX_VALUE;
    const token = entry - 1;
    if (leftOf(token) === a && rightOf(token) === b) return token;
    slot = (slot + 1) & pairsMask;
  }
}

function walkBorder(before: i32, after: i32): bool {
  let a = before;
  let b = after;
  let joinsBelow = i32.MAX_VALUE;
  while (true) {
    if (joined(a, b) < joinsBelow) return false;
    if (a > b) {
      if (leftOf(a) === a) return true;
      joinsBelow = a;
      a = rightOf(a);
    } else {
      if (leftOf(b) === b) return true;
      joinsBelow = b + 1;
      b = leftOf(b);
    }
  }
}

function areNeighbours(before: i32, after: i32): bool {
  const slot: usize = ANSWERS + (<usize>(pairHash(before, after) & ((1 << ANSWER_BITS) - 1)) << 3);
  const key: u64 = (<u64>(before + 1) << 32) | (<u64>after << 1);
  const answer = load<u64>(slot);
  if ((answer & ~(<u64>1)) === key) return (answer & 1) !== 0;
  const valid = walkBorder(before, after);
  store<u64>(slot, key | (valid ? 1 : 0));
  return valid;
}

/**
 * Merges the piece from `start` to `end` and answers the number of its tokens, which then stand from `stack` on, four bytes each.
 *
 * @param first  the longest token that the piece begins with
 */
export function mergePiece(start: usize, end: usize, first: i32, stack: usize): i32 {
  const spare = end - start < RUN_LEFT + RUN_STEP ? 0 : spareOfRun(start, end);
  if (spare === 0) return mergeAll(start, end, first, stack);
  const rest = start + spare;
  const count = mergeAll(rest, end, longestToken(rest, end), stack);
  const token = load<i32>(stack);
  const length: usize = lengthOf(token);
  const repeats = load<i32>(stack, 4) === token && length << 1 <= RUN_LEFT && spare % length === 0;
  if (!repeats) return mergeAll(start, end, first, stack);
  const more: usize = spare / length;
  makeRoom(stack, (<usize>count + more) << 2);
  memory.copy(stack + (more << 2), stack, <usize>count << 2);
  for (let i: usize = 0; i < more; i++) store<i32>(stack + (i << 2), token);
  return count + <i32>more;
}

/** Bytes that the run of one byte at the start of a piece is longer than it need be. */
function spareOfRun(start: usize, end: usize): usize {
  const byte = load<u8>(start);
  let at = start;
  while (at < end && load<u8>(at) === byte) at++;
  const run = at - start;
  return run < RUN_LEFT ? 0 : ((run - RUN_LEFT) / RUN_STEP) * RUN_STEP;
}

/** The piece as it is. */
function mergeAll(start: usize, end: usize, first: i32, stack: usize): i32 {
  clearDead(end - start);
  let top = stack;
  let at = start;
  let token = mergeable(first);
  while (true) {
    token = fitting(token, at, start, end, top === stack ? -1 : load<i32>(top - 4));
    if (token >= 0) {
      if (top + 4 > limit) makeRoom(top, 4);
      store<i32>(top, token);
      top += 4;
      at += lengthOf(token);
      if (at === end) return <i32>((top - stack) >> 2);
      token = mergeable(longestToken(at, end));
    } else {
      if (top === stack) unreachable(); // the vocabulary has no valid sequence for the piece
      markDead(at - start);
      top -= 4;
      const last = load<i32>(top);
      at -= lengthOf(last);
      token = prefixOf(last);
    }
  }
}

/** The token, or else its longest prefix that merging can make. */
@inline
function mergeable(token: i32): i32 {
  return leftOf(token) < 0 ? prefixOf(token) : token;
}

/** The token, or else its longest prefix, that may stand at `at` behind `before` (−1: nothing); −1 when none may. */
@inline
function fitting(longest: i32, at: usize, start: usize, end: usize, before: i32): i32 {
  let token = longest;
  while (token >= 0) {
    const next = at + lengthOf(token);
    if ((next === end || !isDead(next - start)) && (before < 0 || areNeighbours(before, token))) return token;
    token = prefixOf(token);
  }
  return -1;
}

@inline
function clearDead(places: usize): void {
  const last = dead + (places >> 3);
  for (let at = dead; at <= last; at += 8) store<u64>(at, 0);
}

@inline
function isDead(place: usize): bool {
  return ((load<u8>(dead + (place >> 3)) >> (<u8>place & 7)) & 1) !== 0;
}

@inline
function markDead(place: usize): void {
  const at = dead + (place >> 3);
  store<u8>(at, load<u8>(at) | (1 << (<u8>place & 7)));
}
