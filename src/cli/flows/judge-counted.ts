import type { Baseline } from '../../budget/files/baseline.js';
import type { FileTokens } from '../../budget/files/file-measure.js';
import { judgeFiles, judgeNoFiles, judgeSkippedFile, judgeSkippedPipe } from '../../budget/files/judge-files.js';
import type { LimitInForce } from '../../budget/files/limit-in-force.js';
import type { Verdict } from '../../budget/verdict.js';
import { STANDARD_INPUT } from './asked-paths.js';
import type { CountedBudget } from './counted-budget.js';
import { measuresOfCounted } from './counted-measures.js';
import { withSections } from './failing-sections.js';

/** What counted files are judged with; see `Judging`. */
interface JudgedWith {
  readonly limit: LimitInForce | null;
  readonly baseline: Baseline | null;
}

/**
 * Judges counted files; a file that could not be counted is a verdict too. Markdown files about which something is wrong
 * are read once more, so that the verdict can name their largest sections.
 */
export function judgeCounted(counted: CountedBudget, by: JudgedWith): readonly Verdict[] {
  const { budget, files, skipped, left } = counted;
  if (files.length + skipped.length + left === 0) return [judgeNoFiles(budget)];
  const verdicts = files.length === 0 ? [] : judgeMeasures(counted, by, files);
  const wrong = verdicts.filter(({ level }) => level !== 'ok').flatMap(({ path }) => path ?? []);
  const explained = withSections(counted, new Set(wrong));
  return [
    ...(explained === files ? verdicts : judgeMeasures(counted, by, explained)),
    ...skipped.map(({ path, reason }) =>
      path === STANDARD_INPUT ? judgeSkippedPipe(budget, path, reason) : judgeSkippedFile(budget, path, reason),
    ),
  ];
}

/** @param files  the counted ones, perhaps with more known of them */
function judgeMeasures(counted: CountedBudget, by: JudgedWith, files: readonly FileTokens[]): readonly Verdict[] {
  const { budget, counter, doubts } = counted;
  return judgeFiles(budget, measuresOfCounted(counted), { ...by, band: counter.band, doubts, files });
}
