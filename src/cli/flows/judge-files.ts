import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/file-budget.js';
import { growthNotes } from '../../budget/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import type { Io } from '../io.js';
import { withShownPaths } from './budget-paths.js';
import type { CheckOptions } from './check-options.js';
import type { Compare } from './comparison.js';
import { type CountingOptions, countBudgets } from './count-budgets.js';
import type { CountedBudget } from './counted-budget.js';
import { doubtNotes, leftNote } from './counted-measures.js';
import { judgeCounted } from './judge-counted.js';
import { type LimitsAsked, limitsInForce } from './limits-in-force.js';

export interface JudgedFiles {
  readonly verdicts: ReadonlyMap<Budget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/** What files are judged with beside their budgets. */
export interface JudgedWith {
  readonly compare: Compare;
  /** Called only where a limit is in money or of a context window. */
  readonly asked: () => Promise<LimitsAsked>;
}

/** Counts the files of budgets and judges them by the limits in force; a file that cannot be counted is a verdict too. */
export async function judgeFileBudgets(
  io: Io,
  budgets: readonly FileBudget[],
  options: CheckOptions & CountingOptions,
  { compare, asked }: JudgedWith,
): Promise<JudgedFiles> {
  const limits = await limitsInForce(budgets, asked);
  const counted = [...(await countBudgets(io, budgets, options)).values()].map(withShownPaths);
  const { baselines, notes } = await compare(counted);
  const verdictsOn = (each: CountedBudget) =>
    judgeCounted(each, { limit: limits.get(each.budget) ?? null, baseline: baselines.get(each.budget) ?? null });
  const uncompared = budgets.filter((budget) => !baselines.has(budget));
  return {
    verdicts: new Map(counted.map((each) => [each.budget, verdictsOn(each)])),
    notes: [...doubtNotes(counted), ...leftNote(counted), ...notes, ...growthNotes(uncompared)],
  };
}
