/** tokenhub on hard texts of one and of two megabytes: milliseconds, and how the time grows. 2 is linear, 4 quadratic. */

import { ADVERSARIAL } from './adversarial.js';
import { MEGABYTE, written } from './inputs.js';
import { startPeer } from './peer-process.js';
import { counterModule } from './peers.js';
import { printTable } from './print-table.js';
import { showProgress } from './progress.js';
import { race } from './race.js';

/** Prints the table; gives per text `{ name, slowest, growth }`: milliseconds of one megabyte, the first run included. */
export async function measureGrowth(scratch, encoding, { megabytes, pace }) {
  const results = [];
  for (const { name, make } of ADVERSARIAL) {
    showProgress(`Growth, ${encoding}: ${name}`);
    const [one, two] = [1, 2].map((times) => ({
      ...written(scratch, `${name}-${times}`, make(times * megabytes * MEGABYTE)),
      slice: null,
    }));
    results.push({ name, ...(await grow(one, two, encoding, pace)) });
  }
  console.log(`\nGrowth with size, ${encoding}`);
  printTable(
    ['milliseconds', 'first run', `${megabytes} MB`, `${2 * megabytes} MB`, 'growth'],
    results.map(({ name, first, ms, double, growth }) => [name, ...[first, ms, double, growth].map(figure)]),
  );
  return results.map(({ name, first, ms, growth }) => ({ name, slowest: first && Math.max(first, ms), growth }));
}

const figure = (number) => (number === null ? 'died' : number.toFixed(number < 10 ? 2 : 1));

/** Each size in a process of its own, run in turn. */
async function grow(one, two, encoding, pace) {
  const start = () => startPeer(counterModule('tokenhub', encoding));
  const sizes = [one, two].map((input) => ({ name: input.path, input, start }));
  const [single, double] = await race(sizes, pace);
  const died = single.died !== null || double.died !== null;
  if (died) return { first: null, ms: null, double: null, growth: null };
  return { first: single.first, ms: single.ms, double: double.ms, growth: double.ms / single.ms };
}
