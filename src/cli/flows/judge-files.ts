import type { Budget } from '../../budget/budget.js';
import type { FileBudget } from '../../budget/file-budget.js';
import { type FileTokens, measuresOf } from '../../budget/file-measure.js';
import { judgeFile, judgeNoFiles, judgeSkippedFile } from '../../budget/judge-files.js';
import type { Verdict } from '../../budget/verdict.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { type CountedBy, countListed } from '../../files/count-files.js';
import { asInstalled } from '../../files/data-package.js';
import { matchListing } from '../../files/match-paths.js';
import { processSurroundings } from '../../files/surroundings.js';
import type { Skipped } from '../../files/walk.js';
import { resolveEncodingName, resolveModel } from '../../tokenizer/models.js';
import type { BudgetCounter, CountedBudget } from './counted-budget.js';

/** Counts the files of budgets and judges them; a file that cannot be counted is a verdict too. */
export async function judgeFileBudgets(
  budgets: readonly FileBudget[],
): Promise<ReadonlyMap<Budget, readonly Verdict[]>> {
  const found = new Map<Budget, readonly Verdict[]>();
  for (const budget of budgets) found.set(budget, judgeCounted(await countBudget(budget)));
  return found;
}

function judgeCounted({ budget, counter, files, skipped }: CountedBudget): readonly Verdict[] {
  if (files.length + skipped.length === 0) return [judgeNoFiles(budget)];
  return [
    ...measuresOf(budget, files).flatMap((measure) => judgeFile(budget, measure, counter, null)),
    ...skipped.map(({ path, reason }) => judgeSkippedFile(budget, path, reason)),
  ];
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

/** A gate reads every file: it takes no counts of an earlier run. */
const gateOver = (root: string, { encoding }: BudgetCounter): CountedBy => ({
  ...processSurroundings(),
  cwd: root,
  encodings: [encoding],
  cache: 'none',
});

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
