/** What can be judged of counted files: of a count that ended early, and of one that is not exact. */

import { breachAbove } from '../../budget/files/certain-breach.js';
import { type FileMeasure, measuresOf } from '../../budget/files/file-measure.js';
import { counted } from '../../render/counted.js';
import type { CountedBudget } from './counted-budget.js';

/** All measures; where files are left, of all files together only what is over the limit already, as the least it can be. */
export function measuresOfCounted({ budget, counter, files, left }: CountedBudget): readonly FileMeasure[] {
  const measures = files.length === 0 ? [] : measuresOf(budget, files);
  if (left === 0 || budget.scope !== 'total') return measures;
  const above = breachAbove(budget, counter.band);
  return measures.flatMap((measure) =>
    above !== null && measure.tokens > above ? [{ ...measure, atLeast: true }] : [],
  );
}

/** Why counts of messages are approximate. */
export const doubtNotes = (all: readonly CountedBudget[]): readonly string[] =>
  all.flatMap(({ budget, doubts }) =>
    doubts.length === 0 ? [] : [`${budget.name}: messages are counted approximately: ${doubts.join('; ')}`],
  );

/** What was not judged since the check ended at a breach. */
export function leftNote(all: readonly CountedBudget[]): readonly string[] {
  const unfinished = all.filter(({ left }) => left > 0);
  if (unfinished.length === 0) return [];
  const budgets = counted(BigInt(unfinished.length), 'budget');
  return [`ended at the first error (--fail-fast): files of ${budgets} were not judged`];
}
