import type { Encoding } from '../tokenizer/encoding.js';
import { lfsContentOf, NOT_CHECKED_OUT } from './blob-id.js';
import { type CountAsked, countAsked, type SectionCount } from './count-asked.js';
import type { EncodingRef } from './encoding-ref.js';
import { loadEncoding } from './encoding-store.js';
import { readTextFile } from './read-text.js';
import type { Surroundings } from './surroundings.js';

/** What a file counts: plain data, so that a thread can send it and a cache keep it. */
export type FileCount =
  | {
      /** Size of the file itself. */
      readonly bytes: number;
      /** One per encoding, same order; where counts were asked for, one for each of them. */
      readonly tokens: readonly number[];
      /** Where counts were asked for, one for each; `null`: of no sections. */
      readonly sections?: readonly (readonly SectionCount[] | null)[];
      /** How the counted text differs from the file; `null`: not at all. */
      readonly note: string | null;
    }
  | { readonly reason: string };

/** What files are counted with: plain data, so that it can be sent to a thread. */
export interface CountedWith extends Surroundings {
  readonly encodings: readonly EncodingRef[];
}

/** `seen`: as `Reading` has it. */
export interface FileToCount {
  readonly absolute: string;
  readonly seen: 'regular' | undefined;
  /** Not empty; absent: all of it is counted with each encoding. */
  readonly asked?: readonly CountAsked[] | undefined;
}

/** @throws as `loadEncoding` does */
export const openEncodings = (by: CountedWith): Encoding[] => by.encodings.map((ref) => loadEncoding(ref, by));

/**
 * Counts a file with each encoding; one that is no text, or gone by now, says why.
 *
 * It is read to where the last encoding counts it. That one is asked last, because counting may move its memory.
 */
export function countFile({ absolute, seen, asked }: FileToCount, by: CountedWith): FileCount {
  if (asked !== undefined) return countAskedOf(absolute, seen, asked, by);
  const opened = openEncodings(by);
  const read = readTextFile(absolute, { room: opened.at(-1)!.room, seen });
  if ('skipped' in read) return { reason: read.skipped };
  const { utf8, bytes, note } = read;
  return { bytes, tokens: opened.map(({ count }) => count(utf8)), note };
}

/**
 * A pointer of Git LFS is no text to judge. Sections are counted after the whole, which would have moved a text that lies where an encoding counts it.
 */
function countAskedOf(
  absolute: string,
  seen: FileToCount['seen'],
  asked: readonly CountAsked[],
  by: CountedWith,
): FileCount {
  const { room } = loadEncoding(by.encodings[asked.at(-1)!.encoding]!, by);
  const read = readTextFile(absolute, { seen, ...(asked.some(({ sections }) => sections) ? {} : { room }) });
  if ('skipped' in read) return { reason: read.skipped };
  if (lfsContentOf(read.utf8) !== null) return { reason: NOT_CHECKED_OUT };
  return { bytes: read.bytes, note: read.note, ...countAsked(read.utf8, asked, by) };
}
