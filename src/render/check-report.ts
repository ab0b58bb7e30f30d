import type { Leniency, Verdict } from '../budget/verdict.js';

/** All that a check found, for every format. */
export interface CheckReport {
  /** By budget, in the order of the config. */
  readonly verdicts: readonly Verdict[];
  readonly passed: boolean;
  /** What the check was told to let pass. */
  readonly leniency: Leniency;
  /** What is to be said beside them: what was not judged, and why. Lower case. */
  readonly notes: readonly string[];
  readonly folders: ReportFolders;
}

/** Absolute folders, from which reports name files as a forge does: from the top of the repository. */
export interface ReportFolders {
  /** Of the repository, or of what a job works in. */
  readonly top: string;
  /** What `Verdict.path` is relative to. */
  readonly config: string;
  /** What `Verdict.place` is relative to. */
  readonly current: string;
}
