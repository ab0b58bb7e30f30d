import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/file-budget.js';
import { judgeFile, judgeNoFiles, judgeSkippedFile } from '../../budget/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import type { Io } from '../io.js';
import type { CheckOptions } from './check-options.js';
import { type CountingOptions, countBudgets } from './count-budgets.js';
import type { CountedBudget } from './counted-budget.js';
import { asDoubted, doubtNotes, leftNote, measuresOfCounted } from './counted-measures.js';

export interface JudgedFiles {
  readonly verdicts: ReadonlyMap<Budget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/** Counts the files of budgets and judges them; a file that cannot be counted is a verdict too. */
export async function judgeFileBudgets(
  io: Io,
  budgets: readonly FileBudget[],
  options: CheckOptions & CountingOptions,
): Promise<JudgedFiles> {
  const counted = await countBudgets(io, budgets, options);
  return {
    verdicts: new Map(budgets.map((budget) => [budget, judgeCounted(counted.get(budget)!)])),
    notes: [...doubtNotes([...counted.values()]), ...leftNote([...counted.values()])],
  };
}

function judgeCounted(counted: CountedBudget): readonly Verdict[] {
  const { budget, counter, files, skipped, left } = counted;
  if (files.length + skipped.length + left === 0) return [judgeNoFiles(budget)];
  const verdicts = measuresOfCounted(counted).flatMap((measure) => judgeFile(budget, measure, counter, null));
  return [
    ...verdicts.map((verdict) => asDoubted(verdict, counted)),
    ...skipped.map(({ path, reason }) => judgeSkippedFile(budget, path, reason)),
  ];
}
