/** The bars of `bench:import`. */

import { atLeast, atMost, noneOf } from './bars.js';
import { DUCK, FLAT, MIXED, OURS, SQLITE } from './import-race.js';
import { median } from './median.js';
import { JUDGED_FROM } from './sizes.js';
import { countText } from './usage-log.js';

/** Megabytes, whatever the size of the log. */
const MOST_MEMORY = 300;
const MOST_GROWTH = 1.25;

export const importBars = (results) => [...results.flatMap(barsOfSize), ...growthBars(results)];

function barsOfSize({ rows, lanes, wrong }) {
  const name = (what) => `${countText(rows)}: ${what}`;
  return [
    atLeast(name('times sqlite3 doing the same work'), 2, timesAsLong(lanes, SQLITE), 'x'),
    atLeast(name('times DuckDB with key and price'), rows > JUDGED_FROM ? 1.3 : 1, timesAsLong(lanes, DUCK), 'x'),
    atMost(name('file, times a flat table'), 0.6, lanes[OURS].size / lanes[FLAT].size, 'x'),
    ...(lanes[MIXED] === undefined
      ? []
      : [atMost(name('random order, times near order'), 2.5, timesAsLong(lanes, MIXED), 'x')]),
    atMost(name('peak memory'), MOST_MEMORY, lanes[OURS].peak, ' MB'),
    noneOf(name('added again, or unlike what SQLite adds up'), wrong),
  ];
}

/** Medians of the rounds' ratios. */
const timesAsLong = (lanes, name) => median(lanes[name].times.map((ms, round) => ms / lanes[OURS].times[round]));

/** Memory must not follow the size of the log. */
function growthBars(results) {
  if (results.length < 2) return [];
  const [small, large] = [results[0], results.at(-1)];
  const growth = large.lanes[OURS].peak / small.lanes[OURS].peak;
  return [
    atMost(`peak memory at ${countText(large.rows)}, times that at ${countText(small.rows)}`, MOST_GROWTH, growth, 'x'),
  ];
}
