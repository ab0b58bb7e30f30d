import type { Baseline } from '../../budget/baseline.js';
import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/file-budget.js';
import { growthNotes } from '../../budget/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import type { Io } from '../io.js';
import type { CheckOptions } from './check-options.js';
import { type CountingOptions, countBudgets } from './count-budgets.js';
import { doubtNotes, leftNote } from './counted-measures.js';
import { judgeCounted } from './judge-counted.js';
import { type LimitsAsked, limitsInForce } from './limits-in-force.js';

export interface JudgedFiles {
  readonly verdicts: ReadonlyMap<Budget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/**
 * Counts the files of budgets and judges them by the limits in force; a file that cannot be counted is a verdict too.
 *
 * @param asked  called only where a limit is in money or of a context window
 */
export async function judgeFileBudgets(
  io: Io,
  budgets: readonly FileBudget[],
  options: CheckOptions & CountingOptions,
  asked: () => Promise<LimitsAsked>,
): Promise<JudgedFiles> {
  const baseline: Baseline | null = null;
  const limits = await limitsInForce(budgets, asked);
  const counted = [...(await countBudgets(io, budgets, options)).values()];
  const verdictsOn = (each: (typeof counted)[number]) =>
    judgeCounted(each, { limit: limits.get(each.budget) ?? null, baseline });
  return {
    verdicts: new Map(counted.map((each) => [each.budget, verdictsOn(each)])),
    notes: [...doubtNotes(counted), ...leftNote(counted), ...growthNotes(budgets, baseline)],
  };
}
