import { join } from 'node:path';
import type { Commit } from '../../files/git-tree.js';
import { movedFiles } from '../../files/moved-files.js';
import { counted as countOf } from '../../render/counted.js';
import type { PlacedBudget } from './base-files.js';
import { shownOf } from './budget-paths.js';

/** A note has this many files by name. */
const MOST = 3;

/**
 * Notes on files that a change moves out of a budget's `paths` to where none of the budgets judges them: their limit is
 * gone though nothing in the config has changed.
 */
export function movedOutNotes(budgets: readonly PlacedBudget[], commit: Commit): string[] {
  const isJudged = (path: string): boolean => budgets.some(({ now, skipped }) => now.has(path) || skipped.has(path));
  if (budgets.every(({ base }) => [...base].every(isJudged))) return [];
  const moved = [...movedFiles(commit)].filter(([, path]) => !isJudged(path));
  return budgets.flatMap((placed) => noteOn(placed, moved, commit));
}

function noteOn(
  { counted: { budget }, base }: PlacedBudget,
  moved: readonly (readonly [string, string])[],
  { root }: Commit,
): string[] {
  const out = moved.filter(([path]) => base.has(path));
  if (out.length === 0) return [];
  const shown = (path: string): string => shownOf(budget, join(root, path));
  const pairs = out.slice(0, MOST).map(([from, to]) => `${shown(from)} to ${shown(to)}`);
  const more = out.length > MOST ? `, and ${out.length - MOST} more` : '';
  const files = countOf(BigInt(out.length), 'file');
  return [`${budget.name}: ${files} moved to where none of these budgets judges: ${pairs.join(', ')}${more}`];
}
