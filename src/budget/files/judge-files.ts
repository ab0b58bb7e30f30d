/** Judges counted files against a budget on files. */

import { CODES } from '../codes.js';
import { ground, placeOf, type Verdict } from '../verdict.js';
import type { Baseline } from './baseline.js';
import type { FileBudget } from './file-budget.js';
import { type Comparison, caseOf, type FileCase } from './file-case.js';
import type { FileMeasure } from './file-measure.js';
import { judgeGrowth } from './judge-growth.js';
import { judgeSize } from './judge-size.js';
import type { LimitInForce, LimitUnknown } from './limit-in-force.js';

/** What the files of a budget are judged with. */
export interface Judging extends Comparison {
  /** `null`: the budget limits growth alone. */
  readonly limit: LimitInForce | null;
}

/**
 * Verdicts on measures of a budget: of each one on its size, where that is limited, and one on its growth, where it grew
 * too much or nothing else is limited.
 */
export function judgeFiles(budget: FileBudget, measures: readonly FileMeasure[], judging: Judging): Verdict[] {
  const { limit, baseline } = judging;
  if (limit === null && baseline === null) return [judgeNoBaseline(budget)];
  const noLimit = limit?.of === 'unknown' ? [judgeNoLimit(budget, limit)] : [];
  return [...noLimit, ...measures.flatMap((measure) => judgeCase(caseOf(budget, measure, judging), limit))];
}

function judgeCase(facts: FileCase, limit: LimitInForce | null): Verdict[] {
  const { maxIncrease } = facts.budget;
  const size = limit === null || limit.of === 'unknown' ? [] : [judgeSize(facts, limit)];
  const growth = maxIncrease === null ? [] : judgeGrowth(facts, maxIncrease);
  return [...size, ...growth.filter(({ code }) => limit === null || code !== CODES.ok)];
}

/** A limit that says nothing, whatever the files are. */
const judgeNoLimit = (budget: FileBudget, { code, reason, hint }: LimitUnknown): Verdict => ({
  ...ground(budget, 'max'),
  level: 'unknown',
  code,
  message: reason,
  hint,
});

/** Growth is all that is limited, and there is nothing that it grew from. */
const judgeNoBaseline = (budget: FileBudget): Verdict => ({
  ...ground(budget, 'maxIncrease'),
  level: 'unknown',
  code: CODES.noBaseline,
  message: 'growth is all that it limits, and there is no base to compare with',
  hint: `name one with --base <ref>, or add \`max\` at ${placeOf(budget)}`,
});

/** What is to be said once about budgets whose size is judged, and their growth is not for want of a base. */
export function growthNotes(
  budgets: readonly FileBudget[],
  baselines: ReadonlyMap<FileBudget, Baseline>,
): readonly string[] {
  const left = budgets.filter((each) => each.max !== null && each.maxIncrease !== null && !baselines.has(each));
  if (left.length === 0) return [];
  if (baselines.size === 0) return ['growth is not judged: there is no base; name one with --base <ref>'];
  return left.map(({ name }) => `${name}: growth is not judged: there is nothing to compare with`);
}

/** A budget whose globs match no file judges nothing, so it is unknown, unless it says that there need be none. */
export const judgeNoFiles = (budget: FileBudget): Verdict =>
  budget.allowEmpty
    ? {
        ...ground(budget, 'paths'),
        level: 'ok',
        code: CODES.ok,
        message: 'no file matches, which is allowed',
        hint: '',
      }
    : {
        ...ground(budget, 'paths'),
        level: 'unknown',
        code: CODES.noFiles,
        message: `no file matches ${budget.paths.join(', ')}`,
        hint: `mend \`paths\` at ${placeOf(budget)}, or set allowEmpty: true when no file is right`,
      };

/** A file that matches but cannot be counted (binary, unreadable) must not pass unseen. */
export const judgeSkippedFile = (budget: FileBudget, path: string, reason: string): Verdict => ({
  ...ground(budget, 'paths'),
  path,
  level: 'unknown',
  code: CODES.notCounted,
  message: `${path} was not counted: ${reason}`,
  hint: `mend the file, or take it out of \`paths\` at ${placeOf(budget)} (a pattern "!${inRoot(budget, path)}" leaves it out)`,
});

/** The same of standard input, which no pattern leaves out. */
export const judgeSkippedPipe = (budget: FileBudget, path: string, reason: string): Verdict => ({
  ...judgeSkippedFile(budget, path, reason),
  hint: 'see whether the command before the pipe failed (set -o pipefail ends a script where it does); or accept it with --allow-unknown',
});

/** A path as the patterns of its budget have it, which may stand in a folder beneath the one that paths are shown from. */
function inRoot({ root, shownFrom }: FileBudget, path: string): string {
  const folder = root.startsWith(shownFrom) ? `${root.slice(shownFrom.length + 1).replaceAll('\\', '/')}/` : '';
  return folder.length > 1 && path.startsWith(folder) ? path.slice(folder.length) : path;
}
