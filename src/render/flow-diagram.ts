/** A flow as a diagram: what each model created, what of it was transported and applied, and by which unit. */

import type { Difference } from '../hub/flow/difference.js';
import type { FlowFold, FlowRow } from '../hub/flow/fold-flow.js';
import type { Stage } from '../usage/event.js';
import { type Link, sankeyText } from './mermaid-sankey.js';

/**
 * Of each model a node at every stage, then a node of each unit. What is lost, what is more than before, what is not
 * compared and what a stage does not record are nodes of their own, so that no link says more than was recorded.
 */
export const flowDiagram = ({ totals, pairs }: FlowFold): string =>
  sankeyText(
    [
      ...totals.models.flatMap((row) => [
        ...linksBetween(row, 'create', 'transport', row.differences.createToTransport),
        ...linksBetween(row, 'transport', 'apply', row.differences.transportToApply),
      ]),
      ...pairs.map(({ model = '', unit = '', stages }) => ({
        from: nodeOf('apply', model),
        to: `unit: ${unit}`,
        amount: stages.apply?.tokens.total ?? 0n,
      })),
    ].filter(({ amount }) => amount > 0n),
  );

const DONE: Readonly<Record<Stage, string>> = { create: 'created', transport: 'transported', apply: 'applied' };

const nodeOf = (stage: Stage, model: string): string => `${DONE[stage]}: ${model}`;

function linksBetween(row: FlowRow, from: Stage, to: Stage, { compared, notCompared }: Difference): Link[] {
  const model = row.model ?? '';
  const [start, end] = [nodeOf(from, model), nodeOf(to, model)];
  const [before, after] = [compared?.before.total ?? 0n, compared?.after.total ?? 0n];
  const rest = (stage: Stage) =>
    row.stages[stage] === null ? `not recorded: ${DONE[stage]}` : `not compared: ${DONE[from]} and ${DONE[to]}`;
  return [
    { from: start, to: end, amount: before < after ? before : after },
    { from: start, to: `lost: ${DONE[from]}, not ${DONE[to]}`, amount: before - after },
    { from: `more: ${DONE[to]}, not ${DONE[from]}`, to: end, amount: after - before },
    { from: start, to: rest(to), amount: notCompared.before ?? 0n },
    { from: rest(from), to: end, amount: notCompared.after ?? 0n },
  ];
}
