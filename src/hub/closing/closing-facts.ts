/** What the checklist of a closing looks at. */

import type { Recording } from '../../usage/recording.js';
import type { MeterLine } from '../statement/meter-line.js';
import type { ClosedDays } from './closing.js';
import type { Discrepancy } from './discrepancies.js';

/** Days on which a recording that has events in the period has none. */
export interface RecordingGaps {
  readonly recording: Recording;
  /** Calendar dates, both inclusive, ascending. */
  readonly runs: readonly { readonly from: string; readonly to: string; readonly days: number }[];
}

export interface MissingRate {
  readonly from: string;
  readonly to: string;
  /** Days of the period without a rate, ascending. */
  readonly days: readonly string[];
}

export interface ClosingFacts extends ClosedDays {
  readonly period: string;
  readonly isEnded: boolean;
  readonly lines: readonly MeterLine[];
  readonly gaps: readonly RecordingGaps[];
  /** Imports with rejected rows that may be of the period. */
  readonly rejects: readonly { readonly path: string; readonly rejected: number }[];
  readonly discrepancies: readonly Discrepancy[];
  /** Bills that are not final yet, and the ISO 8601 instant when they are. */
  readonly preliminary: readonly { readonly recording: Recording; readonly finalAt: string }[];
  /** The rates file as it was typed, and what it lacks; `null`: no rates are asked for. */
  readonly rates: { readonly file: string; readonly missing: readonly MissingRate[] } | null;
  /** Whether the config has unit rules that are not those of the ledger. */
  readonly isStale: boolean;
}
