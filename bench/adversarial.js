/**
 * Inputs that are hard on tokenizers, at one and two megabytes: milliseconds, and how the time grows with the size
 * (2 is linear, 4 quadratic). `tiktoken` is left out: it crashes on the first and takes minutes on the third.
 * Run on a quiet machine: npm run bench:adversarial
 */

import { countTokens } from '../dist/index.js';

const RUNS = 7;
const MEGABYTE = 1_000_000;

/** Text of the size from a pattern, or from characters by a fixed pseudo-random sequence. */
const repeat = (text) => (size) => text.repeat(Math.ceil(size / text.length)).slice(0, size);
/** xorshift32, seed fixed: the same text in every run. */
const random = (letters) => (size) => {
  let state = 2463534242;
  return Array.from({ length: size }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return letters[(state >>> 0) % letters.length];
  }).join('');
};

const INPUTS = {
  'letter a': repeat('a'),
  base64: random('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'),
  blanks: repeat(' '),
  newlines: repeat('\n'),
  dashes: repeat('-'),
  'random lower case': random('abcdefghijklmnopqrstuvwxyz'),
  'upper and lower': repeat('aA'),
  digits: repeat('0123456789'),
  'combining marks': repeat('\u0301'),
};

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

function time(text, encoding) {
  const runs = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    countTokens(text, { encoding });
    return performance.now() - start;
  });
  return median(runs);
}

for (const encoding of ['o200k_base', 'cl100k_base']) {
  console.log(`${encoding.padEnd(20)} 1 MB       2 MB     growth`);
  for (const [name, make] of Object.entries(INPUTS)) {
    const [one, two] = [MEGABYTE, 2 * MEGABYTE].map((size) => time(make(size), encoding));
    console.log(
      `${name.padEnd(18)} ${one.toFixed(1).padStart(6)} ms  ${two.toFixed(1).padStart(6)} ms  ${(two / one).toFixed(2).padStart(6)}`,
    );
  }
}
