/**
 * The engine: counts and encodes one text that stands in memory. Twin of `script-engine.ts` one floor up, which says in
 * TypeScript what is done here. Compiled by AssemblyScript (`scripts/build.js`); no runtime, no objects, addresses only.
 */

import { openTables, PADDING } from './layout';
import { lengthOf, longestToken, makeRoom, mergePiece, useScratch } from './merge';
import { CL100K, DEEPSEEK, nextPiece, O200K, QWEN, QWEN35, R50K, TEKKEN } from './patterns';
import { countPiece } from './pieces';

const END_BYTE: u8 = 0xff;

export { openTables };

/**
 * Number of tokens of the text, counted no further than just beyond the limit.
 *
 * @param text    address of its first byte; `PADDING` and a scratch eighth of its length may be written behind it
 * @param length  bytes
 */
export function count(pattern: i32, text: usize, length: usize, limit: i32): i32 {
  const stack = prepare(text, length);
  const end = text + length;
  if (pattern === O200K) return countAs(O200K, text, end, stack, limit);
  if (pattern === CL100K) return countAs(CL100K, text, end, stack, limit);
  if (pattern === QWEN) return countAs(QWEN, text, end, stack, limit);
  if (pattern === QWEN35) return countAs(QWEN35, text, end, stack, limit);
  if (pattern === TEKKEN) return countAs(TEKKEN, text, end, stack, limit);
  if (pattern === R50K) return countAs(R50K, text, end, stack, limit);
  return countAs(DEEPSEEK, text, end, stack, limit);
}

/** Encodes the text and answers the number of its tokens, which then stand from `tokensAt` on, four bytes each. */
export function encode(pattern: i32, text: usize, length: usize): i32 {
  const tokens = prepare(text, length);
  const end = text + length;
  let top = tokens;
  for (let at = text; at < end; ) {
    const next = min<usize>(nextOf(pattern, at), end);
    const first = longestToken(at, next);
    if (lengthOf(first) === next - at) {
      makeRoom(top, 4);
      store<i32>(top, first);
      top += 4;
    } else top += <usize>mergePiece(at, next, first, top) << 2;
    at = next;
  }
  return <i32>((top - tokens) >> 2);
}

/** Where the tokens of a text of this length stand: behind it, its padding and a bit for each of its places. */
export function tokensAt(text: usize, length: usize): usize {
  return (scratchAt(text, length) + (length >> 3) + 32) & ~15;
}

function scratchAt(text: usize, length: usize): usize {
  return text + length + PADDING;
}

/** Ends the text, lays out the scratch behind it and answers where tokens may stand. */
function prepare(text: usize, length: usize): usize {
  const tokens = tokensAt(text, length);
  useScratch(scratchAt(text, length));
  makeRoom(text, tokens - text);
  memory.fill(text + length, END_BYTE, PADDING);
  return tokens;
}

@inline
function countAs(pattern: i32, text: usize, end: usize, stack: usize, limit: i32): i32 {
  let total = 0;
  for (let at = text; at < end && total <= limit; ) {
    const next = min<usize>(nextPiece(pattern, at), end);
    total += countPiece(at, next, stack);
    at = next;
  }
  return total;
}

function nextOf(pattern: i32, at: usize): usize {
  if (pattern === O200K) return nextPiece(O200K, at);
  if (pattern === CL100K) return nextPiece(CL100K, at);
  if (pattern === QWEN) return nextPiece(QWEN, at);
  if (pattern === QWEN35) return nextPiece(QWEN35, at);
  if (pattern === TEKKEN) return nextPiece(TEKKEN, at);
  if (pattern === R50K) return nextPiece(R50K, at);
  return nextPiece(DEEPSEEK, at);
}
