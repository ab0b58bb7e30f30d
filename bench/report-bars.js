/** The bars of `bench:report`. */

import { atMost, noneOf } from './bars.js';
import { QUESTIONS } from './questions.js';
import { countText } from './usage-log.js';

/** Milliseconds in the store, and growth over ten times the rows. */
const LONGEST = 50;
const MOST_GROWTH = 2;

export function reportBars(results, { isAlone }) {
  const [small, large] = [results[0], results.at(-1)];
  const times = QUESTIONS.map(({ name }) =>
    atMost(`${countText(large.rows)}: ${name}`, LONGEST, large.ours[name], ' ms'),
  );
  const growth = QUESTIONS.map(({ name }) =>
    atMost(
      `${name}, times that at ${countText(small.rows)}`,
      MOST_GROWTH,
      ratio(large.ours[name], small.ours[name]),
      'x',
    ),
  );
  const answers = results.map(({ rows, wrong }) => noneOf(`${countText(rows)}: answers unlike SQLite's`, wrong));
  return [...times, ...(results.length > 1 ? growth : []), ...(isAlone ? [] : answers)];
}

const ratio = (large, small) => (large === null || small === null ? null : large / small);
