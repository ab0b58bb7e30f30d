/** Tokens and cost created, transported and applied, row by row. The stages are views of the same tokens, never added. */

import { groupBy } from '../../group-by.js';
import type { Stage } from '../../usage/event.js';
import { STAGES } from '../../usage/roles.js';
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
import type { FlowCell } from './flow-cell.js';
import { inOrder } from './row-order.js';
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
  /** Rows by model and unit, whatever is asked for. */
  readonly pairs: readonly FlowRow[];
}

interface FlowFacts {
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
  const compared = (part: readonly FlowCell[]) => steps(part, (before, after) => compareStages(before, after, daysOf));
  const ofModels = compareParts(cells, modelOf, compared);
  const ofPairs = compareParts(cells, pairOf, (part) =>
    part[0]!.unit === null ? steps(part, uncompared) : compared(part),
  );
  const rowsBy = (dimensions: readonly FlowDimension[]): FlowRow[] => {
    const parts = dimensions.includes('unit') ? ofPairs : ofModels;
    const keyOf = dimensions.includes('unit') ? pairOf : modelOf;
    const rows = [...groupBy(cells, keyBy(dimensions)).values()].map((group) => ({
      ...valuesOf(group[0]!, dimensions, unassigned),
      ...figures(group, partsOf(group, keyOf, parts)),
    }));
    return inOrder(rows, dimensions);
  };
  const [models, units, pairs] = [rowsBy(['model']), rowsBy(['unit']), rowsBy(['model', 'unit'])];
  return {
    pairs,
    rows: by.length === 2 ? inOrder(pairs, by) : by[0] === 'model' ? models : units,
    totals: { overall: figures(cells, [...ofModels.values()]), models, units },
  };
}

const valuesOf = ({ model, unit }: FlowCell, dimensions: readonly FlowDimension[], unassigned: string) => ({
  ...(dimensions.includes('model') ? { model } : {}),
  ...(dimensions.includes('unit') ? { unit: unit ?? unassigned } : {}),
});

/** The parts that differences are added up from, by key. */
type Parts = ReadonlyMap<string, Steps>;

interface Steps {
  readonly transported: Comparison;
  readonly applied: Comparison;
}

type KeyOf = (cell: FlowCell) => string;

const modelOf: KeyOf = ({ model }) => model;
const pairOf: KeyOf = ({ model, unit }) => JSON.stringify([model, unit]);
const keyBy = (dimensions: readonly FlowDimension[]): KeyOf =>
  dimensions.length === 2 ? pairOf : dimensions[0] === 'model' ? modelOf : ({ unit }) => JSON.stringify(unit);

function compareParts(cells: readonly FlowCell[], keyOf: KeyOf, compare: (part: readonly FlowCell[]) => Steps): Parts {
  return new Map([...groupBy(cells, keyOf)].map(([key, part]) => [key, compare(part)]));
}

const partsOf = (cells: readonly FlowCell[], keyOf: KeyOf, parts: Parts): Steps[] =>
  [...new Set(cells.map(keyOf))].map((key) => parts.get(key)!);

const steps = (cells: readonly FlowCell[], compare: (before: FlowCell[], after: FlowCell[]) => Comparison): Steps => {
  const [created, transported, applied] = STAGES.map((stage) => atStage(cells, stage)) as Triple;
  return { transported: compare(created, transported), applied: compare(transported, applied) };
};

type Triple = [created: FlowCell[], transported: FlowCell[], applied: FlowCell[]];

const atStage = (cells: readonly FlowCell[], stage: Stage): FlowCell[] => cells.filter((cell) => cell.stage === stage);

function figures(cells: readonly FlowCell[], parts: readonly Steps[]): FlowFigures {
  const sum = (of: keyof Steps): Difference =>
    differenceOf(parts.map((part) => part[of]).reduce(addComparisons, NO_COMPARISON));
  return {
    stages: {
      create: stageFigures(atStage(cells, 'create')),
      transport: stageFigures(atStage(cells, 'transport')),
      apply: stageFigures(atStage(cells, 'apply')),
    },
    differences: { createToTransport: sum('transported'), transportToApply: sum('applied') },
  };
}
