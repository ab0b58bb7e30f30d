import { readTextFile, type Text } from '../../files/read-text.js';
import { STANDARD_INPUT } from './asked-paths.js';
import type { Inputs, SkippedInput } from './count-inputs.js';

/** One input as text. */
export interface InputText extends Text {
  readonly path: string;
  /** `null`: it came through standard input. */
  readonly absolute: string | null;
}

/** The texts of inputs, standard input first, read one after the other; one that cannot be read says why. */
export function* inputTexts({ files, standardInput, skipped }: Inputs): Generator<InputText | SkippedInput> {
  if (standardInput !== null) yield { path: STANDARD_INPUT, absolute: null, ...standardInput };
  yield* skipped;
  for (const { path, absolute, explicit } of files) {
    const read = readTextFile(absolute);
    yield 'skipped' in read ? { path, reason: read.skipped, isNamed: explicit } : { path, absolute, ...read };
  }
}
