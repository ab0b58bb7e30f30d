import type { Baseline } from '../../budget/baseline.js';
import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/file-budget.js';
import { growthNotes } from '../../budget/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import type { Io } from '../io.js';
import type { CheckOptions } from './check-options.js';
import { countBudgets } from './count-budgets.js';
import type { CountedBudget } from './counted-budget.js';
import { judgeCounted } from './judge-counted.js';
import { type LimitsAsked, limitsInForce } from './limits-in-force.js';

export interface JudgedFiles {
  readonly verdicts: ReadonlyMap<Budget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/** Counts the files of budgets and judges them by the limits in force; a file that cannot be counted is a verdict too. */
export async function judgeFileBudgets(
  io: Io,
  budgets: readonly FileBudget[],
  options: CheckOptions,
  asked: LimitsAsked,
): Promise<JudgedFiles> {
  const baseline: Baseline | null = null;
  const limits = await limitsInForce(budgets, asked);
  const counted = await countBudgets(io, budgets, options);
  const verdictsOn = (budget: FileBudget) =>
    judgeCounted(counted.get(budget)!, { limit: limits.get(budget) ?? null, baseline });
  return {
    verdicts: new Map(budgets.map((budget) => [budget, verdictsOn(budget)])),
    notes: [...growthNotes(budgets, baseline), ...doubtNotes([...counted.values()])],
  };
}

const doubtNotes = (counted: readonly CountedBudget[]): string[] =>
  counted.flatMap(({ budget, doubts }) => doubts.map((doubt) => `${budget.name}: counted approximately: ${doubt}`));
