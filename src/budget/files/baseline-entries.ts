/** Measures that were written down, so that later ones are compared with them. */

import type { Baseline } from './baseline.js';
import type { FileBudget } from './file-budget.js';
import { type FileMeasure, type FileTokens, measureKey } from './file-measure.js';

/** How a budget counts: other counts are no baseline for it. */
interface CountedLike {
  /** `null`: an encoding by name. */
  readonly model: string | null;
  readonly encoding: string | null;
  readonly scope: FileBudget['scope'];
  readonly content: FileBudget['content'];
}

export interface BaselineBudget extends CountedLike {
  readonly name: string;
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineEntry {
  /** `null`: all files together. */
  readonly path: string | null;
  /** Headings of a section; `null`: the whole file. */
  readonly section: readonly string[] | null;
  readonly tokens: number;
}

export const countedLike = ({ model, encoding, scope, content }: FileBudget): CountedLike => ({
  model,
  encoding: model === null ? (encoding ?? 'o200k_base') : null,
  scope,
  content,
});

export const isCountedLike = (a: CountedLike, b: CountedLike): boolean =>
  a.model === b.model && a.encoding === b.encoding && a.scope === b.scope && a.content === b.content;

/**
 * What a budget's measures were; `null`: nothing was written down of it, or it was counted otherwise.
 *
 * @param name  what messages call it
 */
export function baselineFrom(budgets: readonly BaselineBudget[], budget: FileBudget, name: string): Baseline | null {
  const known = budgets.find((each) => each.name === budget.name);
  if (known === undefined || !isCountedLike(known, countedLike(budget))) return null;
  return {
    name,
    tokens: new Map(known.entries.map((entry) => [keyOf(entry), entry.tokens])),
    unknown: new Map(),
    files: known.scope === 'file' ? known.entries.flatMap(fileOf) : null,
  };
}

export const keyOf = ({ path, section }: Pick<BaselineEntry, 'path' | 'section'>): string =>
  measureKey({ path, section: section === null ? null : { titles: section, line: 1 } });

const fileOf = ({ path, tokens }: BaselineEntry): FileTokens[] =>
  path === null ? [] : [{ path, tokens, atLeast: false, sections: null }];

export const entryOf = ({ path, section, tokens }: FileMeasure): BaselineEntry => ({
  path,
  section: section?.titles ?? null,
  tokens,
});
