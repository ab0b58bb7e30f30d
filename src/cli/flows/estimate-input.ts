import { loadEncoding } from '../../files/encoding-store.js';
import type { InputCount } from '../../pricing/estimate.js';
import { visible } from '../../render/visible.js';
import type { EncodingName } from '../../tokenizer/encodings.js';
import type { ModelEncoding } from '../../tokenizer/models.js';
import type { Io } from '../io.js';
import type { OutputOptions } from '../options.js';
import { progressOn } from '../progress.js';
import { warn } from '../say.js';
import { inputTexts, type SkippedInput } from './input-texts.js';

/** The input of one call: every text, counted once per encoding. */
export interface CallInput {
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
  const tokens = new Map(models.map(({ encoding }) => [encoding, 0]));
  const skipped: SkippedInput[] = [];
  const notes: { path: string; note: string }[] = [];
  let [files, bytes] = [0, 0];
  const progress = progressOn(io);
  for await (const item of inputTexts(io, paths, options)) {
    progress.show(() => visible(item.path));
    if ('reason' in item) skipped.push(item);
    else {
      files += 1;
      bytes += item.bytes;
      for (const [encoding, sum] of tokens) tokens.set(encoding, sum + loadEncoding(encoding).count(item.utf8));
      if (item.note !== null) notes.push({ path: item.path, note: item.note });
    }
  }
  progress.clear();
  for (const { path, note } of notes) warn(io, `${path}: ${note}`);
  for (const { path, reason } of skipped) warn(io, `${path}: skipped, ${reason}`);
  return { files, bytes, tokens, skipped, notes };
}

/** A model's count and its range: scaled and rounded once, the range outwards. */
export function inputCountOf({ factor, band }: ModelEncoding, encoded: number): InputCount {
  const tokens = Math.round(encoded * factor);
  if (band === null) return { tokens, low: tokens, high: tokens };
  return { tokens, low: Math.floor(tokens * band[0]), high: Math.ceil(tokens * band[1]) };
}
