/** The body of `report --format json`: the shape of the contract, counts as bigint, money as decimal text. */

import type { RateKind } from '../pricing/exchange.js';
import type { Recording } from '../usage/recording.js';
import type { ReportAllocation, RowAllocation } from './allocated.js';
import type { PriceListUse } from './cell.js';
import type { Comparison } from './compare.js';
import type { Converted, RateUse } from './converted.js';
import type { Dimension } from './dimension.js';
import type { Figures, Usage } from './figures.js';
import type { FilterOp } from './filter.js';
import type { PerMetric } from './kpi.js';
import type { CostChoice } from './query.js';
import type { RecordingUse } from './recording-use.js';
import type { Sort } from './row-order.js';
import type { ByKind, SideBySide } from './side-by-side.js';
import type { Straddling } from './straddling.js';

/** Figures, and beside them what was asked for. */
export type RowFigures = Figures &
  Partial<Comparison> & {
    /** Billed, computed and claimed beside each other. */
    readonly costs?: SideBySide;
    /** In the currency asked for. */
    readonly converted?: Converted;
    /** Shared cost that came to it and that it gave away. */
    readonly allocation?: RowAllocation;
    /** Per ticket, document or user. */
    readonly per?: PerMetric;
  };

/**
 * One row: the value of every dimension asked for (`null`: the events have none), then the figures. `others`: the number
 * of rows folded into this one, the last, whose first value is `(others, n)`.
 */
export type ReportRow = Readonly<Partial<Record<Dimension, string | null>>> & {
  readonly others?: number;
} & RowFigures;

export interface ReportBody {
  readonly query: {
    readonly by: readonly Dimension[];
    /** Half-open window, ISO 8601 in UTC; `null`: open. */
    readonly from: string | null;
    readonly to: string | null;
    readonly tz: string;
    /** `all`: billed, computed and claimed beside each other; what is sorted and divided is `auto`. */
    readonly cost: CostChoice | 'all';
    /** Of `all`: the recordings each cost was read of. */
    readonly costRecordings?: ByKind<readonly Recording[]>;
    /** `(unassigned)` for events without a unit; `null`: all. */
    readonly units: readonly string[] | null;
    readonly models: readonly string[] | null;
    /** `(none)` for events without a value. */
    readonly filters: readonly { readonly field: string; readonly op: FilterOp; readonly values: readonly string[] }[];
    readonly sort: Sort | null;
    readonly top: number | null;
    /** The period compared with, half-open. */
    readonly compare: { readonly from: string | null; readonly to: string | null } | null;
    /** Metric whose cost per unit is told. */
    readonly per: string | null;
    /** Currency that costs are converted into beside the originals, and the rates used. */
    readonly exchange: { readonly currency: string; readonly rate: RateKind; readonly used: readonly RateUse[] } | null;
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
  readonly unassigned: Usage;
  /** Usage that is unpriced in its row because the bill of its day cannot be split by the dimensions and filters. */
  readonly unsplit: { readonly days: readonly string[]; readonly events: bigint; readonly tokens: bigint };
  /** How shared cost was split; absent: not asked for. */
  readonly allocation?: ReportAllocation;
  readonly totals: RowFigures;
  readonly rows: readonly ReportRow[];
}
