import type { EncodingRef } from './encoding-ref.js';
import { loadEncoding } from './encoding-store.js';
import { readTextFile } from './read-text.js';
import type { Surroundings } from './surroundings.js';

/** What a file counts: plain data, so that a thread can send it and a cache keep it. */
export type FileCount =
  | {
      /** Size of the file itself. */
      readonly bytes: number;
      /** One per encoding, same order. */
      readonly tokens: readonly number[];
      /** How the counted text differs from the file; `null`: not at all. */
      readonly note: string | null;
    }
  | { readonly reason: string };

/** `seen`: as `Reading` has it. */
export interface FileToCount {
  readonly absolute: string;
  readonly seen: 'regular' | undefined;
}

/**
 * Counts a file with each encoding; one that is no text, or gone by now, says why.
 *
 * It is read to where the last encoding counts it. That one is asked last, because counting may move its memory.
 */
export function countFile(
  { absolute, seen }: FileToCount,
  encodings: readonly EncodingRef[],
  surroundings: Surroundings,
): FileCount {
  const opened = encodings.map((ref) => loadEncoding(ref, surroundings));
  const read = readTextFile(absolute, { room: opened.at(-1)!.room, seen });
  if ('skipped' in read) return { reason: read.skipped };
  const { utf8, bytes, note } = read;
  return { bytes, tokens: opened.map(({ count }) => count(utf8)), note };
}
