/** What rows of a report may be told apart by, and the names people type for it. */

/** Dimensions of an event that the store groups by. An event without a value has `null`. */
const PLAIN_STORED = [
  'unit',
  'model',
  'provider',
  'agent',
  'project',
  'user',
  'key',
  'workspace',
  'team',
  'service',
  'consumer',
  'session',
  'status',
  'mode',
  'charge',
  'hour',
] as const;

/** Dimensions folded from a cell's recording and day afterwards. */
const PLAIN_FOLDED = [
  ...(['stage', 'role', 'source', 'account', 'operator'] as const),
  ...(['day', 'week', 'month', 'quarter', 'year'] as const),
] as const;

/** `hour`: `2026-10-05T14` in the window's zone; `null` for buckets of a day or more. `tag:app`: the value of that tag. */
export type StoredDimension = (typeof PLAIN_STORED)[number] | `tag:${string}`;

/** `cycle:15`: billing cycles that start on day 15 of a month. `unit:1`: the units at the top of the tree, `unit:2` those beneath. */
export type FoldedDimension = (typeof PLAIN_FOLDED)[number] | `cycle:${number}` | `unit:${number}`;

export type Dimension = StoredDimension | FoldedDimension;

/** Dimensions a report can be asked for, in the order help shows them; beside them `unit:<level>`, `tag:<name>` and `cycle:<day>`. */
export const DIMENSIONS = [
  ...(['unit', 'stage', 'model', 'provider', 'role', 'source', 'account', 'project', 'agent', 'user', 'key'] as const),
  ...(['workspace', 'team', 'service', 'consumer', 'session', 'status', 'mode', 'charge', 'operator'] as const),
  ...(['hour', 'day', 'week', 'month', 'quarter', 'year'] as const),
] satisfies readonly Dimension[];

const FOLDED: ReadonlySet<string> = new Set(PLAIN_FOLDED);
const TIMES: ReadonlySet<string> = new Set(['hour', 'day', 'week', 'month', 'quarter', 'year']);

export const isStored = (dimension: Dimension): dimension is StoredDimension =>
  !FOLDED.has(dimension) && cycleDay(dimension) === null && unitLevel(dimension) === null;

export const isTime = (dimension: Dimension): boolean => TIMES.has(dimension) || cycleDay(dimension) !== null;

/** Day of the month on which the cycles of a dimension start, 1 to 31; `null`: it has none. */
export function cycleDay(dimension: string): number | null {
  const [, day] = /^cycle:([1-9]\d?)$/.exec(dimension) ?? [];
  return day === undefined || Number(day) > 31 ? null : Number(day);
}

/** Level of the tree of units, from 1 at the top, of a dimension such as `unit:2`; `null`: it has none. */
export function unitLevel(dimension: string): number | null {
  const [, level] = /^unit:([1-9])$/.exec(dimension) ?? [];
  return level === undefined ? null : Number(level);
}

/** Name of the tag of a dimension such as `tag:app`; `null`: it is of no tag. */
export const tagName = (dimension: string): string | null =>
  dimension.startsWith('tag:') && dimension.length > 4 ? dimension.slice(4) : null;

/** The dimension of a name; `null` when it is the name of none. */
export const dimensionNamed = (name: string): Dimension | null =>
  (DIMENSIONS as readonly string[]).includes(name) || [tagName, cycleDay, unitLevel].some((read) => read(name) !== null)
    ? (name as Dimension)
    : null;
