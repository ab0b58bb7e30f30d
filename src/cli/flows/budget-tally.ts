/** Counts of files, gathered for each of the budgets they are in. */

import { breachAbove } from '../../budget/files/certain-breach.js';
import type { FileTokens } from '../../budget/files/file-measure.js';
import type { Skipped } from '../../files/walk.js';
import type { BudgetFiles } from './budget-files.js';
import type { CountedBudget } from './counted-budget.js';
import type { FileCount } from './file-tokens.js';

/** What a file counts for one budget; `path` is that of the budget. */
export type CountFor = (of: BudgetFiles, path: string) => FileCount;

export interface BudgetTally {
  /** Adds a file to those of the budgets that it is in; true: one of them, whose breach is an error, is breached for certain. */
  readonly add: (absolute: string, among: readonly BudgetFiles[], count: CountFor) => boolean;
  /** The same of a text that is in all budgets. */
  readonly addToAll: (path: string, count: CountFor) => boolean;
  readonly counted: () => readonly CountedBudget[];
}

interface Gathered {
  readonly files: FileTokens[];
  readonly skipped: Skipped[];
  readonly doubts: Set<string>;
  /** Of `files`. */
  tokens: number;
  added: number;
}

export function budgetTally(all: readonly BudgetFiles[]): BudgetTally {
  const gathered = new Map(all.map((of) => [of, gatheredOf(of)]));
  const places = placesOf(all);
  const addTo = (of: BudgetFiles, path: string, count: CountFor): boolean => {
    const { file, doubts } = count(of, path);
    const found = gathered.get(of)!;
    for (const doubt of doubts) found.doubts.add(doubt);
    if ('reason' in file) {
      found.skipped.push(file);
      return false;
    }
    found.files.push(file);
    found.tokens += file.tokens;
    return isBreached(of, file, found.tokens);
  };
  return {
    add: (absolute, among, count) => {
      let isAny = false;
      for (const { of, path } of places.get(absolute) ?? []) {
        if (!among.includes(of)) continue;
        gathered.get(of)!.added++;
        isAny = addTo(of, path, count) || isAny;
      }
      return isAny;
    },
    addToAll: (path, count) => all.map((of) => addTo(of, path, count)).includes(true),
    counted: () => all.map((of) => countedBudget(of, gathered.get(of)!)),
  };
}

const gatheredOf = ({ skipped }: BudgetFiles): Gathered => ({
  files: [],
  skipped: [...skipped],
  doubts: new Set(),
  tokens: 0,
  added: 0,
});

/** In which budgets a file is, and what it is called there. */
function placesOf(all: readonly BudgetFiles[]): ReadonlyMap<string, readonly { of: BudgetFiles; path: string }[]> {
  const places = new Map<string, { of: BudgetFiles; path: string }[]>();
  for (const of of all)
    for (const { absolute, path } of of.files) {
      const known = places.get(absolute);
      if (known === undefined) places.set(absolute, [{ of, path }]);
      else known.push({ of, path });
    }
  return places;
}

function isBreached({ budget, counter }: BudgetFiles, file: FileTokens, total: number): boolean {
  const above = budget.level === 'error' ? breachAbove(budget, counter.band) : null;
  return above !== null && (budget.scope === 'total' ? total : file.tokens) > above;
}

function countedBudget({ budget, counter, files }: BudgetFiles, gathered: Gathered): CountedBudget {
  const { skipped, doubts, added } = gathered;
  const order = new Map(files.map(({ path }, i) => [path, i]));
  const place = ({ path }: FileTokens): number => order.get(path) ?? -1;
  return {
    budget,
    counter,
    files: gathered.files.sort((a, b) => place(a) - place(b)),
    skipped,
    left: files.length - added,
    doubts: [...doubts],
  };
}
