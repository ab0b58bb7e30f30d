/** Which added file is which deleted one under a new name. Files alike count as one when at least half of the larger is common. */

import { basename } from 'node:path';

/** Bytes of each distinct piece of a file: its lines, cut at 64 bytes, by their hash. */
export type Sketch = ReadonlyMap<number, number>;

export interface SketchedFile {
  readonly path: string;
  readonly sketch: Sketch;
}

const LINE_FEED = 0x0a;
const LONGEST_PIECE = 64;

/** As git's similarity does it. Source: git, diffcore-delta.c, `hash_chars`. */
export function sketchOf(bytes: Uint8Array): Sketch {
  const sketch = new Map<number, number>();
  let hash = FNV_START;
  let length = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    hash = Math.imul(hash ^ bytes[i]!, FNV_PRIME);
    length += 1;
    if (bytes[i] !== LINE_FEED && length < LONGEST_PIECE && i < bytes.length - 1) continue;
    sketch.set(hash, (sketch.get(hash) ?? 0) + length);
    hash = FNV_START;
    length = 0;
  }
  return sketch;
}

/** FNV-1a, 32 bits. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
const FNV_START = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** Pairs compared; beyond, only files of equal bytes are found. */
const MOST_PAIRS = 20_000;

export const areTooMany = (gone: number, added: number): boolean => gone * added > MOST_PAIRS;

const LEAST_COMMON = 0.5;

/** New path to old path, the most alike first; each file is in at most one pair. Time grows with the product of both numbers. */
export function similarFiles(gone: readonly SketchedFile[], added: readonly SketchedFile[]): Map<string, string> {
  const pairs = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to } of scoredPairs(gone, added)) {
    if (pairs.has(to) || taken.has(from)) continue;
    pairs.set(to, from);
    taken.add(from);
  }
  return pairs;
}

/** Old path to the new one that holds most of it, and half of it at least; one may hold several, and much beside. */
export function keptIn(gone: readonly SketchedFile[], added: readonly SketchedFile[]): Map<string, string> {
  const kept = new Map<string, string>();
  for (const { path, sketch } of gone) {
    const most = added
      .map((now) => ({ to: now.path, common: commonBytes(sketch, now.sketch) }))
      .reduce((best, each) => (each.common > best.common ? each : best), { to: '', common: 0 });
    if (most.common > 0 && most.common >= sizeOf(sketch) * LEAST_COMMON) kept.set(path, most.to);
  }
  return kept;
}

function scoredPairs(gone: readonly SketchedFile[], added: readonly SketchedFile[]) {
  const sized = (files: readonly SketchedFile[]) => files.map((file) => ({ ...file, size: sizeOf(file.sketch) }));
  const olds = sized(gone);
  return sized(added)
    .flatMap((now) => olds.map((old) => ({ from: old.path, to: now.path, common: commonShare(old, now) })))
    .filter(({ common }) => common >= LEAST_COMMON)
    .sort((a, b) => b.common - a.common || sameName(b) - sameName(a));
}

const sameName = ({ from, to }: { from: string; to: string }): number => (basename(from) === basename(to) ? 1 : 0);

const sizeOf = (sketch: Sketch): number => [...sketch.values()].reduce((sum, bytes) => sum + bytes, 0);

interface Sized {
  readonly sketch: Sketch;
  readonly size: number;
}

/** Common bytes over the bytes of the larger, 0 to 1. */
function commonShare(a: Sized, b: Sized): number {
  const larger = Math.max(a.size, b.size);
  if (larger === 0 || Math.min(a.size, b.size) / larger < LEAST_COMMON) return 0;
  return commonBytes(a.sketch, b.sketch) / larger;
}

function commonBytes(a: Sketch, b: Sketch): number {
  let common = 0;
  for (const [hash, bytes] of a) common += Math.min(bytes, b.get(hash) ?? 0);
  return common;
}
