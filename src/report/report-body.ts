/** The body of `report --format json`: the shape of the contract, counts as bigint, money as decimal text. */

import type { PriceListUse, TokenSums } from './cell.js';
import type { CostChoice, Dimension } from './query.js';
import type { RecordingUse } from './recording-use.js';
import type { Straddling } from './straddling.js';
import type { UnitMetrics } from './unit-metrics.js';

/** Decimal text by currency. */
export type CostTexts = Readonly<Record<string, string>>;

/** The figures of one row, or of the total. */
export interface Figures {
  readonly requests: bigint;
  /** `null`: no event reported it. */
  readonly tokens: TokenSums & { readonly total: bigint | null };
  /** Decimal text by name of the quantity (`image`, `second`). */
  readonly quantities: Readonly<Record<string, string>>;
  readonly cost: CostTexts;
  readonly unpriced: { readonly events: bigint; readonly tokens: bigint };
  readonly metrics: UnitMetrics;
}

/** One row: the value of every dimension asked for (`null`: the events have none), then the figures. */
export type ReportRow = Readonly<Partial<Record<Dimension, string | null>>> & Figures;

export interface ReportBody {
  readonly query: {
    readonly by: readonly Dimension[];
    /** Half-open window, ISO 8601 in UTC; `null`: open. */
    readonly from: string | null;
    readonly to: string | null;
    readonly tz: string;
    readonly cost: CostChoice;
    /** `(unassigned)` for events without a unit; `null`: all. */
    readonly units: readonly string[] | null;
    readonly models: readonly string[] | null;
    /** How much of each currency's cost is billed, computed and claimed. */
    readonly costKinds: Readonly<Record<string, Readonly<Partial<Record<'billed' | 'computed' | 'claimed', string>>>>>;
    readonly recordings: readonly RecordingUse[];
    /**
     * Daily buckets read, before any filter, whose day begins at another instant than that date does in `tz`: they keep
     * their issuer's calendar.
     */
    readonly foreignBuckets: bigint;
  };
  readonly prices: readonly PriceListUse[];
  /** Imports over the window that rejected rows: the figures below may be too low. */
  readonly incomplete: readonly {
    readonly import: number;
    readonly path: string;
    readonly rejected: number;
    readonly from: string | null;
    readonly to: string | null;
  }[];
  /** Daily buckets cut by an edge of the window: not in the figures below. */
  readonly straddling: readonly Straddling[];
  readonly warnings: readonly string[];
  /** Records read that no rule and no `unit` column assigned. */
  readonly unassigned: { readonly events: bigint; readonly tokens: bigint };
  /** Usage that is unpriced in its row because the bill of its day cannot be split by the dimensions and filters. */
  readonly unsplit: { readonly days: readonly string[]; readonly events: bigint; readonly tokens: bigint };
  readonly totals: Figures;
  readonly rows: readonly ReportRow[];
}
