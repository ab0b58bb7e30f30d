/** What can be asked of a ledger: dimensions, the cost, the window. */

export type Dimension =
  | 'unit'
  | 'stage'
  | 'model'
  | 'provider'
  | 'source'
  | 'account'
  | 'project'
  | 'agent'
  | 'user'
  | 'day'
  | 'week'
  | 'month';

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
}

/** Dimensions the store groups by itself; week, month and stage are folded from day and role afterwards. */
export type StoredDimension = Exclude<Dimension, 'stage' | 'day' | 'week' | 'month' | 'source' | 'account'>;

export interface CellQuery {
  readonly window: Window;
  readonly by: readonly StoredDimension[];
  readonly cost: CostChoice;
  /** `all`: cells of all days of the window are added together, and their `day` is empty. */
  readonly days: 'each' | 'all';
  /** Only events of these units; `null` in the list is "unassigned". `null` instead of a list: all. */
  readonly units: readonly (string | null)[] | null;
  readonly models: readonly string[] | null;
}

/** What a report is asked. */
export interface ReportQuery {
  readonly window: Window;
  readonly by: readonly Dimension[];
  readonly cost: CostChoice;
  readonly units: readonly (string | null)[] | null;
  readonly models: readonly string[] | null;
}

/** Dimensions a report can be asked for, in the order help shows them. */
export const DIMENSIONS: readonly Dimension[] = [
  'unit',
  'stage',
  'model',
  'provider',
  'source',
  'account',
  'project',
  'agent',
  'user',
  'day',
  'week',
  'month',
];

/** How events without a unit are named. */
export const UNASSIGNED = '(unassigned)';
