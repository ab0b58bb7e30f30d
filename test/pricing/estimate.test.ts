import { describe, expect, test } from 'vitest';
import { ESTIMATED_MODELS } from '../../src/cli/flows/estimate-models.js';
import { type CallPlan, callOf, costOfCalls, exceedsInput, tokensOfPortion } from '../../src/pricing/call-plan.js';
import { parseDecimal } from '../../src/pricing/decimal.js';
import { defaultPriceBook } from '../../src/pricing/default-book.js';
import { cheapestFirst, estimateCall, type InputCount } from '../../src/pricing/estimate.js';
import { formatPico } from '../../src/pricing/money.js';
import { ALWAYS, type Mode, type PriceAnswer, type Rates } from '../../src/pricing/price.js';
import { contextWindowOf } from '../../src/tokenizer/context-windows.js';
import { resolveModel } from '../../src/tokenizer/models.js';
import { providerOf } from '../../src/usage/providers.js';

const AT = Date.UTC(2026, 10, 1);
const NONE = { tokens: 0 };
const plan = (facts: Partial<CallPlan> = {}): CallPlan => ({
  output: 0,
  cached: NONE,
  written: NONE,
  thinking: false,
  ...facts,
});
const exact = (tokens: number): InputCount => ({ tokens, low: tokens, high: tokens });
const share = (text: string) => ({ share: parseDecimal(text) });

async function priceOf(model: string, region: 'cn' | 'intl' = 'intl', mode: Mode = 'standard'): Promise<PriceAnswer> {
  const book = defaultPriceBook({ user: null, region, contracts: [] });
  const provider = providerOf(model, null);
  await book.prepare([provider]);
  return book.find({ model, provider, at: AT, mode });
}

const costText = (input: InputCount, answer: PriceAnswer, facts: Partial<CallPlan> = {}): string | null => {
  const { cost } = estimateCall({ input, plan: plan(facts), answer, window: null });
  return cost === null ? null : `${formatPico(cost.pico)} ${cost.currency}`;
};

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
const listed = (...tiers: [upTo: number | null, rates: Partial<Rates>][]): PriceAnswer => ({
  known: true,
  price: {
    ...{ model: 'm', provider: 'p', currency: 'USD', region: null, mode: 'standard', source: 's', asOf: '2026' },
    ...{
      reference: '',
      valid: ALWAYS,
      note: null,
      tiers: tiers.map(([upTo, rates]) => ({ upTo, rates: { ...NO_RATES, ...rates } })),
    },
  },
});

describe('the cost of one call', () => {
  test('is that of the tier of its whole input, bounds included', async () => {
    const intl = await priceOf('qwen3-max');
    // 32,000 x 1.2 + 1,000 x 6 = 44,400 millionths; one token more: 32,001 x 2.4 + 1,000 x 12 = 88,802.4
    expect(costText(exact(32_000), intl, { output: 1000 })).toBe('0.0444 USD');
    expect(costText(exact(32_001), intl, { output: 1000 })).toBe('0.0888024 USD');
    const cn = await priceOf('qwen3-max', 'cn');
    // 32,000 x 2.5 + 1,000 x 10 = 90,000; 32,001 x 4 + 1,000 x 16 = 144,004
    expect(costText(exact(32_000), cn, { output: 1000 })).toBe('0.09 CNY');
    expect(costText(exact(32_001), cn, { output: 1000 })).toBe('0.144004 CNY');
  });

  test('bills the cached part at the cached rate, and the tier still by all input', async () => {
    // 8,000 x 1.25 + 2,000 x 2.5 + 500 x 10 = 20,000 millionths
    const gpt = await priceOf('gpt-4o');
    expect(costText(exact(10_000), gpt, { output: 500, cached: share('0.8') })).toBe('0.02 USD');
    expect(costText(exact(10_000), gpt, { output: 500, cached: { tokens: 8000 } })).toBe('0.02 USD');
    // implicit hit of 20%: 30,001 x 0.48 + 2,000 x 2.4 = 19,200.48
    expect(costText(exact(32_001), await priceOf('qwen3-max'), { cached: { tokens: 30_001 } })).toBe('0.01920048 USD');
  });

  test('that writes to a cache reads explicit hits of it', async () => {
    // 1,000 x 3 (write, 125% of 2.4) + 30,000 x 0.24 (explicit hit, 10%) + 2,000 x 2.4 = 15,000
    const facts = { cached: { tokens: 30_000 }, written: { tokens: 1000 } };
    expect(costText(exact(33_000), await priceOf('qwen3-max'), facts)).toBe('0.015 USD');
    expect(costText(exact(33_000), await priceOf('gpt-4o'), facts)).toBeNull();
  });

  test('in batch mode is half, and in a mode without a price unknown', async () => {
    // 10,000 x 1.25 + 500 x 5 = 15,000
    expect(costText(exact(10_000), await priceOf('qwen3-max', 'cn', 'batch'), { output: 500 })).toBe('0.015 CNY');
    const { status, reason } = estimateCall({
      input: exact(10),
      plan: plan(),
      answer: await priceOf('gpt-4o', 'intl', 'priority'),
      window: null,
    });
    expect({ status, reason }).toEqual({
      status: 'unpriced',
      reason: 'no priority price for model "gpt-4o" of provider "openai"',
    });
  });

  test('of a thinking call bills all its output at the thinking price, where there is one', async () => {
    // 1,000 x 0.8 + 500 x 8 = 4,800; without thinking 500 x 2: 1,800
    const plus = await priceOf('qwen-plus', 'cn');
    expect(costText(exact(1000), plus, { output: 500, thinking: true })).toBe('0.0048 CNY');
    expect(costText(exact(1000), plus, { output: 500 })).toBe('0.0018 CNY');
    // 1,000 x 2.5 + 500 x 10 = 7,500 either way
    expect(costText(exact(1000), await priceOf('gpt-4o'), { output: 500, thinking: true })).toBe('0.0075 USD');
  });
});

describe('a plan', () => {
  test('takes a share of the input rounded down: never more for cheap than there is', () => {
    expect(tokensOfPortion(share('0.8'), 7)).toBe(5);
    expect(tokensOfPortion(share('1'), 7)).toBe(7);
    // 9,007,199,254,740,991 x 333,333 = 3,002,396,749,180,578,753,003 millionths
    expect(tokensOfPortion(share('0.333333'), Number.MAX_SAFE_INTEGER)).toBe(3_002_396_749_180_578);
  });

  test('cannot take more from the cache and write more to it than the input has', () => {
    expect(exceedsInput(plan({ cached: share('0.8'), written: { tokens: 2 } }), 10)).toBe(false);
    expect(exceedsInput(plan({ cached: share('0.8'), written: { tokens: 3 } }), 10)).toBe(true);
    expect(callOf(5, plan({ cached: { tokens: 8 }, written: { tokens: 8 } })).tokens).toMatchObject({
      ...{ input: 0, cacheRead: 5, cacheWrite5m: 0 },
    });
  });

  test('of many calls costs what one call costs, as rounded, times their number', () => {
    const { cost } = estimateCall({
      input: exact(1),
      plan: plan(),
      answer: listed([null, { input: '0.0009375' }]),
      window: null,
    });
    // 937.5 pico-units, half-even 938; twice that is 1,876, though twice the exact cost is 1,875
    expect(cost!.pico).toBe(938n);
    expect(costOfCalls(cost!.pico, { number: 2, per: 'total' })).toEqual({ total: 1876n });
    // 2,000 a day x 30 days
    expect(costOfCalls(938n, { number: 2000, per: 'day' })).toEqual({ day: 1_876_000n, month: 56_280_000n });
    expect(costOfCalls(938n, { number: 2000, per: 'month' })).toEqual({ month: 1_876_000n });
  });
});

describe('the range of an approximate count', () => {
  const rangeOf = (input: InputCount, answer: PriceAnswer) => {
    const { cost, notes } = estimateCall({ input, plan: plan(), answer, window: contextWindowOf('gpt-4', 'intl') });
    return { low: cost!.low, high: cost!.high, notes };
  };

  test('is priced at both its ends, each at its own tier', async () => {
    const answer = await priceOf('qwen3-max');
    const { cost } = estimateCall({
      ...{ input: { tokens: 31_900, low: 31_800, high: 32_100 }, plan: plan(), answer, window: null },
    });
    // 31,800 x 1.2 = 38,160; 31,900 x 1.2 = 38,280; 32,100 x 2.4 = 77,040 millionths
    expect([cost!.low, cost!.pico, cost!.high].map((pico) => formatPico(pico!))).toEqual([
      '0.03816',
      '0.03828',
      '0.07704',
    ]);
  });

  test('covers a tier that gets cheaper', () => {
    const answer = listed([100, { input: '10' }], [null, { input: '1' }]);
    // 90 x 10 = 900; 100 x 10 = 1,000; 101 x 1 = 101; 200 x 1 = 200 millionths
    expect(rangeOf({ tokens: 150, low: 90, high: 200 }, answer)).toEqual({
      low: 101_000_000n,
      high: 1_000_000_000n,
      notes: [],
    });
  });

  test('says which end has no price, and that the call may not fit', () => {
    expect(rangeOf({ tokens: 90, low: 80, high: 120 }, listed([100, { input: '1' }]))).toEqual({
      low: 80_000_000n,
      high: null,
      notes: ['not priced over the whole range of the count: input of 101 tokens is above the last tier'],
    });
    expect(rangeOf({ tokens: 8000, low: 7000, high: 9000 }, listed([null, { input: '1' }])).notes).toEqual([
      'may not fit: the count may be up to 9000, the context window is 8192',
    ]);
  });
});

describe('a call that does not fit', () => {
  const answer = listed([null, { input: '1', output: '1' }]);
  const fits = (input: number, output: number, model = 'gpt-4') =>
    estimateCall({ input: exact(input), plan: plan({ output }), answer, window: contextWindowOf(model, 'intl') });

  test('has no cost, whatever the price; exactly the window fits', () => {
    expect(fits(8000, 192)).toMatchObject({ status: 'priced', share: '1' });
    // 8,000 + 193 = 8,193
    expect(fits(8000, 193)).toMatchObject({
      ...{ status: 'too_large', cost: null, price: null },
      reason: '8193 tokens are 1 more than its context window of 8192',
    });
  });

  test('may be so for its output alone', () => {
    expect(fits(10, 16_384, 'gpt-4o').status).toBe('priced');
    expect(fits(10, 16_385, 'gpt-4o')).toMatchObject({
      status: 'too_large',
      reason: 'output of 16385 tokens is 1 more than its largest output of 16384',
    });
  });
});

test('the cheapest comes first within its currency, then what has no price, then what does not fit', () => {
  const priced = (name: string, currency: string, pico: bigint) => ({
    ...{ name, status: 'priced' as const, reason: null, price: null, share: null, notes: [] },
    cost: { currency, pico, low: pico, high: pico },
  });
  const without = (name: string, status: 'unpriced' | 'too_large') => ({
    ...{ name, status, reason: '', cost: null, price: null, share: null, notes: [] },
  });
  const estimates = [
    without('large', 'too_large'),
    priced('dear', 'USD', 3n),
    without('unknown', 'unpriced'),
    priced('yuan', 'CNY', 9n),
    priced('cheap', 'USD', 2n),
    priced('cheap too', 'USD', 2n),
  ];
  expect(cheapestFirst(estimates).map(({ name }) => name)).toEqual([
    ...['yuan', 'cheap', 'cheap too', 'dear', 'unknown', 'large'],
  ]);
});

test.each(['cn', 'intl'] as const)(
  'every model compared by default has a count, a window and a price (%s)',
  async (region) => {
    for (const model of ESTIMATED_MODELS) {
      expect(resolveModel(model).model).toBe(model);
      expect(contextWindowOf(model, region), model).not.toBeNull();
      expect(costText(exact(1000), await priceOf(model, region), { output: 500 }), model).not.toBeNull();
    }
  },
);
