/** Counts what `init` found, as a check would, and sets a limit for each kind. */

import { dirname } from 'node:path';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { firstLimit, limitText } from '../../budget/files/first-limit.js';
import { CONFIGS_ON_DISK } from '../../files/configs-on-disk.js';
import { readConfig } from '../../files/read-config.js';
import { type DraftBudget, draftConfig } from '../../render/init-config.js';
import type { Io } from '../io.js';
import { countBudgets } from './count-budgets.js';
import type { CountedBudget } from './counted-budget.js';
import type { FoundKind } from './init-found.js';

/** Above every file. */
const NO_LIMIT = '1G tokens';

/**
 * The kinds as budgets whose limits are a little above today's counts. What cannot be counted is left out of `paths`.
 *
 * @param file  absolute path that the config will have
 */
export async function draftBudgets(
  io: Io,
  kinds: readonly FoundKind[],
  { file, model }: { readonly file: string; readonly model: string | null },
): Promise<readonly DraftBudget[]> {
  const drafts = kinds.map(({ name, paths, messages }): DraftBudget => {
    return { name, paths, messages, model, max: NO_LIMIT, files: 0, largest: null, left: [] };
  });
  const budgets = await budgetsOf(drafts, file);
  const counted = await countBudgets(io, budgets, { color: 'never' });
  return drafts.map((draft, i) => limited(draft, counted.get(budgets[i]!)!)).filter(({ files }) => files > 0);
}

/** As the config that is made of the drafts will be read. */
async function budgetsOf(drafts: readonly DraftBudget[], file: string): Promise<readonly FileBudget[]> {
  const text = draftConfig({ budgets: drafts, missing: [], schema: null });
  const at = { path: file, shown: 'command line', shownFrom: dirname(file) };
  const { budgets } = await readConfig(text, at, CONFIGS_ON_DISK, []);
  return budgets.filter((budget): budget is FileBudget => budget.kind === 'files');
}

function limited(draft: DraftBudget, { files, skipped }: CountedBudget): DraftBudget {
  const largest = files.toSorted((a, b) => b.tokens - a.tokens)[0] ?? null;
  return {
    ...draft,
    max: limitText(firstLimit(largest?.tokens ?? 0)),
    files: files.length,
    largest,
    left: skipped.map(({ path }) => path),
  };
}
