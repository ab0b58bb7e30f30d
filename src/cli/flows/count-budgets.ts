import type { FileBudget } from '../../budget/file-budget.js';
import type { FileTokens } from '../../budget/file-measure.js';
import { countListed } from '../../files/count-files.js';
import { matchListing } from '../../files/match-paths.js';
import type { Skipped } from '../../files/walk.js';
import type { Io } from '../io.js';
import { counterOf } from './budget-counter.js';
import type { CheckOptions } from './check-options.js';
import type { CountedBudget } from './counted-budget.js';
import { fileTokens, gateOver } from './file-tokens.js';

/**
 * Counts the files of budgets as they are now.
 * @throws UNKNOWN_MODEL, UNKNOWN_ENCODING, and as `loadEncoding` does
 */
export async function countBudgets(
  _io: Io,
  budgets: readonly FileBudget[],
  _options: CheckOptions,
): Promise<ReadonlyMap<FileBudget, CountedBudget>> {
  const found = new Map<FileBudget, CountedBudget>();
  for (const budget of budgets) found.set(budget, await countBudget(budget));
  return found;
}

async function countBudget(budget: FileBudget): Promise<CountedBudget> {
  const listing = await matchListing(budget.paths, { root: budget.root });
  const counter = counterOf(budget);
  const skipped: Skipped[] = [...listing.skipped];
  const files: FileTokens[] = [];
  for await (const item of countListed(listing.files, gateOver(budget.root, counter), null)) {
    if ('reason' in item) skipped.push(item);
    else files.push(fileTokens(item.path, item.tokens[0]!, counter));
  }
  return { budget, counter, files, skipped, left: 0, doubts: [] };
}
