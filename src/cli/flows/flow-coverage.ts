/** Which days of a window each stage covers. */

import type { FlowCoverage, StageCoverage } from '../../render/flow-body.js';
import { coveredDays } from '../../report/coverage-gaps.js';
import { daysOfSpan } from '../../report/day-text.js';
import type { Window } from '../../report/query.js';
import type { StageRead } from './flow-facts.js';

export function coverageOf(stages: readonly StageRead[], { firstDay, lastDay }: Window): FlowCoverage {
  const all = stages.flatMap(daysRead).sort();
  const [from, to] = [firstDay ?? all[0] ?? null, lastDay ?? all.at(-1) ?? null];
  const coverage = (stage: StageRead): StageCoverage => {
    const days = daysRead(stage).map((day) => ({ day, events: 1n, begun: 1n }));
    const covered = coveredDays(days, { first: from, last: to });
    return { days: covered.days.length, gaps: covered.gaps, recordings: stage.recordings, restarts: stage.restarts };
  };
  const of = (name: StageRead['stage']) => coverage(stages.find(({ stage }) => stage === name)!);
  return {
    from,
    to,
    days: from === null || to === null || from > to ? 0 : daysOfSpan({ first: from, last: to }).length,
    stages: { create: of('create'), transport: of('transport'), apply: of('apply') },
  };
}

/** Ascending, each once. */
const daysRead = ({ daysOf }: StageRead): string[] =>
  [...new Set([...daysOf.values()].flatMap((days) => [...days]))].sort();
