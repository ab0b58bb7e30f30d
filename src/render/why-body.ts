/** The body of `why --format json`, and the words its sheet is made of. */

import type { Explanation } from '../hub/why/explain.js';
import type { RecordingShare } from '../hub/why/recording-uses.js';
import type { Figures } from '../report/figures.js';
import type { RecordingUse } from '../report/recording-use.js';
import type { ReportBody } from '../report/report-body.js';
import type { Stage } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';

/** A recording of the period: what it is read for there, and what it holds of the selection. */
export interface WhyRecording extends RecordingShare {
  readonly used: RecordingUse['used'];
  /** Of one that is not read for both: views of its account's tokens that are. */
  readonly instead: readonly Recording[];
  /** Requests of the period, whatever the selection, that another source recorded, too, and that count there. */
  readonly twins: bigint;
}

/** One event, and where its record stands. */
export interface WhyEvent {
  readonly file: string;
  readonly line: number;
  readonly import: number;
  readonly sha256: string;
  readonly role: string;
  readonly source: string;
  readonly account: string;
  /** `null`: the record has no id of its own. */
  readonly id: string | null;
  /** ISO 8601; of a bucket its first instant. */
  readonly time: string;
  /** End of a bucket, exclusive; `null`: a single request. */
  readonly until: string | null;
  readonly model: string;
  readonly provider: string;
  readonly unit: string | null;
  readonly charge: string;
  readonly requests: number;
  readonly tokens: {
    readonly input: number | null;
    readonly cacheRead: number | null;
    readonly cacheWrite5m: number | null;
    readonly cacheWrite1h: number | null;
    readonly output: number | null;
    readonly reasoning: number | null;
    readonly total: bigint;
  };
  /** Decimal text by name. */
  readonly quantities: Readonly<Record<string, string>>;
  readonly cost: { readonly kind: string; readonly currency: string; readonly amount: string } | null;
  /** Why it has no cost, or the plan that covers it; `null`: it has one. */
  readonly reason: string | null;
  /** Records of the same event in other imports. */
  readonly alsoIn: readonly { readonly import: number; readonly file: string; readonly line: number }[];
}

export interface WhyBody extends Omit<Explanation, 'share' | 'recordings'> {
  readonly query: Pick<ReportBody['query'], 'from' | 'to' | 'tz' | 'cost' | 'units' | 'models' | 'filters'> & {
    /** What to type for the same figure. */
    readonly figure: string;
    /** The stage whose recordings alone are read; `null`: those a report reads. */
    readonly stage: Stage | null;
    /** Events listed at most. */
    readonly rows: number;
  };
  /** As a report has it. */
  readonly total: Omit<Figures, 'metrics' | 'latency'> & { readonly events: bigint };
  readonly recordings: readonly WhyRecording[];
  /** The largest events of the figure. */
  readonly rows: readonly WhyEvent[];
  readonly notes: readonly string[];
}
