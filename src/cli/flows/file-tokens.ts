import type { FileBudget } from '../../budget/file-budget.js';
import type { FileTokens } from '../../budget/file-measure.js';
import { type CountedBy, countText } from '../../files/count-files.js';
import { textFromBytes } from '../../files/read-text.js';
import { processSurroundings } from '../../files/surroundings.js';
import type { Skipped } from '../../files/walk.js';
import type { BudgetCounter } from './counted-budget.js';

/** A file as it is, or as it was in a commit. */
export interface FileVersion {
  /** Relative to the budget's root. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Absolute; what paths of images in messages are relative to. */
  readonly folder: string;
}

/** What a budget counts of one version of a file, or why it does not. */
export function fileTokensOf(
  { path, bytes }: FileVersion,
  { root }: FileBudget,
  counter: BudgetCounter,
): FileTokens | Skipped {
  const read = textFromBytes(bytes);
  if ('skipped' in read) return { path, reason: read.skipped };
  return fileTokens(path, countText(read.utf8, gateOver(root, counter))[0]!, counter);
}

/** @param tokens  of the counter's encoding */
export const fileTokens = (path: string, tokens: number, { factor }: BudgetCounter): FileTokens => ({
  path,
  tokens: Math.round(tokens * factor),
  atLeast: false,
  sections: null,
});

/** A gate reads every file: it takes no counts of an earlier run. */
export const gateOver = (root: string, { encoding }: BudgetCounter): CountedBy => ({
  ...processSurroundings(),
  cwd: root,
  encodings: [encoding],
  cache: 'none',
});
