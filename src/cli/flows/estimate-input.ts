import { type InputCount, rangeOf } from '../../pricing/estimate.js';
import type { EncodingName } from '../../tokenizer/encodings.js';
import type { ModelEncoding } from '../../tokenizer/models.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { askedPaths } from './asked-paths.js';
import { inputsOf, type SkippedInput } from './count-inputs.js';
import { warnOf } from './count-outcome.js';
import { tallyOf } from './count-tally.js';

/** The input of one call: every text, counted once per encoding. */
interface CallInput {
  readonly files: number;
  readonly bytes: number;
  /** Tokens of all texts together, by encoding. */
  readonly tokens: ReadonlyMap<EncodingName, number>;
  readonly skipped: readonly SkippedInput[];
  readonly notes: readonly { readonly path: string; readonly note: string }[];
}

/** Reads and counts everything; says on standard error what was skipped or read differently. */
export async function countCallInput(
  io: Io,
  paths: readonly string[],
  options: OutputOptions,
  models: readonly ModelEncoding[],
): Promise<CallInput> {
  const encodings = [...new Set(models.map(({ encoding }) => encoding))];
  const { counted, skipped } = await tallyOf(io, await inputsOf(io, await askedPaths(io, paths, undefined), options), {
    cwd: io.cwd,
    env: io.env,
    encodings,
    cache: 'use',
  });
  warnOf(io, { counted, skipped });
  return {
    files: counted.length,
    bytes: counted.reduce((sum, { bytes }) => sum + bytes, 0),
    tokens: new Map(
      encodings.map((encoding, i) => [encoding, counted.reduce((sum, { tokens }) => sum + tokens[i]!, 0)]),
    ),
    skipped,
    notes: counted.flatMap(({ path, note }) => (note === null ? [] : [{ path, note }])),
  };
}

/** A model's count and its range: scaled and rounded once, the range outwards. */
export const inputCountOf = ({ factor, band }: ModelEncoding, encoded: number): InputCount =>
  rangeOf(Math.round(encoded * factor), band);
