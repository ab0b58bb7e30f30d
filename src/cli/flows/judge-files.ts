import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { growthNotes } from '../../budget/files/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import type { Io } from '../io.js';
import { withShownPaths } from './budget-paths.js';
import type { CheckOptions } from './check-options.js';
import type { Compare, Compared } from './comparison.js';
import { type CountingOptions, countBudgets } from './count-budgets.js';
import type { CountedBudget } from './counted-budget.js';
import { doubtNotes, leftNote } from './counted-measures.js';
import { judgeCounted } from './judge-counted.js';
import { limitsInForce } from './limits-in-force.js';
import type { LimitsAsked } from './model-facts.js';

interface JudgedFiles {
  readonly verdicts: ReadonlyMap<Budget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/** What files are judged by, beside their budgets. */
interface JudgedBy {
  /** `null`: there is nothing to compare with. */
  readonly compare: Compare | null;
  /** Called only where a limit is in money or of a context window. */
  readonly limits: () => Promise<LimitsAsked>;
}

/** Counts the files of budgets and judges them; a file that cannot be counted is a verdict too. */
export async function judgeFileBudgets(
  io: Io,
  budgets: readonly FileBudget[],
  options: CheckOptions & CountingOptions,
  by: JudgedBy,
): Promise<JudgedFiles> {
  const limits = await limitsInForce(budgets, by.limits);
  const counted = await countAll(io, budgets, options, by);
  const { baselines, changes, notes } = (await by.compare?.(counted)) ?? NOT_COMPARED;
  const verdictsOn = (each: CountedBudget) =>
    judgeCounted(each, { limit: limits.get(each.budget) ?? null, baseline: baselines.get(each.budget) ?? null });
  return {
    verdicts: new Map(counted.map((each) => [each.budget, [...verdictsOn(each), ...(changes.get(each.budget) ?? [])]])),
    notes: [...doubtNotes(counted), ...leftNote(counted), ...notes, ...growthNotes(budgets, baselines)],
  };
}

const NOT_COMPARED: Compared = { baselines: new Map(), changes: new Map(), notes: [] };

/** Where files are compared, one over its limit may be no worse than it was, so nothing ends the count before. */
async function countAll(
  io: Io,
  budgets: readonly FileBudget[],
  options: CheckOptions & CountingOptions,
  { compare }: JudgedBy,
): Promise<CountedBudget[]> {
  const counting = compare === null ? options : { ...options, failFast: false };
  return [...(await countBudgets(io, budgets, counting)).values()].map(withShownPaths);
}
