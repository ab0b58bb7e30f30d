import { describe, expect, test } from 'vitest';
import { type RatedUse, ratedClasses } from '../../../src/hub/statement/rated-classes.js';
import type { Rates } from '../../../src/pricing/price.js';

const RATES: Rates = {
  ...{ input: '2.5', cacheRead: '0.5', cacheReadExplicit: null, cacheWrite5m: null, cacheWrite1h: null, output: '10' },
  ...{ outputThinking: null, inputAudio: '40', outputAudio: null },
};
const NO_TOKENS = {
  ...{ input: null, cacheRead: null, cacheWrite5m: null, cacheWrite1h: null, output: null, reasoning: null },
};
const use = (tokens: Partial<RatedUse['tokens']>, pico: bigint, more: Partial<RatedUse> = {}): RatedUse => ({
  ...{ events: 1n, quantities: {}, pico, ...more },
  tokens: { ...NO_TOKENS, ...tokens },
});
/** Per million tokens: a rate of 1 is 10^6 pico-units a token. */
const MICRO = 1_000_000n;
const told = (classes: ReturnType<typeof ratedClasses>) =>
  classes?.map(({ name, amount, rates, pico }) => [name, amount / MICRO, rates, pico / MICRO]);

describe('the classes of a cost', () => {
  test('are tokens times rate', () => {
    // 800 x 2.5 + 200 x 0.5 + 100 x 10 = 2,000 + 100 + 1,000 = 3,100 millionths
    expect(told(ratedClasses(use({ input: 800n, cacheRead: 200n, output: 100n }, 3100n * MICRO), RATES))).toEqual([
      ['input', 800n, ['2.5'], 2000n],
      ['cached input', 200n, ['0.5'], 100n],
      ['output', 100n, ['10'], 1000n],
    ]);
  });

  test('add up to the cost where each event was rounded: the rest stands with the largest', () => {
    const rates = { ...RATES, input: '0.0000006', output: '0.0000003' };
    // three events of 1 + 1 tokens, 0.6 + 0.3 pico, and three of 1 token of input, 0.6: each is rounded to 1, 6 in all
    const classes = ratedClasses(use({ input: 6n, output: 3n }, 6n, { events: 6n }), rates);
    expect(classes?.map(({ name, pico }) => [name, pico])).toEqual([
      ['input', 5n], // 6 x 0.6 = 3.6, so 4, and 1 that remains of 6
      ['output', 1n], // 3 x 0.3 = 0.9
    ]);
  });

  test('take audio out of the input and bill it at its own rate', () => {
    // 900 x 2.5 + 100 x 40 = 2,250 + 4,000
    const audio = use({ input: 1000n }, 6250n * MICRO, { quantities: { audio_input_tokens: 100n * MICRO } });
    expect(told(ratedClasses(audio, RATES))).toEqual([
      ['input', 900n, ['2.5'], 2250n],
      ['audio input', 100n, ['40'], 4000n],
    ]);
  });

  test('of requests that all reasoned are billed at the rate of thinking', () => {
    const rates = { ...RATES, outputThinking: '20' };
    // 100 x 20
    expect(told(ratedClasses(use({ output: 100n, reasoning: 60n }, 2000n * MICRO), rates))).toEqual([
      ['output', 100n, ['20'], 2000n],
    ]);
  });

  test('of requests that reasoned and others stand together, as a sum cannot tell them apart', () => {
    const rates = { ...RATES, outputThinking: '20' };
    // 60 x 20 + 40 x 10 = 1,600, between 100 x 10 and 100 x 20; 800 x 2.5 = 2,000
    expect(told(ratedClasses(use({ input: 800n, output: 100n, reasoning: 50n }, 3600n * MICRO), rates))).toEqual([
      ['input', 800n, ['2.5'], 2000n],
      ['output', 100n, ['10', '20'], 1600n],
    ]);
  });

  test('are not known at rates that do not make the cost, or lack one', () => {
    expect(ratedClasses(use({ input: 800n }, 2001n * MICRO), RATES)).toBeNull();
    expect(ratedClasses(use({ cacheWrite5m: 1n }, 1n), RATES)).toBeNull();
    const rates = { ...RATES, outputThinking: '20' };
    expect(ratedClasses(use({ output: 100n, reasoning: 50n }, 2001n * MICRO), rates)).toBeNull(); // above 100 x 20
    expect(ratedClasses(use({}, 5n), RATES)).toBeNull();
    expect(ratedClasses(use({}, 0n), RATES)).toEqual([]);
  });
});
