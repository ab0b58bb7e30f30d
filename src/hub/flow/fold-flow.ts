/** Tokens and cost created, transported and applied, row by row. The stages are views of the same tokens, never added. */

import type { Stage } from '../../usage/event.js';
import type { RecordingDays } from './common-days.js';
import {
  addComparisons,
  type Comparison,
  compareStages,
  type Difference,
  differenceOf,
  NO_COMPARISON,
  uncompared,
} from './difference.js';
import { type FlowCell, STAGES } from './flow-cell.js';
import { type StageFigures, stageFigures } from './stage-figures.js';

export type FlowDimension = 'model' | 'unit';

export interface FlowFigures {
  /** `null`: not recorded. */
  readonly stages: Readonly<Record<Stage, StageFigures | null>>;
  readonly differences: { readonly createToTransport: Difference; readonly transportToApply: Difference };
}

/** The values of the dimensions asked for, then the figures. */
export type FlowRow = { readonly model?: string; readonly unit?: string } & FlowFigures;

export interface FlowFold {
  readonly rows: readonly FlowRow[];
  readonly totals: {
    readonly overall: FlowFigures;
    readonly models: readonly FlowRow[];
    readonly units: readonly FlowRow[];
  };
}

export interface FlowFacts {
  readonly cells: readonly FlowCell[];
  readonly daysOf: RecordingDays;
  readonly by: readonly FlowDimension[];
  /** How events without a unit are named. */
  readonly unassigned: string;
}

/**
 * Folds cells by model, by unit, by both, and as a whole.
 *
 * The difference of a model is that of its tokens on the days both stages cover; that of everything is the sum of those,
 * so that a model which one stage does not record is no loss. The difference of a unit is the sum over its models. What is
 * unassigned is not compared: the next stage may know whose it is.
 */
export function foldFlow({ cells, daysOf, by, unassigned }: FlowFacts): FlowFold {
  const compareModel = (group: readonly FlowCell[]) => compared(group, daysOf);
  const compareUnit = (group: readonly FlowCell[]) => (group[0]!.unit === null ? notCompared(group) : compared(group, daysOf));
  const ofModels = compareParts(cells, ({ model }) => model, compareModel);
  const ofUnits = compareParts(cells, pairOf, compareUnit);
  const row = (group: readonly FlowCell[], dimensions: readonly FlowDimension[]): FlowRow => {
    const [first] = group as [FlowCell];
    return {
      ...(dimensions.includes('model') ? { model: first.model } : {}),
      ...(dimensions.includes('unit') ? { unit: first.unit ?? unassigned } : {}),
      ...figures(group, dimensions.includes('unit') ? partsOf(group, pairOf, ofUnits) : partsOf(group, ({ model }) => model, ofModels)),
    };
  };
  const rowsBy = (dimensions: readonly FlowDimension[]): FlowRow[] =>
    inOrder([...groupedBy(cells, keyBy(dimensions)).values()].map((group) => row(group, dimensions)), dimensions);
  const [models, units] = [rowsBy(['model']), rowsBy(['unit'])];
  return {
    rows: by.length === 2 ? rowsBy(by) : by[0] === 'model' ? models : units,
    totals: { overall: figures(cells, [...ofModels.values()]), models, units },
  };
}

type Steps = { readonly transported: Comparison; readonly applied: Comparison };

const atStage = (cells: readonly FlowCell[], stage: Stage): FlowCell[] => cells.filter((cell) => cell.stage === stage);

function compared(cells: readonly FlowCell[], daysOf: RecordingDays): Steps {
  const [created, transported, applied] = STAGES.map((stage) => atStage(cells, stage)) as [FlowCell[], FlowCell[], FlowCell[]];
  return {
    transported: compareStages(created, transported, daysOf),
    applied: compareStages(transported, applied, daysOf),
  };
}

function notCompared(cells: readonly FlowCell[]): Steps {
  const [created, transported, applied] = STAGES.map((stage) => atStage(cells, stage)) as [FlowCell[], FlowCell[], FlowCell[]];
  return { transported: uncompared(created, transported), applied: uncompared(transported, applied) };
}
