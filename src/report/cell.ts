/** What a ledger answers: totals per recording, day and dimensions; a report is folded from them. */

import type { Charge } from '../usage/event.js';
import type { Recording } from '../usage/recording.js';
import type { Grain } from './grain.js';
import type { LatencyHistogram } from './latency.js';

/** Sums of tokens; `null` only when no event reported that class. */
export interface TokenSums {
  readonly input: bigint | null;
  readonly cacheRead: bigint | null;
  readonly cacheWrite: bigint | null;
  readonly output: bigint | null;
  readonly reasoning: bigint | null;
}

/** Totals of one recording, day, grain and kind of charge for one combination of the dimensions asked for and one currency. */
export interface Cell {
  readonly recording: Recording;
  /**
   * `YYYY-MM-DD` in the window's zone, or the bucket's own calendar date; of a bucket of several days the first and the
   * last one, `2026-08-01..2026-08-31`. Where the query adds days together: empty, or the first day of their month.
   */
  readonly day: string;
  readonly grain: Grain;
  readonly charge: Charge;
  /** Values of the query's `by`, same order; `null`: the event has none. */
  readonly values: readonly (string | null)[];
  /**
   * How many values of the dimension asked for the cells with this number, which have none, add up together (`TopCells`);
   * `null`: the cell is of one.
   */
  readonly others: number | null;
  readonly requests: bigint;
  readonly events: bigint;
  readonly tokens: TokenSums;
  /** In millionths. */
  readonly quantities: Readonly<Record<string, bigint>>;
  /** Amount of the chosen cost; `null`: these events have none, so they are unpriced. */
  readonly cost: {
    readonly currency: string;
    readonly pico: bigint;
    readonly kind: 'billed' | 'computed' | 'claimed';
  } | null;
  /**
   * Events of this cell that used tokens or other quantities (an unpriced one that used nothing costs nothing), without
   * those a plan covered (nothing is owed for them).
   */
  readonly usedEvents: bigint;
  /** Events that a plan, package or free quota covered, and their tokens; part of `events` and `tokens`. */
  readonly planEvents: bigint;
  readonly planTokens: bigint;
  /** Single requests by `bucketOf` their latency, those without one left out; `null`: not asked for. */
  readonly latency: LatencyHistogram | null;
  /** Events no rule and no `unit` column assigned. */
  readonly unassignedEvents: bigint;
  readonly unassignedTokens: bigint;
}

/** Records, the tokens they used and their chosen cost in pico-units by currency. */
export interface Holding {
  readonly events: bigint;
  readonly tokens: bigint;
  readonly cost: Readonly<Record<string, bigint>>;
}

/** What one recording holds of one day, grain and kind of charge, whatever the filters: decides which recording a report reads. */
export interface Presence extends Holding {
  readonly recording: Recording;
  readonly day: string;
  readonly grain: Grain;
  readonly charge: Charge;
  /** Events that carry a billed amount. */
  readonly billedEvents: bigint;
  /** Beside it: requests that another source of the same role and account recorded, too, and that count there. */
  readonly twins: Holding;
  /** Daily buckets whose day begins at another instant than the same date does in the window's zone. */
  readonly foreignBuckets: bigint;
}

/** A price list some stored cost was computed with. */
export interface PriceListUse {
  readonly name: string;
  readonly asOf: string;
}

/** A model of whose buckets some were priced at the lowest tier, as they state none. */
export interface LowestTier {
  readonly model: string;
  /** Largest input of a request in that tier, in tokens. */
  readonly upTo: number;
}

/**
 * An import that rejected rows, and the instants, both inclusive, between which they may lie: those of the rows it kept
 * and of the rejected ones; both `null` when the time of a rejected one is not known.
 */
export interface IncompleteImport {
  readonly import: number;
  readonly path: string;
  readonly rejected: number;
  readonly from: number | null;
  readonly to: number | null;
}
