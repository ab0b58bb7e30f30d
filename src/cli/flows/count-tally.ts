import { type CountedFile, countListed, countText, type UncountedFile } from '../../files/count-files.js';
import type { EncodingName } from '../../tokenizer/encodings.js';
import { countingProgress } from '../counting-progress.js';
import type { Io } from '../io.js';
import { STANDARD_INPUT } from './asked-paths.js';
import type { Inputs, SkippedInput } from './count-inputs.js';

/** A text with its tokens, one count per encoding. */
export interface CountedText extends Omit<CountedFile, 'absolute'> {
  /** `null`: it came through standard input. */
  readonly absolute: string | null;
}

export interface Tally {
  readonly counted: readonly CountedText[];
  readonly skipped: readonly SkippedInput[];
}

/** Counts all inputs, standard input first, with progress on a terminal. */
export async function tallyOf(io: Io, inputs: Inputs, encodings: readonly EncodingName[]): Promise<Tally> {
  const { standardInput } = inputs;
  const counted: CountedText[] = [];
  const skipped = [...inputs.skipped];
  if (standardInput !== null) counted.push(countPiped(standardInput, encodings));
  for await (const item of countWithProgress(io, inputs.files, encodings)) {
    if (!('reason' in item)) counted.push(item);
    else skipped.push({ path: item.path, reason: item.reason, isNamed: item.explicit });
  }
  return { counted, skipped };
}

const countPiped = (
  { utf8, bytes, note }: NonNullable<Inputs['standardInput']>,
  encodings: readonly EncodingName[],
): CountedText => ({ path: STANDARD_INPUT, absolute: null, bytes, tokens: countText(utf8, encodings), note });

/** Counts listed files; whatever happens, no line of progress is left on the terminal. */
export async function* countWithProgress(
  io: Io,
  files: Inputs['files'],
  encodings: readonly EncodingName[],
): AsyncGenerator<CountedFile | (UncountedFile & { readonly explicit: boolean })> {
  const progress = countingProgress(io, files.length);
  let at = 0;
  try {
    for await (const item of countListed(files, encodings)) {
      const { explicit } = files[at++]!;
      progress.add('reason' in item ? 0 : item.bytes);
      yield 'reason' in item ? { ...item, explicit } : item;
    }
  } finally {
    progress.clear();
  }
}
