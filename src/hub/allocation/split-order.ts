/** Which unit's cost is split before which, as a split may feed another one; and circles, in which none is first. */

import { type Allocation, isInForce, namedTargets } from './allocation.js';

/** Units, `null` for what is of none, and those each splits its cost over. */
type Feeds = ReadonlyMap<string | null, readonly string[]>;

/**
 * A circle of units each of which splits its cost over the next on one and the same day; `null`: there is none.
 *
 * @returns the units, the first one again at the end: `['a', 'b', 'a']`
 */
export function splitCircle(allocations: readonly Allocation[]): readonly string[] | null {
  // Whatever is in force together is so on the first day of one of them.
  for (const day of new Set(allocations.map(({ since }) => since ?? ''))) {
    const circle = walk(feedsOf(allocations.filter((each) => isInForce(each, day)))).circle;
    if (circle !== null) return circle;
  }
  return null;
}

/** Units that split their cost, each before those it feeds. There must be no circle. */
export const splitOrder = (allocations: readonly Allocation[]): readonly (string | null)[] =>
  walk(feedsOf(allocations)).order;

function feedsOf(allocations: readonly Allocation[]): Feeds {
  const feeds = new Map<string | null, string[]>();
  for (const allocation of allocations)
    if (allocation.kind === 'unit')
      feeds.set(allocation.from, [...(feeds.get(allocation.from) ?? []), ...namedTargets(allocation)]);
  return feeds;
}

interface Walked {
  readonly order: readonly (string | null)[];
  readonly circle: readonly string[] | null;
}

/** Depth first: a unit stands before all it leads to; one that leads to itself is on the path when it is met again. */
function walk(feeds: Feeds): Walked {
  const done = new Set<string | null>();
  const path: (string | null)[] = [];
  let circle: readonly string[] | null = null;
  function visit(unit: string | null): void {
    if (circle !== null || done.has(unit)) return;
    const met = path.indexOf(unit);
    if (met >= 0) {
      circle = [...path.slice(met), unit].filter((each) => each !== null); // nothing leads to no unit
      return;
    }
    path.push(unit);
    for (const target of feeds.get(unit) ?? []) visit(target);
    path.pop();
    done.add(unit);
  }
  for (const unit of feeds.keys()) visit(unit);
  return { order: [...done].reverse().filter((unit) => feeds.has(unit)), circle };
}
