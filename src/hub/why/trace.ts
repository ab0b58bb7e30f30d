/** Where a figure comes from: its events, those that share everything that decides it added up. */

import type { ComputedTerms } from '../../pricing/cost.js';
import type { CacheKind, Mode } from '../../pricing/price.js';
import type { Charge } from '../../usage/event.js';
import type { Recording } from '../../usage/recording.js';
import type { RecordView } from '../origins.js';
import type { MeterTokens } from '../statement/meter-line.js';

/** An amount of the cost asked for, and which it is. */
export interface TracedCost {
  readonly kind: 'billed' | 'computed' | 'claimed';
  readonly currency: string;
  readonly pico: bigint;
}

/** Traces of one question differ in something above `cost`, or in its kind and currency. */
export interface Trace {
  readonly recording: Recording;
  /** As a cell's: `YYYY-MM-DD`, or the first and the last day of a bucket of several. */
  readonly day: string;
  readonly grain: RecordView['grain'];
  readonly charge: Charge;
  /** Place, from 0, of the first of the applied rules that matches; `null`: none does. */
  readonly rule: number | null;
  /** Whether the records name a unit themselves, which counts where no rule matches. */
  readonly namesUnit: boolean;
  /** Unit stored; `null`: unassigned. */
  readonly unit: string | null;
  readonly model: string;
  readonly provider: string;
  readonly mode: Mode;
  readonly cacheKind: CacheKind | null;
  /** Whether any of the output was spent on reasoning, which may have a rate of its own. */
  readonly isThinking: boolean;
  readonly computed: ComputedTerms;
  /** Number of the import the events came with first. */
  readonly import: number;
  /** `null`: these events have no such cost. */
  readonly cost: TracedCost | null;
  /** Instants of the first and the last event, ms. */
  readonly firstAt: number;
  readonly lastAt: number;
  /** First and last line of the file that one of the records begins on. */
  readonly firstLine: number;
  readonly lastLine: number;
  readonly events: bigint;
  /** Events that used tokens or another quantity. */
  readonly usedEvents: bigint;
  readonly tokens: MeterTokens;
  /** In millionths. */
  readonly quantities: Readonly<Record<string, bigint>>;
}

/** What of a trace is in the figure: its tokens, its cost, or neither, where another view of the same tokens is read. */
export interface TraceReading {
  readonly tokens: boolean;
  readonly money: boolean;
}

export interface ReadTrace {
  readonly trace: Trace;
  readonly reading: TraceReading;
}

/** All classes together. */
export const tokensOf = ({ input, cacheRead, cacheWrite5m, cacheWrite1h, output }: MeterTokens): bigint =>
  [input, cacheRead, cacheWrite5m, cacheWrite1h, output].reduce<bigint>((sum, count) => sum + (count ?? 0n), 0n);
