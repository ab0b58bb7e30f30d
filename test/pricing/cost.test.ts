import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costOf, coveredBy } from '../../src/pricing/cost.js';
import { exactCost } from '../../src/pricing/exact-cost.js';
import { formatPico } from '../../src/pricing/money.js';
import { ALWAYS, type Price, type PriceAnswer, type Rates } from '../../src/pricing/price.js';
import type { Priceable } from '../../src/pricing/priceable.js';
import { quickCost, quickRates } from '../../src/pricing/quick-cost.js';
import { NO_TOKENS, type TokenClasses } from '../../src/pricing/token-classes.js';

const NO_RATES: Rates = {
  input: null,
  cacheRead: null,
  cacheReadExplicit: null,
  cacheWrite5m: null,
  cacheWrite1h: null,
  output: null,
  outputThinking: null,
  inputAudio: null,
  outputAudio: null,
};

const priced = (...tiers: [upTo: number | null, rates: Partial<Rates>][]): PriceAnswer => ({
  known: true,
  price: {
    model: 'm',
    provider: 'p',
    currency: 'USD',
    region: null,
    mode: 'standard',
    tiers: tiers.map(([upTo, rates]) => ({ upTo, rates: { ...NO_RATES, ...rates } })),
    source: 'list',
    asOf: '2026-11-01',
    reference: 'page',
    valid: ALWAYS,
    note: null,
  } satisfies Price,
});

/** Input is reported unless a test says otherwise. */
const used = (tokens: Partial<TokenClasses>, more: Partial<Priceable> = {}): Priceable => ({
  tokens: { ...NO_TOKENS, input: 0, ...tokens },
  quantities: {},
  cacheKind: null,
  bucket: false,
  ...more,
});

const amount = (event: Priceable, answer: PriceAnswer, ...rest: ['reasoning-only'?]): string => {
  const cost = costOf(event, answer, ...rest);
  return cost.known ? formatPico(cost.pico) : cost.reason;
};

const RATES = {
  input: '3',
  cacheRead: '0.3',
  cacheWrite5m: '3.75',
  cacheWrite1h: '6',
  output: '15',
};

test('output without any class of input has an unknown cost, not one without the input', () => {
  const answer = priced([null, RATES]);
  expect(amount(used({ input: null, output: 1000 }), answer)).toBe('input is not reported');
  expect(amount(used({ input: null, output: 1000 }, { bucket: true }), answer)).toBe('input is not reported');
  expect(amount(used({ input: null, reasoning: 10 }), answer)).toBe('output is not reported');
  expect(amount(used({ input: null, cacheRead: 0, output: 1000 }), answer)).toBe('0.015'); // 1000 x 15 / 10^6
  expect(amount(used({ input: null, output: 0 }), answer)).toBe('0');
});

describe('each token class is billed at its own rate per million', () => {
  test.each<[Partial<TokenClasses>, string]>([
    [{ input: 1000 }, '0.003'], // 1000 x 3 / 10^6
    [{ cacheRead: 1000 }, '0.0003'],
    [{ cacheWrite5m: 1000 }, '0.00375'],
    [{ cacheWrite1h: 1000 }, '0.006'],
    [{ output: 1000 }, '0.015'],
    [{ output: 1000, reasoning: 400 }, '0.015'], // reasoning is part of output, never added
    // 0.003 + 0.0003 + 0.00375 + 0.006 + 0.015
    [{ input: 1000, cacheRead: 1000, cacheWrite5m: 1000, cacheWrite1h: 1000, output: 1000 }, '0.02805'],
  ])('%j costs %s', (tokens, cost) => {
    expect(amount(used(tokens), priced([null, RATES]))).toBe(cost);
  });

  test('the whole answer names the price and the tier', () => {
    expect(costOf(used({ input: 1 }), priced([200_000, RATES], [null, RATES]))).toEqual({
      known: true,
      currency: 'USD',
      pico: 3_000_000n,
      basis: 'request',
      price: { source: 'list', asOf: '2026-11-01', model: 'm', region: null, mode: 'standard', tier: 200_000 },
    });
  });
});

describe('the tier', () => {
  const tiers = priced([32_000, { input: '1', cacheRead: '0.1', output: '1' }], [64_000, { input: '2', output: '2' }]);

  test('is chosen by all input of the request, its bound is inclusive, and it bills every token', () => {
    expect(amount(used({ input: 32_000, output: 1000 }), tiers)).toBe('0.033'); // 32,000 x 1 + 1,000 x 1
    expect(amount(used({ input: 32_001, output: 1000 }), tiers)).toBe('0.066002'); // 32,001 x 2 + 1,000 x 2
    expect(amount(used({ input: 31_999, cacheRead: 1 }), tiers)).toBe('0.0319991'); // 31,999 x 1 + 1 x 0.1
    expect(amount(used({ input: 32_000, cacheRead: 1 }), tiers)).toBe('no price for cached input'); // second tier
    expect(amount(used({ input: 32_000, output: 40_000 }), tiers)).toBe('0.072'); // output does not choose it
  });

  test('is unknown above the last bounded one', () => {
    expect(amount(used({ input: 64_001 }), tiers)).toBe('input of 64001 tokens is above the last tier');
  });

  test('of a bucket that states its tier is that one, whatever its sum', () => {
    const bucket = (tierUpTo: number | null, input: number) =>
      costOf(used({ input }, { bucket: true, tierUpTo }), tiers);
    // 1,000 x 2 by the second tier though 1,000 would be in the first; 1,000,000 x 1 by the first
    expect(bucket(64_000, 1000)).toMatchObject({ basis: 'bucket', pico: 2_000_000_000n, price: { tier: 64_000 } });
    expect(bucket(32_000, 1_000_000)).toMatchObject({ pico: 1_000_000_000_000n, price: { tier: 32_000 } });
    expect(bucket(40_000, 1000)).toMatchObject({ price: { tier: 64_000 } }); // the tier a request of 40,000 is in
    expect(bucket(null, 1000)).toMatchObject({ price: { tier: 32_000 } });
    expect(bucket(128_000, 1000)).toEqual({
      known: false,
      reason: 'the tier up to 128000 tokens is above the last tier',
    });
  });

  test('of a single request is its own, whatever it says of a tier', () => {
    expect(costOf(used({ input: 40_000 }, { tierUpTo: 32_000 }), tiers)).toMatchObject({ price: { tier: 64_000 } });
  });

  test('of a bucket is the first, and its basis says so', () => {
    const cost = costOf(used({ input: 10_000_000 }, { bucket: true }), tiers);
    expect(cost).toMatchObject({ known: true, basis: 'bucket', pico: 10_000_000_000_000n, price: { tier: 32_000 } });
  });
});

describe('cached input', () => {
  const both = priced([null, { cacheRead: '0.2', cacheReadExplicit: '0.1' }]);
  test('of an explicit cache has its own rate where there is one', () => {
    expect(amount(used({ cacheRead: 1_000_000 }, { cacheKind: 'explicit' }), both)).toBe('0.1');
    expect(amount(used({ cacheRead: 1_000_000 }, { cacheKind: 'implicit' }), both)).toBe('0.2');
    expect(amount(used({ cacheRead: 1_000_000 }), both)).toBe('0.2');
    expect(amount(used({ cacheRead: 1_000_000 }, { cacheKind: 'explicit' }), priced([null, RATES]))).toBe('0.3');
  });
});

describe('a thinking rate', () => {
  const thinking = priced([null, { output: '2', outputThinking: '8' }]);
  test('covers all output of a request that reasoned', () => {
    expect(amount(used({ output: 1_000_000, reasoning: 250_000 }), thinking)).toBe('8');
    expect(amount(used({ output: 1_000_000, reasoning: 0 }), thinking)).toBe('2');
    expect(amount(used({ output: 1_000_000 }), thinking)).toBe('2');
  });
  test('covers the reasoning alone by the other rule', () => {
    // 250,000 x 8 + 750,000 x 2 = 2 + 1.5
    expect(amount(used({ output: 1_000_000, reasoning: 250_000 }), thinking, 'reasoning-only')).toBe('3.5');
    expect(amount(used({ output: 1, reasoning: 2 }), thinking, 'reasoning-only')).toMatch(/more than the whole/);
  });
});

describe('an unknown price is never 0', () => {
  test('every class used without a rate is named', () => {
    expect(amount(used({ input: 1, cacheWrite1h: 1, output: 1 }), priced([null, { output: '1' }]))).toBe(
      'no price for input, cache write (1 h)',
    );
  });
  test('a class of which nothing was used needs no rate', () => {
    expect(amount(used({ input: 1, cacheRead: 0 }), priced([null, { input: '1' }]))).toBe('0.000001');
  });
  test('what was used beside tokens is named', () => {
    expect(amount(used({ input: 1 }, { quantities: { 'call:search': 1_000_000n } }), priced([null, RATES]))).toBe(
      'no price for call:search',
    );
    expect(amount(used({ input: 1 }, { quantities: { 'call:search': 0n } }), priced([null, RATES]))).toBe('0.000003');
  });
  test('a hostile quantity name is harmless', () => {
    const quantities = Object.fromEntries([
      ['call:\u001b[31m', 1n],
      ['__proto__', 1n],
    ]);
    expect(amount(used({}, { quantities }), priced([null, RATES]))).toBe('no price for "call:\\u001b[31m", __proto__');
  });
  test('without a price the reason is passed on, even if nothing was used', () => {
    expect(costOf(used({}), { known: false, reason: 'no price for model "x"' })).toEqual({
      known: false,
      reason: 'no price for model "x"',
    });
  });
  test('with a price, an event that reports that it used nothing costs 0', () => {
    expect(amount(used({}), priced([null, NO_RATES]))).toBe('0');
  });
  test('an event that reports nothing at all has no known cost', () => {
    const nothing = used({ input: null });
    expect(amount(nothing, priced([null, RATES]))).toBe('nothing that was used is reported');
    expect(amount({ ...nothing, quantities: { audio_input_tokens: 0n } }, priced([null, RATES]))).toBe('0');
    expect(amount(used({ input: null, cacheRead: 0 }), priced([null, RATES]))).toBe('0');
  });
  test('a cost past 64 bits is unknown', () => {
    expect(amount(used({ input: Number.MAX_SAFE_INTEGER }), priced([null, { input: '3000' }]))).toBe(
      'the cost is out of range',
    );
  });
});

describe('audio', () => {
  const audio = priced([null, { ...RATES, inputAudio: '32', outputAudio: '64' }]);
  test('is taken out of fresh input and of output and billed apart', () => {
    const quantities = { audio_input_tokens: 120_000_000n, audio_output_tokens: 10_000_000n };
    // (207 - 120) x 3 + 120 x 32 + (103 - 10) x 15 + 10 x 64 = 261 + 3840 + 1395 + 640 = 6136 millionths
    expect(amount(used({ input: 207, output: 103 }, { quantities }), audio)).toBe('0.006136');
    expect(amount(used({ input: 207, output: 103 }, { quantities }), priced([null, RATES]))).toBe(
      'no price for audio input, audio output',
    );
  });
  test('that may have been cached, or is more than the whole, has no cost', () => {
    const quantities = { audio_input_tokens: 120_000_000n };
    expect(amount(used({ input: 207, cacheRead: 1 }, { quantities }), audio)).toMatch(/cached is not reported/);
    expect(amount(used({ input: 119 }, { quantities }), audio)).toMatch(/parts of the input/);
  });
  test('image and video input is billed as input', () => {
    const quantities = { image_input_tokens: 1_247_000_000n, video_input_tokens: 5_000_000n };
    expect(amount(used({ input: 1277 }, { quantities }), audio)).toBe('0.003831'); // 1277 x 3
  });
});

test('usage that a plan covers is neither known to cost something nor without a price', () => {
  expect(coveredBy('Coding Pro')).toEqual({ known: false, plan: 'Coding Pro', reason: 'covered by plan Coding Pro' });
});

describe('the cost in plain numbers', () => {
  const count = fc.option(
    fc.oneof({ weight: 5, arbitrary: fc.nat(1_000_000) }, fc.maxSafeNat(), { weight: 3, arbitrary: fc.constant(0) }),
    { nil: null },
  );
  const rate = fc.option(
    fc.oneof(
      fc.nat(10_000).map(String),
      fc.nat(1_000_000).map((n) => formatPico(BigInt(n) * 1_000_000n)), // whole pico-units a token
      fc.nat(1_000_000).map((n) => formatPico(BigInt(n) * 1_234_567n)), // not whole
      fc.constantFrom('0', '0.0009375', '0.08333333333333334', '9007199254740991', '9007199254.740992'),
    ),
    { nil: null },
  );
  const tokensOf = fc.record({
    ...{ input: count, cacheRead: count, cacheWrite5m: count },
    ...{ cacheWrite1h: count, output: count, reasoning: count },
  });
  const ratesOf = fc.record({
    ...{ input: rate, cacheRead: rate, cacheReadExplicit: rate, cacheWrite5m: rate, cacheWrite1h: rate },
    ...{ output: rate, outputThinking: rate, inputAudio: rate, outputAudio: rate },
  });
  const quantitiesOf = fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    fc.record({ audio_input_tokens: fc.nat(9).map(BigInt) }),
  );

  test('is the exact one, or none', () => {
    let quick = 0;
    fc.assert(
      fc.property(
        ...([tokensOf, ratesOf, quantitiesOf] as const),
        fc.constantFrom('implicit' as const, 'explicit' as const, null),
        fc.constantFrom('all-output' as const, 'reasoning-only' as const),
        (tokens, rates, quantities, cacheKind, thinking) => {
          const event: Priceable = { tokens, quantities, cacheKind, bucket: false };
          const plain = quickCost(event, quickRates(rates), thinking);
          if (Number.isNaN(plain)) return;
          quick += 1;
          expect(BigInt(plain)).toBe(exactCost(event, rates, thinking));
        },
      ),
      { numRuns: 5000 },
    );
    expect(quick).toBeGreaterThan(200);
  });

  test('is there for common events at whole rates, and not past 2^53 or for fractions of a pico-unit', () => {
    const quick = (tokens: Partial<TokenClasses>, rates: Partial<Rates>) =>
      quickCost(used(tokens), quickRates({ ...NO_RATES, ...rates }), 'all-output');
    expect(quick({ input: 1000, output: 10 }, { input: '3', output: '15' })).toBe(3_150_000_000); // 1,000 x 3 + 10 x 15, x 10^6
    expect(quick({ input: 1 }, { input: '0.01875' })).toBe(18_750);
    expect(quick({ input: 1 }, { input: '0.0009375' })).toBeNaN(); // 937.5
    expect(quick({ input: 9_007_199_254 }, { input: '1' })).toBe(9_007_199_254_000_000);
    expect(quick({ input: 9_007_199_255 }, { input: '1' })).toBeNaN(); // 9,007,199,255,000,000 > 2^53 - 1
    expect(quick({ input: -1 }, { input: '1' })).toBeNaN();
  });

  test('the price of a cost is one object for all costs at one tier', () => {
    const answer = priced([null, RATES]);
    const [a, b] = [costOf(used({ input: 1 }), answer), costOf(used({ input: 2 }), answer)];
    expect(a.known && b.known && a.price === b.price).toBe(true);
  });
});

describe('exactness', () => {
  test('an event is rounded half-even to whole pico-units', () => {
    const half = priced([null, { input: '0.0000005' }]); // half a pico-unit per token
    expect(amount(used({ input: 1 }), half)).toBe('0'); // 0.5 -> 0
    expect(amount(used({ input: 3 }), half)).toBe('0.000000000002'); // 1.5 -> 2
    expect(amount(used({ input: 5 }), half)).toBe('0.000000000002'); // 2.5 -> 2
    expect(amount(used({ input: 1 }), priced([null, { input: '0.0000005000000000000000001' }]))).toBe('0.000000000001');
  });
  test('it is rounded once, not line by line', () => {
    const half = priced([null, { input: '0.0000005', output: '0.0000005' }]);
    expect(amount(used({ input: 1, output: 1 }), half)).toBe('0.000000000001'); // 0.5 + 0.5, not 0 + 0
  });
  test('batch of cache, 937.5 pico-units a token, and a third of a cent are exact', () => {
    expect(amount(used({ input: 2 }), priced([null, { input: '0.0009375' }]))).toBe('0.000000001875');
    // 12 x 0.08333333333333334 / 10^6 = 0.00000100000000000000008 -> 1,000,000 pico
    expect(amount(used({ input: 12 }), priced([null, { input: '0.08333333333333334' }]))).toBe('0.000001');
  });
  test('it equals the sum worked out class by class at whole rates', () => {
    const count = fc.nat(1_000_000_000);
    fc.assert(
      fc.property(count, count, count, count, count, (input, cacheRead, cacheWrite5m, cacheWrite1h, output) => {
        const rates = { input: '1', cacheRead: '2', cacheWrite5m: '3', cacheWrite1h: '4', output: '5' };
        const cost = costOf(used({ input, cacheRead, cacheWrite5m, cacheWrite1h, output }), priced([null, rates]));
        const micros = input + cacheRead * 2 + cacheWrite5m * 3 + cacheWrite1h * 4 + output * 5;
        expect(cost).toMatchObject({ known: true, pico: BigInt(micros) * 1_000_000n });
      }),
    );
  });
});
