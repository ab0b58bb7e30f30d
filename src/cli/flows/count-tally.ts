import {
  type CountedBy,
  type CountedFile,
  countListed,
  countText,
  type UncountedFile,
} from '../../files/count-files.js';
import type { CountPool } from '../../files/count-pool.js';
import { countingProgress } from '../counting-progress.js';
import type { Io } from '../io.js';
import { STANDARD_INPUT } from './asked-paths.js';
import type { Inputs, SkippedInput } from './count-inputs.js';
import { type Counter, encodingsOf } from './counters.js';

/** A text with its tokens, one count per encoding. */
export interface CountedText extends Omit<CountedFile, 'absolute'> {
  /** `null`: it came through standard input. */
  readonly absolute: string | null;
}

/** How the options have texts counted; commander makes `cache` false for `--no-cache`. */
export const countedBy = ({ cwd, env }: Io, counters: readonly Counter[], { cache }: CacheOptions): CountedBy => ({
  cwd,
  env,
  encodings: encodingsOf(counters),
  cache: cache === false ? 'none' : 'use',
});

export interface CacheOptions {
  readonly cache?: boolean;
}

export interface Tally {
  readonly counted: readonly CountedText[];
  readonly skipped: readonly SkippedInput[];
}

/**
 * Counts all inputs, standard input first, with progress on a terminal.
 * @param ahead  threads started before the files were listed
 */
export async function tallyOf(io: Io, inputs: Inputs, by: CountedBy, ahead: CountPool | null = null): Promise<Tally> {
  const { standardInput } = inputs;
  const counted: CountedText[] = [];
  const skipped = [...inputs.skipped];
  if (standardInput !== null) counted.push(countPiped(standardInput, by));
  for await (const item of countWithProgress(io, inputs.files, by, ahead)) {
    if (!('reason' in item)) counted.push(item);
    else skipped.push({ path: item.path, reason: item.reason, isNamed: item.explicit });
  }
  return { counted, skipped };
}

const countPiped = ({ utf8, bytes, note }: NonNullable<Inputs['standardInput']>, by: CountedBy): CountedText => ({
  path: STANDARD_INPUT,
  absolute: null,
  bytes,
  tokens: countText(utf8, by),
  note,
});

/** Counts listed files; whatever happens, no line of progress is left on the terminal. */
async function* countWithProgress(
  io: Io,
  files: Inputs['files'],
  by: CountedBy,
  ahead: CountPool | null,
): AsyncGenerator<CountedFile | (UncountedFile & { readonly explicit: boolean })> {
  const progress = countingProgress(io, files.length);
  let at = 0;
  try {
    for await (const item of countListed(files, by, ahead)) {
      const { explicit } = files[at++]!;
      progress.add('reason' in item ? 0 : item.bytes);
      yield 'reason' in item ? { ...item, explicit } : item;
    }
  } finally {
    progress.clear();
  }
}
