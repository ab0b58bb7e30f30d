import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/file-budget.js';
import type { FileTokens } from '../../budget/file-measure.js';
import { growthNotes } from '../../budget/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { countListed } from '../../files/count-files.js';
import { asInstalled } from '../../files/data-package.js';
import { matchListing } from '../../files/match-paths.js';
import type { Skipped } from '../../files/walk.js';
import { resolveEncodingName, resolveModel } from '../../tokenizer/models.js';
import type { BudgetCounter, CountedBudget } from './counted-budget.js';
import { gateOver } from './gate-over.js';
import { judgeCounted } from './judge-counted.js';
import { type LimitsAsked, limitsInForce } from './limits-in-force.js';

/** Verdicts by budget, and what is to be said beside them. */
export interface JudgedFiles {
  readonly verdicts: ReadonlyMap<Budget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/** Counts the files of budgets and judges them by the limits in force. */
export async function judgeFileBudgets(budgets: readonly FileBudget[], asked: LimitsAsked): Promise<JudgedFiles> {
  const baseline = null;
  const limits = await limitsInForce(budgets, asked);
  const verdicts = new Map<Budget, readonly Verdict[]>();
  for (const budget of budgets)
    verdicts.set(budget, judgeCounted(await countBudget(budget), { limit: limits.get(budget) ?? null, baseline }));
  return { verdicts, notes: growthNotes(budgets, baseline) };
}

async function countBudget(budget: FileBudget): Promise<CountedBudget> {
  const listing = await matchListing(budget.paths, { root: budget.root });
  const counter = counterOf(budget);
  const skipped: Skipped[] = [...listing.skipped];
  const files: FileTokens[] = [];
  for await (const item of countListed(listing.files, gateOver(budget.root, counter), null)) {
    if ('reason' in item) skipped.push(item);
    else {
      const tokens = Math.round(item.tokens[0]! * counter.factor);
      files.push({ path: item.path, tokens, atLeast: false, sections: null });
    }
  }
  return { budget, counter, files, skipped };
}

function counterOf({ model, encoding, place, root }: FileBudget): BudgetCounter {
  try {
    if (model !== null) return asInstalled(resolveModel(model), root);
    return { encoding: resolveEncodingName(encoding ?? 'o200k_base'), factor: 1, band: null };
  } catch (error) {
    throw error instanceof TokenhubError
      ? error.movedTo({ ...place, field: model === null ? 'encoding' : 'model' })
      : error;
  }
}
