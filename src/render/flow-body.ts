/** The body of `flow --format json`: counts as bigint, money as decimal text. */

import type { FlowDimension, FlowFold } from '../hub/flow/fold-flow.js';
import type { Gap } from '../report/coverage-gaps.js';
import type { CostChoice } from '../report/query.js';
import type { RecordingUse } from '../report/recording-use.js';
import type { ReportBody } from '../report/report-body.js';
import type { Stage } from '../usage/event.js';

export interface StageCoverage {
  /** Days of the window on which the stage has anything that is read. */
  readonly days: number;
  /** Runs of days between them, and to the edges of the window. */
  readonly gaps: readonly Gap[];
  /** Every recording of the stage, read or not; none: the stage is not recorded. */
  readonly recordings: readonly RecordingUse[];
  /** Times that a counter was found to have begun anew: what it counted before it stopped is not in the figures. */
  readonly restarts: bigint;
}

export interface FlowCoverage {
  /** First and last day, `YYYY-MM-DD`: of the window, or where it is open of what is recorded; `null`: there is none. */
  readonly from: string | null;
  readonly to: string | null;
  readonly days: number;
  readonly stages: Readonly<Record<Stage, StageCoverage>>;
}

/** What was asked of every kind of flow. */
export interface FlowQueryEcho {
  /** Half-open window, ISO 8601 in UTC; `null`: open. */
  readonly from: string | null;
  readonly to: string | null;
  readonly tz: string;
  readonly cost: CostChoice;
  /** `(unassigned)` for events without a unit; `null`: all. */
  readonly units: readonly string[] | null;
  readonly models: readonly string[] | null;
}

export interface FlowBody extends Omit<FlowFold, 'pairs'> {
  readonly query: FlowQueryEcho & { readonly by: readonly FlowDimension[] };
  readonly coverage: FlowCoverage;
  /** Imports over the window that rejected rows: the figures below may be too low. */
  readonly incomplete: ReportBody['incomplete'];
  readonly warnings: readonly string[];
}
