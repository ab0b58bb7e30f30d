/** What must be said beside a figure. */

import { placeText } from '../../errors/tokenhub-error.js';
import { counted, usageText } from '../../render/counted.js';
import type { ReportBody } from '../../report/report-body.js';
import type { WhyQuery } from './why-query.js';

export const notesOf = ({ budget, stage }: WhyQuery, report: ReportBody): string[] => [
  ...(budget === null ? [] : [`the budget "${budget.name}" stands at ${placeText(budget.place)}`]),
  ...(stage === null ? [] : [`only recordings of the stage ${stage} are read, whatever others recorded`]),
  ...report.warnings,
  ...report.incomplete.map(
    ({ import: id, path, rejected }) =>
      `import ${id} (${path}) rejected ${counted(BigInt(rejected), 'row')} that may belong here`,
  ),
  ...report.straddling.map(
    ({ day, events, tokens }) =>
      `not in the figure: ${usageText({ events, tokens: tokens ?? 0n })} in buckets of ${day}, which the edge of the period cuts`,
  ),
  ...(report.unsplit.events === 0n
    ? []
    : [
        `the cost of ${usageText(report.unsplit)} is on a bill that does not say what part of it is for this selection`,
      ]),
];
