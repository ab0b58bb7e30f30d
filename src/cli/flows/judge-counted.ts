import type { Baseline } from '../../budget/baseline.js';
import { judgeFiles, judgeNoFiles, judgeSkippedFile } from '../../budget/judge-files.js';
import type { LimitInForce } from '../../budget/limit-in-force.js';
import type { Verdict } from '../../budget/verdict.js';
import type { CountedBudget } from './counted-budget.js';
import { withSections } from './failing-sections.js';

/** What counted files are judged with; see `Judging`. */
export interface JudgedWith {
  readonly limit: LimitInForce | null;
  readonly baseline: Baseline | null;
}

/**
 * Judges counted files; a file that could not be counted is a verdict too. Markdown files about which something is wrong
 * are read once more, so that the verdict can name their largest sections.
 */
export function judgeCounted(counted: CountedBudget, { limit, baseline }: JudgedWith): readonly Verdict[] {
  const { budget, counter, files, skipped, left, doubts } = counted;
  if (files.length + skipped.length + left === 0) return [judgeNoFiles(budget)];
  const notCounted = skipped.map(({ path, reason }) => judgeSkippedFile(budget, path, reason));
  if (files.length === 0) return notCounted;
  const judge = (judged: CountedBudget['files']) =>
    judgeFiles(budget, judged, { band: counter.band, doubts, limit, baseline });
  const verdicts = judge(files);
  const wrong = verdicts.filter(({ level }) => level !== 'ok').flatMap(({ path }) => path ?? []);
  const explained = wrong.length === 0 ? files : withSections(counted, new Set(wrong));
  return [...(explained === files ? verdicts : judge(explained)), ...notCounted];
}
