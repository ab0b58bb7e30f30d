/**
 * Counting, side by side: tokenhub, tiktoken, gpt-tokenizer, ai-tokenizer, js-tiktoken and `wc -w` on prose, code, many
 * scripts, data and hard inputs; cold start; peak memory. Then the bars, and exit code 1 when one does not hold.
 * What is measured and how: bench/README.md. Run on a quiet machine: npm run bench:count
 */

import { parseArgs } from 'node:util';
import { atLeast, atMost, judge, noneOf } from './bars.js';
import { measureColdStart } from './cold-start.js';
import { measureGrowth } from './growth.js';
import { adversarialInputs, corpora } from './inputs.js';
import { measureMemory } from './memory.js';
import { installPeers, JAVASCRIPT_PEERS, PEER_NAMES, REFERENCE } from './peers.js';
import { scratchFolder } from './scratch.js';
import { compareThroughput, THROUGHPUT_LEGEND } from './throughput.js';

const ENCODING = 'o200k_base';
const SECOND_ENCODING = 'cl100k_base';

const FULL = {
  corpus: 3.5,
  hard: 1,
  repository: 32,
  starts: 21,
  seconds: 20,
  long: 120,
  pace: { runs: 9, seconds: 20 },
};
const QUICK = { corpus: 0.3, hard: 0.1, repository: 5, starts: 3, long: 20, pace: { runs: 3, seconds: 2 } };

const PARTS = {
  corpora: measureCorpora,
  hard: measureHard,
  growth: measureAllGrowth,
  start: async (scratch, { starts }) => [
    atMost('cold count of a small file, times an empty script', 1.25, measureColdStart(scratch, ENCODING, starts)),
  ],
  memory: async (scratch, { repository, long }) => {
    const peak = await measureMemory(scratch, ENCODING, { megabytes: repository, seconds: long });
    return [atMost('peak memory on a repository of 30 MB', 130, peak, ' MB')];
  },
};

async function measureCorpora(scratch, { corpus, pace }, { corpora: folder }) {
  const inputs = corpora(scratch, { folder, megabytes: corpus });
  for (const { name, from } of inputs) console.log(`${name}: ${from}`);
  const main = await compareThroughput('Text', inputs, ENCODING, pace);
  const second = await compareThroughput('Text', inputs, SECOND_ENCODING, pace);
  const { speedOver, fastest } = ratios(main);
  return [
    ...['prose', 'code', 'data'].map((name) =>
      atLeast(`${name}: times tiktoken`, 15, speedOver(name, [REFERENCE]), 'x'),
    ),
    atLeast('multi-script: times tiktoken', 10, speedOver('multi-script', [REFERENCE]), 'x'),
    ...inputs.map(({ name }) => atLeast(`${name}: times ${fastest}`, 3, speedOver(name, JAVASCRIPT_PEERS), 'x')),
    noneOf(
      'texts counted unlike tiktoken',
      [...main, ...second].filter(isWrong).map(({ input }) => input.name),
    ),
  ];
}

/** How many times faster ours is on an input than the fastest of these; null where either side gave no time. */
function ratios(results) {
  const speedOver = (name, peers) => {
    const [ours, ...others] = results.find(({ input }) => input.name === name).lanes;
    const theirs = Math.max(...others.filter((lane) => peers.includes(lane.name)).map(({ speed }) => speed ?? 0));
    return ours.speed === null || theirs === 0 ? null : ours.speed / theirs;
  };
  return { speedOver, fastest: 'the fastest JavaScript peer' };
}

const isWrong = ({ lanes: [ours] }) => ours.isRight === false || ours.died !== null;

async function measureHard(scratch, { hard, pace }) {
  const inputs = adversarialInputs(scratch, { megabytes: hard });
  const results = await compareThroughput('Hard inputs', inputs, ENCODING, pace);
  return [
    noneOf(
      'hard inputs counted unlike tiktoken',
      results.filter(isWrong).map(({ input }) => input.name),
    ),
  ];
}

async function measureAllGrowth(scratch, { hard, pace }) {
  const bars = [];
  for (const encoding of [ENCODING, SECOND_ENCODING]) {
    const results = await measureGrowth(scratch, encoding, { megabytes: hard, pace });
    const worst = (pick) => results.reduce((a, b) => ((pick(b) ?? Infinity) > (pick(a) ?? Infinity) ? b : a));
    const slowest = worst(({ slowest }) => slowest);
    const steepest = worst(({ growth }) => growth);
    bars.push(
      atMost(`${encoding}: slowest hard megabyte (${slowest.name})`, 200, slowest.slowest, ' ms'),
      atMost(`${encoding}: time of two megabytes over one (${steepest.name})`, 3, steepest.growth),
    );
  }
  return bars;
}

const { values } = parseArgs({
  options: {
    corpora: { type: 'string' },
    quick: { type: 'boolean', default: false },
    part: { type: 'string', multiple: true, default: Object.keys(PARTS) },
  },
});
const scratch = scratchFolder();
installPeers();
console.log(`tokenhub beside ${PEER_NAMES.join(', ')} and wc -w; Node ${process.version}\n${THROUGHPUT_LEGEND}\n`);
const bars = [];
for (const part of values.part) bars.push(...(await PARTS[part](scratch, values.quick ? QUICK : FULL, values)));
judge(bars);
