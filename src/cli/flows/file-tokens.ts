/** From a version of a file to its tokens, as a budget counts them. */

import type { FileBudget } from '../../budget/files/file-budget.js';
import type { FileTokens } from '../../budget/files/file-measure.js';
import { type CountAsked, countAsked, type SectionCount } from '../../files/count-asked.js';
import type { CountedWith } from '../../files/count-file.js';
import { textFromBytes } from '../../files/read-text.js';
import { processSurroundings } from '../../files/surroundings.js';
import type { Skipped } from '../../files/walk.js';
import type { BudgetCounter } from './counted-budget.js';
import { type RequestTokens, readRequests, requestTokens } from './request-tokens.js';
import { isMarkdown, namesOf } from './section-names.js';

/** A file as it is, or as it was in a commit. */
interface FileVersion {
  /** Relative to the budget's root. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Absolute; what paths of images in messages are relative to. */
  readonly folder: string;
}

/** What a file counts for a budget, or why it does not. */
export interface FileCount {
  readonly file: FileTokens | Skipped;
  /** As `CountedBudget` has them. */
  readonly doubts: readonly string[];
}

/** One version of a file, counted to its end. */
export const fileTokensOf = (version: FileVersion, budget: FileBudget, counter: BudgetCounter): FileTokens | Skipped =>
  countVersion(version, budget, counter).file;

export function countVersion(
  { path, bytes, folder }: FileVersion,
  budget: FileBudget,
  counter: BudgetCounter,
): FileCount {
  const read = textFromBytes(bytes);
  if ('skipped' in read) return { file: { path, reason: read.skipped }, doubts: [] };
  const by = countedWith(budget.root, [counter.encoding]);
  if (budget.content === 'messages')
    return messagesFile(path, requestTokens(readRequests({ path, utf8: read.utf8, folder }), counter, by));
  const asked: CountAsked = { encoding: 0, most: null, sections: countsSections(budget, path) };
  const { tokens, sections } = countAsked(read.utf8, [asked], by);
  return { file: textFile(path, { tokens: tokens[0]!, sections: sections[0]!, most: null }, counter), doubts: [] };
}

/** Whether a budget judges a file by its sections, if it has any. */
export const countsSections = ({ scope }: FileBudget, path: string): boolean => scope === 'section' && isMarkdown(path);

/** Of the encoding, not yet of the model. */
interface TextCount {
  readonly tokens: number;
  readonly sections: readonly SectionCount[] | null;
  /** Tokens above which counting may have stopped; `null`: it went on to the end. */
  readonly most: number | null;
}

export const textFile = (path: string, { tokens, sections, most }: TextCount, counter: BudgetCounter): FileTokens => ({
  path,
  tokens: ofModel(tokens, counter),
  atLeast: most !== null && tokens > most,
  sections: sections === null ? null : namedSections(sections, counter),
});

export function messagesFile(path: string, count: RequestTokens): FileCount {
  if ('reason' in count) return { file: { path, reason: count.reason }, doubts: [] };
  return { file: { path, tokens: count.tokens, atLeast: false, sections: null }, doubts: count.doubts };
}

function namedSections(sections: readonly SectionCount[], counter: BudgetCounter): FileTokens['sections'] {
  const names = namesOf(sections);
  return sections.map(({ line, tokens }, i) => ({ titles: names[i]!, line, tokens: ofModel(tokens, counter) }));
}

const ofModel = (tokens: number, { factor }: BudgetCounter): number => Math.round(tokens * factor);

/** @param root  absolute; data packages are looked for from it upwards */
export const countedWith = (root: string, encodings: CountedWith['encodings']): CountedWith => ({
  ...processSurroundings(),
  cwd: root,
  encodings,
});
