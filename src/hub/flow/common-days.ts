/** On which days two stages can be compared. */

import type { FlowCell } from './flow-cell.js';

/** Days, `YYYY-MM-DD`, on which each recording has any event in the window, by its key. */
export type RecordingDays = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * The days that both sides cover: on which a recording that has these tokens in the window has any event at all. A day
 * without a record is no day without usage, so what the other side has of it is not compared.
 *
 * A bucket of several days cannot be divided: where one of its days is not common, none of them is.
 *
 * Time O(days of the cells) for each time that a bucket takes days away.
 */
export function commonDays(
  before: readonly FlowCell[],
  after: readonly FlowCell[],
  daysOf: RecordingDays,
): ReadonlySet<string> {
  const covered = coveredBy(after, daysOf);
  const common = new Set([...coveredBy(before, daysOf)].filter((day) => covered.has(day)));
  const buckets = [...before, ...after].filter(({ days }) => days.length > 1);
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const { days } of buckets) {
      if (days.every((day) => common.has(day))) continue;
      for (const day of days) if (common.delete(day)) isSettled = false;
    }
  }
  return common;
}

function coveredBy(cells: readonly FlowCell[], daysOf: RecordingDays): ReadonlySet<string> {
  const recordings = new Set(cells.map(({ recording }) => recording));
  return new Set([...recordings].flatMap((recording) => [...(daysOf.get(recording) ?? [])]));
}
