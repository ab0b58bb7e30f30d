import { groupBy } from '../group-by.js';
import { daySpan, isRange } from './day-text.js';
import type { View } from './view.js';

type Place = Pick<View, 'recording' | 'day'>;

/**
 * The parts of time for which one decision is made: for each account its days; days that a bucket of several days covers
 * are one part with it, and so are those of buckets that overlap.
 *
 * @returns  the key of the part a view, or a cell, of these is in
 */
export function accountSpans(places: readonly Place[]): (place: Place) => string {
  const ranges = places.filter(({ day }) => isRange(day));
  const merged = new Map(
    [...groupBy(ranges, ({ recording }) => recording.account)].map(([account, ofOne]) => [account, mergedSpans(ofOne)]),
  );
  return ({ recording: { account }, day }) => {
    const { first } = daySpan(day);
    const span = merged.get(account)?.find((each) => each.first <= first && first <= each.last);
    return JSON.stringify([account, span === undefined ? day : `${span.first}..${span.last}`]);
  };
}

/** Spans that do not overlap, in order. */
function mergedSpans(ranges: readonly Place[]): { first: string; last: string }[] {
  const spans: { first: string; last: string }[] = [];
  for (const { first, last } of ranges.map(({ day }) => daySpan(day)).sort((a, b) => (a.first < b.first ? -1 : 1))) {
    const before = spans.at(-1);
    if (before !== undefined && first <= before.last) before.last = last > before.last ? last : before.last;
    else spans.push({ first, last });
  }
  return spans;
}
