/** Which files budgets are on, and what is to be counted of each, once for all budgets. */

import { breachAbove } from '../../budget/files/certain-breach.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { ledOut } from '../../files/budget-links.js';
import type { CountAsked } from '../../files/count-asked.js';
import { shippedTables } from '../../files/encoding-ref.js';
import { isNegated } from '../../files/glob.js';
import { foldersOf, lookTogether, type Pattern } from '../../files/look-together.js';
import { matchListing } from '../../files/match-paths.js';
import type { ListedFile, Skipped } from '../../files/walk.js';
import type { EncodingName } from '../../tokenizer/encodings.js';
import type { BudgetCounter } from './counted-budget.js';
import { countsSections } from './file-tokens.js';

/** A budget with the files it is on. */
export interface BudgetFiles {
  readonly budget: FileBudget;
  readonly counter: BudgetCounter;
  readonly files: readonly ListedFile[];
  readonly skipped: readonly Skipped[];
}

/** Absolute folders that the budgets look into. */
export async function foldersOfBudgets(budgets: readonly FileBudget[]): Promise<readonly string[]> {
  const patterns: Pattern[] = [];
  for (const { paths, root } of budgets)
    for (const text of paths.filter((path) => !isNegated(path)))
      if ((await ledOut(text, root)) === null) patterns.push({ text, root });
  return foldersOf(patterns);
}

/** @param folders  that the budgets look into; @throws GIT_FAILED */
export async function budgetFiles(
  budgets: readonly FileBudget[],
  counters: readonly BudgetCounter[],
  folders: readonly string[],
): Promise<readonly BudgetFiles[]> {
  const look = lookTogether(folders);
  const found: BudgetFiles[] = [];
  for (const [i, budget] of budgets.entries())
    found.push({ budget, counter: counters[i]!, ...(await matchListing(budget.paths, { root: budget.root, look })) });
  return found;
}

/** Whether counting goes on where all budgets of a file are breached for certain. */
export type Stops = 'at the end' | 'when certain';

/** Text files that are counted in one go: from one folder data packages are looked for, and with these encodings. */
export interface TextJob {
  readonly cwd: string;
  readonly encodings: readonly EncodingName[];
  readonly files: readonly AskedFile[];
  readonly of: readonly BudgetFiles[];
}

export interface AskedFile {
  /** Absolute, too: a file has a path of its own for each root. */
  readonly path: string;
  readonly absolute: string;
  readonly asked: readonly CountAsked[];
}

/** What is to be counted of text files. Where an encoding ships it does not matter from where it is looked for. */
export function textJobs(all: readonly BudgetFiles[], cwd: string, stops: Stops): TextJob[] {
  const jobs = new Map<string, BudgetFiles[]>();
  for (const each of all.filter(({ budget }) => budget.content === 'text')) {
    const from = shippedTables(each.counter.encoding) === null ? each.budget.root : cwd;
    jobs.set(from, [...(jobs.get(from) ?? []), each]);
  }
  return [...jobs].map(([from, of]) => textJob(from, of, stops));
}

function textJob(cwd: string, of: readonly BudgetFiles[], stops: Stops): TextJob {
  const encodings = encodingsOf(of.map(({ counter }) => counter));
  const files = new Map<string, Map<number, CountAsked>>();
  for (const { budget, counter, files: listed } of of) {
    const encoding = encodings.indexOf(counter.encoding);
    const most = stops === 'when certain' ? mostOf(budget, counter) : null;
    for (const { path, absolute } of listed) {
      const asked = files.get(absolute) ?? new Map<number, CountAsked>();
      files.set(absolute, asked);
      asked.set(encoding, together(asked.get(encoding), { encoding, most, sections: countsSections(budget, path) }));
    }
  }
  return { cwd, encodings, of, files: [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(askedFile) };
}

/** Each once. */
export const encodingsOf = (counters: readonly BudgetCounter[]): EncodingName[] => [
  ...new Set(counters.map(({ encoding }) => encoding)),
];

const askedFile = ([absolute, asked]: [string, Map<number, CountAsked>]): AskedFile => ({
  path: absolute,
  absolute,
  asked: [...asked.values()],
});

function together(before: CountAsked | undefined, asked: CountAsked): CountAsked {
  if (before === undefined) return asked;
  const most = before.most === null || asked.most === null ? null : Math.max(before.most, asked.most);
  return { encoding: asked.encoding, most, sections: before.sections || asked.sections };
}

/** Tokens of the encoding above which the budget is breached for certain. */
function mostOf(budget: FileBudget, { band, factor }: BudgetCounter): number | null {
  const above = breachAbove(budget, band);
  return above === null ? null : Math.ceil((above + 1) / factor);
}
