/** The parts of `bench:count`: each prints its tables and gives its bars. */

import { atLeast, atMost, noneOf } from './bars.js';
import { measureColdStart } from './cold-start.js';
import { measureGrowth } from './growth.js';
import { corpora, corporaNearby, hardInputs } from './inputs.js';
import { measureMemory } from './memory.js';
import { JAVASCRIPT_PEERS, REFERENCE } from './peers.js';
import { compareThroughput } from './throughput.js';

const ENCODING = 'o200k_base';
const SECOND_ENCODING = 'cl100k_base';

/** Sizes in megabytes, numbers of runs, and seconds after which a peer is given up. */
export const FULL = {
  text: { megabytes: 3.5, pace: { runs: 9, seconds: 20 } },
  hard: { megabytes: 1, pace: { runs: 9, seconds: 5 } },
  starts: 21,
  repository: { megabytes: 32, seconds: 120 },
};
/** To see that the bench runs; its figures mean little. */
export const QUICK = {
  text: { megabytes: 0.3, pace: { runs: 3, seconds: 2 } },
  hard: { megabytes: 0.1, pace: { runs: 3, seconds: 1 } },
  starts: 3,
  repository: { megabytes: 5, seconds: 20 },
};

/** Hard texts that most peers live through; in megabytes. */
const SMALL = 0.008;

/** Each is called with the scratch folder, `FULL` or `QUICK`, and the flags. */
export const parts = {
  async text(scratch, { text: { megabytes, pace } }, { corpora: named, made }) {
    const folder = made ? null : (named ?? corporaNearby());
    const inputs = corpora(scratch, { folder, megabytes });
    for (const { name, from } of inputs) console.log(`${name}: ${from}`);
    const main = await compareThroughput('Text', inputs, ENCODING, pace);
    const second = await compareThroughput('Text', inputs, SECOND_ENCODING, pace);
    return [...main.flatMap(speedBars), countBar('texts', [...main, ...second])];
  },

  async hard(scratch, { hard: { megabytes, pace } }) {
    const large = hardInputs(scratch, { megabytes });
    const results = await compareThroughput('Hard inputs', large, ENCODING, pace);
    const small = hardInputs(scratch, { megabytes: SMALL });
    return [
      countBar('hard inputs', [...results, ...(await compareThroughput('The same, small', small, ENCODING, pace))]),
    ];
  },

  async growth(scratch, { hard }) {
    const results = [];
    for (const encoding of [ENCODING, SECOND_ENCODING]) {
      const inputs = await measureGrowth(scratch, encoding, hard);
      results.push(...inputs.map((input) => ({ ...input, name: `${input.name}, ${encoding}` })));
    }
    const slowest = worst(results, ({ slowest }) => slowest);
    const steepest = worst(results, ({ growth }) => growth);
    return [
      atMost(`slowest hard megabyte (${slowest.name})`, 200, slowest.slowest, ' ms'),
      atMost(`twice the text takes so many times as long (${steepest.name})`, 3, steepest.growth, 'x'),
    ];
  },

  async start(scratch, { starts }) {
    const { afterFirst, firstEver } = measureColdStart(scratch, ENCODING, starts);
    return [
      atMost('count of a small file, times an empty script', 1.25, afterFirst, 'x'),
      atMost('the first such count after an installation', 2, firstEver, 'x'),
    ];
  },

  async memory(scratch, { repository }) {
    const peak = await measureMemory(scratch, ENCODING, repository);
    return [atMost('peak memory on a repository', 130, peak, ' MB')];
  },
};

/** The bars of one text: against the reference, and against the fastest of the JavaScript peers. */
function speedBars({ input: { name }, lanes }) {
  const [ours] = lanes;
  const timesFaster = (peers) => {
    const speeds = lanes.filter((lane) => peers.includes(lane.name)).map(({ speed }) => speed ?? 0);
    const theirs = Math.max(...speeds);
    return ours.speed === null || theirs === 0 ? null : ours.speed / theirs;
  };
  return [
    atLeast(`${name}, times tiktoken`, name === 'multi-script' ? 10 : 15, timesFaster([REFERENCE]), 'x'),
    atLeast(`${name}, times the fastest JavaScript peer`, 3, timesFaster(JAVASCRIPT_PEERS), 'x'),
  ];
}

function countBar(what, results) {
  const wrong = results.filter(({ lanes: [ours] }) => ours.isRight === false || ours.died !== null);
  return noneOf(
    `${what} counted unlike tiktoken`,
    wrong.map(({ input }) => input.name),
  );
}

/** The result whose figure is the largest; one without a figure is the worst. */
const worst = (results, figureOf) =>
  results.reduce((a, b) => ((figureOf(b) ?? Infinity) > (figureOf(a) ?? Infinity) ? b : a));
