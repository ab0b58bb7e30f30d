/** Tokens of files, one file after the other. */

import type { EncodingName } from '../tokenizer/encodings.js';
import { loadEncoding } from './encoding-store.js';
import { readTextFile } from './read-text.js';
import type { ListedFile } from './walk.js';

export interface CountedFile {
  readonly path: string;
  readonly absolute: string;
  /** Size of the file itself. */
  readonly bytes: number;
  /** One per encoding, same order. */
  readonly tokens: readonly number[];
  /** How the counted text differs from the file; `null`: not at all. */
  readonly note: string | null;
}

export interface UncountedFile {
  readonly path: string;
  readonly absolute: string;
  readonly reason: string;
}

/** Bytes counted before signals and timers get their turn. */
const BREATH = 8 * 1024 * 1024;

/** Counts each file with each encoding, in the order of the files. A file that is no text, or gone by now, says why. */
export async function* countListed(
  files: readonly Pick<ListedFile, 'path' | 'absolute'>[],
  encodings: readonly EncodingName[],
): AsyncGenerator<CountedFile | UncountedFile> {
  let sinceBreath = 0;
  for (const { path, absolute } of files) {
    const read = readTextFile(absolute);
    if ('skipped' in read) yield { path, absolute, reason: read.skipped };
    else {
      const { utf8, bytes, note } = read;
      yield { path, absolute, bytes, tokens: countText(utf8, encodings), note };
      sinceBreath += bytes;
    }
    if (sinceBreath > BREATH) {
      await new Promise(setImmediate);
      sinceBreath = 0;
    }
  }
}

/** Tokens of one text in each encoding. */
export const countText = (utf8: Uint8Array, encodings: readonly EncodingName[]): number[] =>
  encodings.map((name) => loadEncoding(name).count(utf8));
