/** What a change does to the baseline file that it is judged by. */

import { relative, sep } from 'node:path';
import { type BaselineBudget, baselineFrom } from '../../budget/files/baseline-entries.js';
import type { FileBudget } from '../../budget/files/file-budget.js';
import { judgeBaselineChange } from '../../budget/files/judge-baseline-change.js';
import type { Verdict } from '../../budget/verdict.js';
import { TokenhubError } from '../../errors/tokenhub-error.js';
import { isIgnored } from '../../files/git.js';
import { realLink } from '../../files/real-path.js';
import { baselineInBase } from './baseline-file.js';
import { shownOf } from './budget-paths.js';
import type { CountedBudget } from './counted-budget.js';
import { measuresOfCounted } from './counted-measures.js';
import type { Base } from './find-base.js';

export interface BaselineInUse {
  /** Absolute. */
  readonly path: string;
  readonly shown: string;
  readonly budgets: readonly BaselineBudget[];
}

export interface BaselineChanges {
  readonly changes: ReadonlyMap<FileBudget, readonly Verdict[]>;
  readonly notes: readonly string[];
}

/** Where it is milder than that of the base. One that is not kept in git is no part of the change. */
export async function baselineChanges(
  counted: readonly CountedBudget[],
  { path, shown, budgets }: BaselineInUse,
  base: Base | null,
): Promise<BaselineChanges> {
  if (base === null || !isKept(path, base)) return { changes: new Map(), notes: [] };
  try {
    const former = await baselineInBase(path, shown, base);
    const judged = (each: CountedBudget): Verdict[] =>
      judgeBaselineChange(each.budget, measuresOfCounted(each), {
        file: { shown, path: shownOf(each.budget, path) },
        base: base.ref,
        now: baselineFrom(budgets, each.budget, shown),
        before: former === null ? 'no file' : baselineFrom(former, each.budget, shown),
      });
    return { changes: new Map(counted.map((each) => [each.budget, judged(each)])), notes: [] };
  } catch (error) {
    if (!(error instanceof TokenhubError)) throw error;
    const why = `it cannot be read in ${base.name}: ${error.message}`;
    return { changes: new Map(), notes: [`whether this change loosens ${shown} is not known: ${why}`] };
  }
}

function isKept(path: string, { commit: { root } }: Base): boolean {
  const inside = relative(root, realLink(path));
  return inside !== '..' && !inside.startsWith(`..${sep}`) && !isIgnored(root, inside);
}
