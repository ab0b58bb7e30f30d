/** From the tokens of files to what a budget on files judges: each file, each section, or all together. */

import type { FileBudget } from './file-budget.js';

/** A file as a budget counts it, in one version. */
export interface FileTokens {
  /** Relative to the budget's root; of an older version, what the file is called now. */
  readonly path: string;
  /** Of the budget's model, rounded once. */
  readonly tokens: number;
  /** Whether counting stopped at a limit. */
  readonly atLeast: boolean;
  /** In their order, with one of no titles for what stands before the first; `null`: they were not asked for, or it has none. */
  readonly sections: readonly SectionTokens[] | null;
}

export interface SectionTokens {
  /** Headings from the highest, as shown; equal ones are numbered. */
  readonly titles: readonly string[];
  /** Line of its heading, counted from 1. */
  readonly line: number;
  readonly tokens: number;
}

/** What is compared with a limit. */
export interface FileMeasure {
  /** `null`: all files together. */
  readonly path: string | null;
  readonly section: Omit<SectionTokens, 'tokens'> | null;
  readonly tokens: number;
  readonly atLeast: boolean;
}

/** What a budget judges of its files, in their order. */
export function measuresOf({ scope }: Pick<FileBudget, 'scope'>, files: readonly FileTokens[]): FileMeasure[] {
  if (scope === 'total') return [totalOf(files)];
  return files.flatMap((file) =>
    scope === 'section' && file.sections !== null ? sectionsOf(file, file.sections) : [wholeOf(file)],
  );
}

const wholeOf = ({ path, tokens, atLeast }: FileTokens): FileMeasure => ({ path, section: null, tokens, atLeast });

const sectionsOf = ({ path, atLeast }: FileTokens, sections: readonly SectionTokens[]): FileMeasure[] =>
  sections.map(({ tokens, ...section }) => ({ path, section, tokens, atLeast }));

const totalOf = (files: readonly FileTokens[]): FileMeasure => ({
  path: null,
  section: null,
  tokens: files.reduce((sum, { tokens }) => sum + tokens, 0),
  atLeast: files.some(({ atLeast }) => atLeast),
});

/** What two versions of a measure have in common: file and section. */
export const measureKey = ({ path, section }: Pick<FileMeasure, 'path' | 'section'>): string =>
  JSON.stringify([path, section?.titles ?? null]);
