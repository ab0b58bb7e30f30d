/** What a reader must know to trust a flow, in sentences. */

import type { Gap } from '../report/coverage-gaps.js';
import type { Stage } from '../usage/event.js';
import { STAGES } from '../usage/roles.js';
import { counted, incompleteText, usageText } from './counted.js';
import type { FlowBody, FlowQueryEcho } from './flow-body.js';
import { recordingName } from './recording-name.js';

/** Runs of days without a record that are named; the others are counted. */
const GAPS_NAMED = 3;

/** What the stages recorded, and when. */
export const flowNotesAbove = (body: FlowBody): string[] => [
  ...STAGES.map((stage) => coverageNote(stage, body)),
  ...queryNotes(body.query),
];

/** What was asked. */
export const queryNotes = ({ cost, units, models }: FlowQueryEcho): string[] => [
  `cost: ${cost === 'auto' ? 'billed, else computed' : cost}`,
  ...(units === null ? [] : [`only units: ${units.join(', ')}`]),
  ...(models === null ? [] : [`only models: ${models.join(', ')}`]),
];

function coverageNote(stage: Stage, { coverage: { days: all, stages } }: FlowBody): string {
  const { days, gaps, recordings, restarts } = stages[stage];
  if (recordings.length === 0) return `${stage}: not recorded`;
  const read = recordings.filter(({ used }) => used !== 'none');
  const leftOut = recordings.length - read.length;
  return [
    `${stage}: ${read.map(recordingName).join(', ')}`,
    `on ${days} of ${counted(BigInt(all), 'day')}${gapsText(gaps)}`,
    ...(leftOut === 0 ? [] : [`${counted(BigInt(leftOut), 'other view')} of the same tokens not read`]),
    ...(restarts === 0n
      ? []
      : [`${counted(restarts, 'restart')} of counters: what they counted last before is not known`]),
  ].join('; ');
}

function gapsText(gaps: readonly Gap[]): string {
  if (gaps.length === 0) return '';
  const named = gaps.slice(0, GAPS_NAMED).map(({ from, to }) => (from === to ? from : `${from} to ${to}`));
  const more = gaps.length - named.length;
  return `, nothing on ${named.join(', ')}${more === 0 ? '' : ` and ${counted(BigInt(more), 'other run')} of days`}`;
}

/** What is missing from the figures. */
export const flowNotesBelow = (body: FlowBody): string[] => [
  ...stagesNote(body),
  ...STAGES.flatMap((stage) => unpricedNote(stage, body)),
  ...body.incomplete.map(incompleteText),
  ...body.warnings,
];

function stagesNote({ totals }: FlowBody): string[] {
  const recorded = STAGES.filter((stage) => totals.overall.stages[stage] !== null);
  if (recorded.length === 0) return [];
  return recorded.length === 1
    ? [`${recorded[0]} is the only stage recorded, so nothing is compared`]
    : ['stages are views of the same tokens and never added; losses are of days that both cover'];
}

function unpricedNote(stage: Stage, { totals }: FlowBody): string[] {
  const unpriced = totals.overall.stages[stage]?.unpriced;
  return unpriced === undefined || unpriced.events === 0n
    ? []
    : [`unpriced at ${stage}: ${usageText(unpriced)}, not in the cost`];
}
