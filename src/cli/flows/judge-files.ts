import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/file-budget.js';
import { measuresOf } from '../../budget/file-measure.js';
import { judgeFile, judgeNoFiles, judgeSkippedFile } from '../../budget/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import type { Io } from '../io.js';
import type { CheckOptions } from './check-options.js';
import { countBudgets } from './count-budgets.js';
import type { CountedBudget } from './counted-budget.js';

export interface JudgedFiles {
  readonly verdicts: ReadonlyMap<Budget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/** Counts the files of budgets and judges them; a file that cannot be counted is a verdict too. */
export async function judgeFileBudgets(
  io: Io,
  budgets: readonly FileBudget[],
  options: CheckOptions,
): Promise<JudgedFiles> {
  const counted = await countBudgets(io, budgets, options);
  return {
    verdicts: new Map(budgets.map((budget) => [budget, judgeCounted(counted.get(budget)!)])),
    notes: [],
  };
}

function judgeCounted({ budget, counter, files, skipped }: CountedBudget): readonly Verdict[] {
  if (files.length + skipped.length === 0) return [judgeNoFiles(budget)];
  return [
    ...measuresOf(budget, files).flatMap((measure) => judgeFile(budget, measure, counter, null)),
    ...skipped.map(({ path, reason }) => judgeSkippedFile(budget, path, reason)),
  ];
}
