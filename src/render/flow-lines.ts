/** The rows of a flow as lines: one for each stage of each row. */

import type { Difference } from '../hub/flow/difference.js';
import type { FlowFigures, FlowRow } from '../hub/flow/fold-flow.js';
import { tokensOf } from '../hub/flow/row-order.js';
import type { StageFigures } from '../hub/flow/stage-figures.js';
import type { Stage } from '../usage/event.js';
import { STAGES } from '../usage/roles.js';
import type { FlowBody } from './flow-body.js';

/** One stage of one row. */
export interface FlowLine {
  readonly model: string;
  readonly unit: string;
  readonly stage: Stage;
  /** `null`: not recorded. */
  readonly figures: StageFigures | null;
  /** From the stage before; `null`: there is none. */
  readonly difference: Difference | null;
  /** Tokens of the stage of this row that recorded most. */
  readonly largest: bigint;
  /** Whether a stage of this row has any, 0 included; images, purchases and grains have none. */
  readonly hasTokens: boolean;
  /** Whether it sums others up. */
  readonly isSum: boolean;
}

/** The lines of the rows asked for, with sums by model, by unit and of everything where there are several. */
export function flowLines({ query: { by }, rows, totals }: Pick<FlowBody, 'query' | 'rows' | 'totals'>): FlowLine[] {
  if (rows.length === 0) return [];
  const isBoth = by.length === 2;
  const count = (key: 'model' | 'unit', value: string) => rows.filter((row) => row[key] === value).length;
  const lines = rows.flatMap((row, i) => {
    const own = linesOf(row, false);
    const model = row.model ?? '';
    const isLast = isBoth && rows[i + 1]?.[by[0]!] !== row[by[0]!];
    const sum = isLast ? sumOf(by[0] === 'model' ? totals.models : totals.units, by[0]!, row) : undefined;
    const isSeveral = sum !== undefined && count(by[0]!, by[0] === 'model' ? model : (row.unit ?? '')) > 1;
    return isSeveral ? [...own, ...linesOf(sum, true)] : own;
  });
  const across = isBoth && lines.some(({ isSum }) => !isSum) ? (by[0] === 'model' ? totals.units : totals.models) : [];
  const beside = across.length > 1 ? across.flatMap((row) => linesOf(row, true)) : [];
  return rows.length === 1 ? lines : [...lines, ...beside, ...linesOf(totals.overall, true)];
}

const sumOf = (sums: readonly FlowRow[], key: 'model' | 'unit', row: FlowRow): FlowRow | undefined =>
  sums.find((sum) => sum[key] === row[key]);

function linesOf(row: FlowRow | FlowFigures, isSum: boolean): FlowLine[] {
  const { model = '(all models)', unit = '(all units)' } = row as FlowRow;
  const { createToTransport, transportToApply } = row.differences;
  const differences = { create: null, transport: createToTransport, apply: transportToApply };
  return STAGES.map((stage) => ({
    ...{ model, unit, stage, isSum, figures: row.stages[stage], difference: differences[stage] },
    ...{ largest: tokensOf(row), hasTokens: STAGES.some((each) => typeof row.stages[each]?.tokens.total === 'bigint') },
  }));
}
