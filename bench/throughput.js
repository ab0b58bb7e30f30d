/** MB of UTF-8 per second, tokenhub beside its peers and `wc -w`, on any inputs; and whether the counts are right. */

import { MEGABYTE } from './inputs.js';
import { startPeer } from './peer-process.js';
import { COUNTERS, counterModule, REFERENCE } from './peers.js';
import { printTable, threeDigits } from './print-table.js';
import { showProgress } from './progress.js';
import { race } from './race.js';
import { startWordCount } from './word-count.js';

const [OURS, ...PEERS] = COUNTERS;
const WC = 'wc -w';

/** Prints the table; gives per input `{ input, lanes }`, where a lane has `speed` (or null) and `isRight` (or null). */
export async function compareThroughput(title, inputs, encoding, pace) {
  const entrants = COUNTERS.map((name) => ({ name, start: () => startPeer(counterModule(name, encoding)) }));
  entrants.push({ name: WC, start: startWordCount });
  const results = [];
  for (const input of inputs) {
    showProgress(`${title}, ${encoding}: ${input.name}`);
    const lanes = await race(
      entrants.map((entrant) => ({ ...entrant, input })),
      pace,
    );
    const reference = await referenceCounts(lanes, encoding, pace);
    results.push({ input, lanes: lanes.map((lane) => judged(lane, reference)) });
  }
  console.log(`\n${title}, ${encoding}`);
  printTable(
    ['MB/s (ratio)', 'kB', OURS, ...PEERS, WC],
    results.map(({ input, lanes }) => rowOf(input, lanes)),
  );
  return results;
}

const judged = (lane, reference) => {
  const right = reference.get(lane.input.path) ?? null;
  return {
    ...lane,
    speed: lane.ms === null ? null : (lane.input.bytes / MEGABYTE / lane.ms) * 1000,
    isRight: right === null || lane.tokens === null ? null : lane.tokens === right,
  };
};

/** Path of an input to what the reference counts there: the input itself, and slices that others made do with. */
async function referenceCounts(lanes, encoding, { seconds }) {
  const own = lanes.find(({ name }) => name === REFERENCE);
  const counts = new Map([[own.input.path, own.tokens]]);
  const others = new Set(lanes.map(({ input }) => input.path).filter((path) => !counts.has(path)));
  for (const path of others) {
    const peer = startPeer(counterModule(REFERENCE, encoding));
    counts.set(path, (await peer.ask({ paths: [path] }, seconds)).tokens ?? null);
    peer.stop();
  }
  return counts;
}

function rowOf(input, [ours, ...others]) {
  const cells = others.map((lane) => cellOf(lane, ours, input));
  return [input.name, kilobytes(input), ours.died ?? `${threeDigits(ours.speed)}${markOf(ours)}`, ...cells];
}

/** Speed, how many times faster ours is, whether the count is right; or why not, and the speed on a slice. */
function cellOf(lane, ours, input) {
  const failed = lane.died === null ? '' : lane.died;
  if (lane.speed === null) return failed;
  const ratio = ours.speed === null ? '' : ` (${threeDigits(ours.speed / lane.speed)}x)`;
  const slice = lane.input === input ? '' : `; on ${kilobytes(lane.input)} kB: `;
  return `${failed}${slice}${threeDigits(lane.speed)}${ratio}${lane.name === WC ? '' : markOf(lane)}`;
}

const kilobytes = ({ bytes }) => (bytes / 1000).toFixed(0);
const markOf = ({ isRight }) => (isRight === null ? ' ?' : isRight ? ' =' : ' ≠');

/** How to read the table. */
export const THROUGHPUT_LEGEND = `\
(ratio): tokenhub is so many times faster. = the count is that of tiktoken, ≠ it is not, ? tiktoken gave none.
crash: the process died or threw. > n s: given up and killed.`;
