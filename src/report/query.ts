/** What can be asked of a ledger: dimensions, the cost, the window, conditions. */

import type { Dimension, StoredDimension } from './dimension.js';
import type { Filter, StoredField } from './filter.js';
import type { Organisation } from './organisation.js';
import type { Sort } from './row-order.js';

/** `billed` else `computed` per event (`auto`), or one of the three amounts alone. */
export type CostChoice = 'auto' | 'billed' | 'computed' | 'claimed';

/** A half-open window `[from, to)` of instants in ms; `null`: open. Daily buckets are in it by their own calendar date. */
export interface Window {
  readonly from: number | null;
  readonly to: number | null;
  /** First and last calendar date `YYYY-MM-DD`, both inclusive, that lie wholly inside the window in `timeZone`. */
  readonly firstDay: string | null;
  readonly lastDay: string | null;
  /** IANA zone whose days the question is about. */
  readonly timeZone: string;
  /** `cut`: the buckets that an edge of the window cuts, and nothing of what lies inside it. */
  readonly only?: 'cut';
}

/** What a ledger is asked: the events of the window that meet every condition, as totals by `by`. */
export interface CellQuery {
  readonly window: Window;
  /** Dimensions the store groups by itself; the others are folded from day and recording afterwards. */
  readonly by: readonly StoredDimension[];
  readonly cost: CostChoice;
  /**
   * `all`: cells of all days of the window are added together, and their `day` is empty. `month`: those of a calendar
   * month are, and their `day` is its first one; buckets of several days keep theirs.
   */
  readonly days: 'each' | 'month' | 'all';
  /** Only events of these units; `null` in the list is "unassigned". `null` instead of a list: all. */
  readonly units: readonly (string | null)[] | null;
  readonly models: readonly string[] | null;
  readonly filters: readonly Filter<StoredField>[];
  /** Whether cells are to have `latency`. */
  readonly latency: boolean;
  /** What only the first rows need; `null`: all cells as they are. */
  readonly top: TopCells | null;
}

/**
 * Only the values of the one dimension asked for that can be among the first `rows` by a figure, highest first, are told
 * apart for sure; a ledger may add the cells of others together (`Cell.others`). Of cost there is one currency.
 */
export interface TopCells {
  readonly rows: number;
  readonly by: 'tokens' | 'cost';
}

/** What a report is asked. */
export interface ReportQuery extends Omit<CellQuery, 'by' | 'days' | 'filters' | 'top'> {
  readonly by: readonly Dimension[];
  readonly organisation: Organisation;
  readonly filters: readonly Filter[];
  /** Whether billed, computed and claimed cost are told beside each other, too. */
  readonly sideBySide: boolean;
  /** Order of the rows; `null`: dimension by dimension, see `orderRows`. */
  readonly sort: Sort | null;
  /** Rows shown; the others are one more row. `null`: all. */
  readonly top: number | null;
}

/** How events without a unit are named. */
export const UNASSIGNED = '(unassigned)';
