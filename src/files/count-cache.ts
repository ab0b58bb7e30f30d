/**
 * Counts of files, kept in the user's cache folder, so that a second run reads only what changed.
 *
 * A kept count holds for a file with the same path, device, inode, size and times of content and of inode. A file that was
 * changed in the moment it was read may have the same times afterwards, so a count is kept only when the times lay well before the
 * reading: the rule of git for racy entries of its index (Documentation/technical/racy-git.adoc).
 */

import { type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';
import { cacheFolder, keep, keepNewest, readKept } from './cache-folder.js';
import type { FileCount } from './count-file.js';
import { type EncodingRef, shippedTables } from './encoding-ref.js';
import { packageVersion } from './package-root.js';
import { BINARY } from './read-text.js';
import type { Surroundings } from './surroundings.js';

/** Entries of one folder; those of the last run are kept before others. */
const MOST_ENTRIES = 100_000;
/** Folders of which counts are kept. */
const MOST_FOLDERS = 200;
/** Milliseconds that a clock of a file system may be behind; coarser where times are whole seconds. Source: FAT, 2 s. */
const FINE = 50;
const COARSE = 2000;

/** Device, inode, size, times of content and of inode in ms; then the count, its tokens by encoding. */
type Entry = [identity: readonly number[], found: Found];
type Found = { reason: string } | { bytes: number; note: string | null; tokens: Record<string, number> };

export interface CountCache {
  /** What was kept of a file that is as it was; `null`: nothing, or not for all encodings. */
  readonly lookup: (absolute: string, stats: Stats) => FileCount | null;
  /**
   * Keeps a count, or that a file is binary; other reasons need not last.
   * @param readAt  ms since 1970, before the file was read
   */
  readonly add: (absolute: string, stats: Stats, readAt: number, count: FileCount) => void;
  /** Writes what is new. A cache that cannot be written costs time, never a count. */
  readonly save: () => void;
}

/** The cache of a folder for these encodings; `null` when one of them does not ship, since its tables may be replaced. */
export function openCountCache(encodings: readonly EncodingRef[], surroundings: Surroundings): CountCache | null {
  const keys = encodings.flatMap((ref) => keyOf(ref) ?? []);
  if (keys.length < encodings.length) return null;
  const file = keptFile(surroundings);
  const kept = new Map(readEntries(file));
  const seen = new Map<string, Entry>();
  let isNew = false;
  return {
    lookup: (absolute, stats) => {
      const entry = kept.get(absolute);
      if (entry === undefined || !isSame(entry[0], identityOf(stats))) return null;
      seen.set(absolute, entry);
      return countOf(entry[1], keys);
    },
    add: (absolute, stats, readAt, count) => {
      if (!isSettled(stats, readAt) || ('reason' in count && count.reason !== BINARY)) return;
      const identity = identityOf(stats);
      seen.set(absolute, [identity, merged(kept.get(absolute), identity, foundOf(count, keys))]);
      isNew = true;
    },
    save: () => {
      if (!isNew) return;
      const others = [...kept].filter(([path]) => !seen.has(path));
      keep(file, Buffer.from(JSON.stringify([FORMAT, [...others, ...seen].slice(-MOST_ENTRIES)])));
      keepNewest(dirname(file), MOST_FOLDERS);
    },
  };
}

/** Where the counts of a folder are kept. */
export const keptFile = (surroundings: Surroundings): string =>
  join(cacheFolder(surroundings), 'counts', crc32(surroundings.cwd).toString(16));

/** Changes with the layout of the file, and with every release, which may count otherwise. */
const FORMAT = `1 ${packageVersion()}`;

/** Names the tables, so that counts of others are not taken for theirs; `null`: they do not ship. */
function keyOf(ref: EncodingRef): string | null {
  const file = shippedTables(ref);
  if (file === null) return null;
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? null : `${ref} ${stats.size} ${stats.mtimeMs}`;
}

function readEntries(file: string): [string, Entry][] {
  const bytes = readKept(file);
  if (bytes === null) return [];
  const kept = parsed(Buffer.from(bytes).toString());
  return Array.isArray(kept) && kept[0] === FORMAT && Array.isArray(kept[1]) ? kept[1] : [];
}

/** `null`: what stands there was written by somebody else. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const identityOf = ({ dev, ino, size, mtimeMs, ctimeMs }: Stats): readonly number[] => [
  dev,
  ino,
  size,
  mtimeMs,
  ctimeMs,
];

const isSame = (a: readonly number[], b: readonly number[]): boolean => a.every((value, i) => value === b[i]);

/** Whether a change after the reading would show in the times. */
function isSettled({ mtimeMs, ctimeMs }: Stats, readAt: number): boolean {
  const isWhole = mtimeMs % 1000 === 0 || ctimeMs % 1000 === 0;
  return Math.max(mtimeMs, ctimeMs) + (isWhole ? COARSE : FINE) < readAt;
}

function countOf(found: Found, keys: readonly string[]): FileCount | null {
  if ('reason' in found) return found;
  const tokens = keys.flatMap((key) => found.tokens[key] ?? []);
  return tokens.length < keys.length ? null : { bytes: found.bytes, note: found.note, tokens };
}

function foundOf(count: FileCount, keys: readonly string[]): Found {
  if ('reason' in count) return count;
  const { bytes, note, tokens } = count;
  return { bytes, note, tokens: Object.fromEntries(keys.map((key, i) => [key, tokens[i]!])) };
}

/** Counts by other encodings stay, when the file is the same. */
function merged(before: Entry | undefined, identity: readonly number[], found: Found): Found {
  if (before === undefined || 'reason' in found || 'reason' in before[1] || !isSame(before[0], identity)) return found;
  return { ...found, tokens: { ...before[1].tokens, ...found.tokens } };
}
