import type { Verdict } from '../budget/verdict.js';

/** All that a check found, for every format. */
export interface CheckReport {
  /** By budget, in the order of the config. */
  readonly verdicts: readonly Verdict[];
  readonly passed: boolean;
  /** What is to be said beside them: what was not judged, and why. Lower case. */
  readonly notes: readonly string[];
}
