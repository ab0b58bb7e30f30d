import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { alibabaPrices } from '../../src/pricing/alibaba-prices.js';
import { costOf } from '../../src/pricing/cost.js';
import { formatPico } from '../../src/pricing/money.js';
import { type PriceQuery, priceIn } from '../../src/pricing/price.js';
import { priceBook } from '../../src/pricing/price-book.js';
import type { Priceable } from '../../src/pricing/priceable.js';
import { NO_TOKENS, type TokenClasses } from '../../src/pricing/token-classes.js';

const NOW = Date.UTC(2026, 9, 1);
const book = priceBook([alibabaPrices({ region: 'intl' })]);

function cost(query: Partial<PriceQuery>, tokens: Partial<TokenClasses>, more: Partial<Priceable> = {}): string {
  const event = { tokens: { ...NO_TOKENS, ...tokens }, quantities: {}, cacheKind: null, bucket: false, ...more };
  const answer = book.find({ model: 'qwen3-max', provider: 'alibaba-cn', at: NOW, mode: 'standard', ...query });
  const computed = costOf(event, answer);
  return computed.known ? `${formatPico(computed.pico)} ${computed.currency}` : computed.reason;
}

describe('the tier boundary of qwen3-max', () => {
  test('mainland: 32,000 tokens of input are in the first tier, 32,001 in the second', () => {
    // 32,000 x 2.5 + 1,000 x 10 = 0.08 + 0.01; 32,001 x 4 + 1,000 x 16 = 0.128004 + 0.016
    expect(cost({}, { input: 32_000, output: 1000 })).toBe('0.09 CNY');
    expect(cost({}, { input: 32_001, output: 1000 })).toBe('0.144004 CNY');
  });
  test('international: the same boundary at other prices', () => {
    // 32,000 x 1.2 + 1,000 x 6 = 0.0384 + 0.006; 32,001 x 2.4 + 1,000 x 12 = 0.0768024 + 0.012
    const provider = 'alibaba-intl';
    expect(cost({ provider }, { input: 32_000, output: 1000 })).toBe('0.0444 USD');
    expect(cost({ provider }, { input: 32_001, output: 1000 })).toBe('0.0888024 USD');
    expect(cost({ provider }, { input: 20_000, cacheRead: 12_001 })).toBe('0.05376048 USD'); // 20,000 x 2.4 + 12,001 x 0.48
  });
  test('above the last tier nothing is known', () => {
    expect(cost({ provider: 'alibaba-intl' }, { input: 252_001 })).toBe(
      'input of 252001 tokens is above the last tier',
    );
    expect(cost({}, { input: 256_000 })).toBe('1.792 CNY'); // 256,000 x 7
  });
});

test('provider alibaba means the configured region', () => {
  const find = (region: 'cn' | 'intl') =>
    priceIn(alibabaPrices({ region }), { model: 'qwen-flash', provider: 'alibaba', at: NOW, mode: 'standard' });
  expect(find('cn')).toMatchObject({ currency: 'CNY', region: 'cn' });
  expect(find('intl')).toMatchObject({ currency: 'USD', region: 'intl' });
});

describe('cache', () => {
  const cached = { cacheRead: 100_000 };
  const LAST_OF_2025 = Date.UTC(2025, 11, 31, 15, 59, 59, 999);
  const FIRST_OF_2026 = Date.UTC(2025, 11, 31, 16); // midnight in UTC+8

  test('an implicit hit costs 20% of the input, 40% before 2026 in Beijing', () => {
    // second tier, 4 CNY: 100,000 x 0.8 = 0.08; x 1.6 = 0.16
    expect(cost({ at: FIRST_OF_2026 }, cached, { cacheKind: 'implicit' })).toBe('0.08 CNY');
    expect(cost({ at: LAST_OF_2025 }, cached, { cacheKind: 'implicit' })).toBe('0.16 CNY');
  });
  test('an explicit hit costs 10% before and after, an explicit write 125%', () => {
    expect(cost({ at: FIRST_OF_2026 }, cached, { cacheKind: 'explicit' })).toBe('0.04 CNY');
    expect(cost({ at: LAST_OF_2025 }, cached, { cacheKind: 'explicit' })).toBe('0.04 CNY');
    expect(cost({}, { cacheWrite5m: 100_000 })).toBe('0.5 CNY'); // 100,000 x 4 x 1.25
    expect(cost({}, { cacheWrite1h: 1 })).toBe('no price for cache write (1 h)');
  });
  test("a model's own cached price goes before the general share", () => {
    const query = { model: 'qwen3.7-plus', provider: 'alibaba-intl' };
    expect(cost(query, { input: 156_000, cacheRead: 100_000 })).toBe('0.0704 USD'); // 156,000 x 0.4 + 100,000 x 0.08
    expect(cost({ ...query, model: 'qwen3.7-max' }, { cacheRead: 1000 })).toBe('0.0005 USD');
    // it is a price, not a share, so the share of 2025 does not touch it: 1,000 x 0.5, not 1,000 x 1
    expect(cost({ ...query, model: 'qwen3.7-max', at: LAST_OF_2025 }, { cacheRead: 1000 })).toBe('0.0005 USD');
  });
});

test('thinking is billed at the thinking price where the model has one', () => {
  const query = { model: 'qwen-plus' };
  // 1,000 x 0.8 + 1,000 x 2 and 1,000 x 0.8 + 1,000 x 8
  expect(cost(query, { input: 1000, output: 1000, reasoning: 0 })).toBe('0.0028 CNY');
  expect(cost(query, { input: 1000, output: 1000, reasoning: 1 })).toBe('0.0088 CNY');
  expect(cost({}, { input: 1000, output: 1000, reasoning: 900 })).toBe('0.0125 CNY'); // qwen3-max has none
});

test('batch is half of input and output, without a discount for cached input', () => {
  const query = { mode: 'batch' } as const;
  expect(cost(query, { input: 10_000, output: 1000 })).toBe('0.0175 CNY'); // 10,000 x 1.25 + 1,000 x 5
  expect(cost(query, { input: 5000, cacheRead: 5000 }, { cacheKind: 'explicit' })).toBe('0.0125 CNY');
  expect(cost(query, { cacheWrite5m: 1 })).toBe('no price for cache write (5 min)');
  // half of the thinking price: 1,000 x 4
  expect(cost({ ...query, model: 'qwen-plus' }, { input: 0, output: 1000, reasoning: 1 })).toBe('0.004 CNY');
});

test.each(['flex', 'priority', 'fast'] as const)('mode %s has no price', (mode) => {
  expect(cost({ mode }, { input: 1 })).toBe(`no ${mode} price for model "qwen3-max" of provider "alibaba-cn"`);
});

test('unlisted models, snapshots and floating names have no price', () => {
  for (const model of ['qwen9-max', 'qwen3-max-2099-01-01', 'qwen-plus-latest', '__proto__', 'constructor', '']) {
    expect(cost({ model, provider: 'alibaba-intl' }, { input: 1 })).toMatch(/^no price for model/);
  }
  expect(cost({ model: 'qwen3-max-2026-01-23', provider: 'alibaba-intl' }, { input: 10 })).toBe('0.000012 USD');
  expect(cost({ model: 'dashscope/qwen3-max' }, { input: 10 })).toBe('0.000025 CNY');
});

test('the list answers for Alibaba alone', () => {
  expect(cost({ provider: 'fireworks' }, { input: 1 })).toMatch(/^no price/);
});

type SampleTier = Readonly<Record<string, number | undefined>>;
const SAMPLE = new URL('../../../shared/samples/prices/prices_bailian_cny.json', import.meta.url);

test.skipIf(!existsSync(SAMPLE))('mainland prices, cache and batch shares agree with the sample list', () => {
  const source = alibabaPrices({ region: 'cn' });
  const { models } = JSON.parse(readFileSync(SAMPLE, 'utf8'));
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value));
  for (const [model, { tiers }] of Object.entries<{ tiers: SampleTier[] }>(models)) {
    const find = (mode: PriceQuery['mode']) => priceIn(source, { model, provider: 'alibaba', at: NOW, mode })!.tiers;
    const standard = find('standard').map(({ upTo, rates }) => ({ upTo, ...rates }));
    const batch = find('batch');
    expect(standard).toHaveLength(tiers.length);
    for (const [index, tier] of tiers.entries()) {
      const ours = standard[index]!;
      expect([ours.upTo, ours.input, ours.output]).toEqual([tier.to ?? null, text(tier.in), text(tier.out)]);
      expect(ours.outputThinking).toBe(text(tier.out_thinking) ?? null);
      if (tier.cache_implicit === undefined) continue;
      expect([ours.cacheRead, ours.cacheReadExplicit, ours.cacheWrite5m]).toEqual(
        [tier.cache_implicit, tier.cache_explicit, tier.cache_create].map(text),
      );
      expect([batch[index]!.rates.input, batch[index]!.rates.output]).toEqual(
        [tier.batch_in, tier.batch_out].map(text),
      );
    }
  }
});
