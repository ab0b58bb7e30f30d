import { readFileSync } from 'node:fs';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { describe, expect, test } from 'vitest';
import { costOf } from '../../src/pricing/cost.js';
import { openGenaiPrices } from '../../src/pricing/genai-prices.js';
import { formatPico } from '../../src/pricing/money.js';
import { type Mode, priceIn } from '../../src/pricing/price.js';
import { NO_TOKENS, type TokenClasses } from '../../src/pricing/token-classes.js';

const source = await openGenaiPrices();
const find = (provider: string, model: string, at = '2026-10-01T12:00Z', mode: Mode = 'standard') =>
  priceIn(source, { provider, model, at: Date.parse(at), mode });
const rates = (provider: string, model: string, at?: string) => {
  const price = find(provider, model, at);
  return price === null ? null : [price.tiers[0]!.rates.input, price.tiers[0]!.rates.output];
};

function cost(provider: string, model: string, at: string, tokens: Partial<TokenClasses>): string {
  const price = find(provider, model, at)!;
  const event = { tokens: { ...NO_TOKENS, ...tokens }, quantities: {}, cacheKind: null, bucket: false };
  const computed = costOf(event, { known: true, price });
  return computed.known ? formatPico(computed.pico) : computed.reason;
}

test('it says the version of the package that is installed', () => {
  const installed = new URL('../../node_modules/@pydantic/genai-prices/package.json', import.meta.url);
  expect(source.asOf).toBe(JSON.parse(readFileSync(installed, 'utf8')).version);
  expect(source.name).toBe('@pydantic/genai-prices');
});

describe('a long request of Sonnet 4.5', () => {
  const AT = '2026-03-01T00:00Z';
  test('of 300k input is billed whole at the upper tier', () => {
    expect(cost('anthropic', 'claude-sonnet-4-5', AT, { input: 300_000 })).toBe('1.8'); // 300,000 x 6, not 1.20
    expect(cost('anthropic', 'claude-sonnet-4-5', AT, { input: 200_000 })).toBe('0.6'); // 200,000 x 3: bound inclusive
    expect(cost('anthropic', 'claude-sonnet-4-5', AT, { input: 200_001 })).toBe('1.200006');
  });
  test('of 100k input and 150k cached is over 200k', () => {
    // 100,000 x 6 + 150,000 x 0.6 = 0.60 + 0.09, not 0.345
    expect(cost('anthropic', 'claude-sonnet-4-5', AT, { input: 100_000, cacheRead: 150_000 })).toBe('0.69');
  });
  test('has cache writes of both lifetimes: 1.25x and 2x the input', () => {
    expect(cost('anthropic', 'claude-sonnet-4-5', AT, { cacheWrite5m: 1000, cacheWrite1h: 1000 })).toBe('0.00975');
  });
});

describe('prices by date', () => {
  test.each([
    ['openai', 'o3', '2025-06-09T23:59:59.999Z', ['10', '40']],
    ['openai', 'o3', '2025-06-10T00:00Z', ['2', '8']],
    ['openai', 'gpt-5.6-sol', '2026-08-20T23:59Z', ['5', '30']],
    ['openai', 'gpt-5.6-sol', '2026-08-21T00:00Z', ['4', '20']],
    ['openai', 'gpt-5.6-luna', '2026-07-29T00:00Z', ['1', '6']],
    ['openai', 'gpt-5.6-luna', '2026-07-30T00:00Z', ['0.2', '1.2']],
    ['openai', 'gpt-5.6-terra', '2026-07-29T00:00Z', ['2.5', '15']],
    ['openai', 'gpt-5.6-terra', '2026-07-30T00:00Z', ['2', '12']],
  ])('%s %s at %s costs %j', (provider, model, at, expected) => {
    expect(rates(provider, model, at)).toEqual(expected);
  });

  test('the same price in force is the same object', () => {
    expect(find('openai', 'o3', '2026-01-01')).toBe(find('openai', 'o3', '2026-02-01'));
  });
});

describe('prices by time of day', () => {
  test('DeepSeek V3: half price from 16:30 to 00:30 UTC', () => {
    expect(rates('deepseek', 'deepseek-chat', '2025-06-01T00:29Z')).toEqual(['0.135', '0.55']);
    expect(rates('deepseek', 'deepseek-chat', '2025-06-01T00:30Z')).toEqual(['0.27', '1.1']);
    expect(rates('deepseek', 'deepseek-chat', '2025-06-01T16:30Z')).toEqual(['0.135', '0.55']);
  });
  test('DeepSeek V4: windows begin with the date they came with, though the list cannot say so', () => {
    expect(rates('deepseek', 'deepseek-v4-flash', '2026-07-01T02:00Z')).toEqual(['0.14', '0.28']);
    expect(rates('deepseek', 'deepseek-v4-flash', '2026-08-18T02:00Z')).toEqual(['0.44', '1.32']);
    expect(rates('deepseek', 'deepseek-v4-flash', '2026-08-18T05:00Z')).toEqual(['0.22', '0.66']);
    expect(rates('deepseek', 'deepseek-v4-flash', '2026-08-18T09:59Z')).toEqual(['0.44', '1.32']);
  });
  test('DeepSeek V4: weekends of Beijing are off-peak from 2026-08-23, a Sunday', () => {
    expect(rates('deepseek', 'deepseek-v4-flash', '2026-08-22T02:00Z')).toEqual(['0.44', '1.32']); // the Saturday before
    expect(rates('deepseek', 'deepseek-v4-flash', '2026-08-23T02:00Z')).toEqual(['0.22', '0.66']);
    expect(rates('deepseek', 'deepseek-v4-flash', '2026-08-24T02:00Z')).toEqual(['0.44', '1.32']);
  });
});

describe('what is accepted as a match', () => {
  test.each([
    ['anthropic', 'claude-sonnet-4-5', 'claude-sonnet-4-5'],
    ['anthropic', 'anthropic/Claude-Sonnet-4-5-20250929', 'claude-sonnet-4-5'],
    ['anthropic', 'claude-sonnet-4-20250514', 'claude-sonnet-4-0'],
    ['anthropic', 'claude-opus-4-20250514', 'claude-opus-4-0'],
    ['anthropic', 'claude-3-5-haiku-20241022', 'claude-3-5-haiku-latest'],
    ['openai', 'gpt-4o-2024-08-06', 'gpt-4o'],
    ['openai', 'gpt-4o-2024-05-13', 'gpt-4o-2024-05-13'],
    ['openai', 'gpt-4o-20240513', 'gpt-4o-2024-05-13'], // dearer than gpt-4o: the date is not just cut off
    ['openai', 'gpt-5.6-sol-2026-09-01', 'gpt-5.6-sol'],
    ['google', 'gemini-2.5-pro', 'gemini-2.5-pro'],
    ['google', 'claude-sonnet-4-5@20250929', 'claude-sonnet-4-5'],
    ['openrouter', 'anthropic/claude-sonnet-4.5', 'anthropic/claude-sonnet-4.5'],
    ['aws', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'regional.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['aws', 'anthropic.claude-sonnet-4-5-20250929-v1:0', 'regional.anthropic.claude-sonnet-4-5-20250929-v1:0'],
    ['aws', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0'],
  ])('%s %s is %s', (provider, model, listed) => {
    expect(find(provider, model)).toMatchObject({ model: listed, provider, currency: 'USD' });
  });

  test.each([
    ['anthropic', 'claude-sonnet-4-5-turbo', 'only begins like a listed name'],
    ['anthropic', 'my-claude-v2-finetune', 'only contains a listed name'],
    ['openai', 'gpt-4o-2029-01-01', 'the list does not cover that snapshot'],
    ['openai', 'chatgpt-4o-latest', 'a floating name'],
    ['mistral', 'mistral-large-latest', 'a floating name'],
    ['mistral', 'codestral-latest', 'a floating name'],
    ['azure', 'gpt-4o', "OpenAI's price is not Azure's"],
    ['openai', 'claude-sonnet-4-5', "another provider's model"],
    ['alibaba', 'qwen3-max', 'Alibaba is not in the list'],
    ['alibaba-cn', 'deepseek-v3.2', 'Alibaba is not in the list'],
    ['my-anthropic-proxy', 'claude-sonnet-4-5', 'the list would take it for Anthropic'],
    ['openai\ngpt-4o', '', 'no provider of that name'],
    ['__proto__', 'gpt-4o', 'no provider of that name'],
    ['zhipu', 'glm-5.3', 'two platforms sell it at different prices'],
    ['aws', 'eu.amazon.nova-pro-v1:0', 'the list states no regional price of it'],
    ['perplexity', 'sonar', 'it costs per request too'],
    ['perplexity', 'sonar-deep-research', 'its reasoning costs apart from its output'],
    ['azure', 'mai-ds-r1:free', 'no rate is stated'],
  ])('%s %s has no price: %s', (provider, model) => {
    expect(find(provider, model)).toBeNull();
  });
  test('it looks the same after the answer was remembered', () => {
    expect(find('openai', 'gpt-4o')).not.toBeNull();
    expect(find('openai\ngpt-4o', '')).toBeNull();
  });
});

describe('a mode that is not in the list', () => {
  test('is priced by the rule its provider documents, which the source names', () => {
    // gpt-4o: 2.5, cached 1.25, output 10; half of each
    expect(find('openai', 'gpt-4o', undefined, 'batch')).toMatchObject({
      mode: 'batch',
      source: '@pydantic/genai-prices, batch rule',
      note: "0.5 of the standard price, by the provider's rule for batch",
      tiers: [{ upTo: null, rates: { input: '1.25', cacheRead: '0.625', output: '5', inputAudio: null } }],
    });
    expect(find('openai', 'gpt-4o', undefined, 'flex')!.source).toBe('@pydantic/genai-prices, flex rule');
  });
  test('Anthropic batch halves cache prices too: 1.25x, 2x and 0.1x of half the input', () => {
    // Sonnet 4.5 up to 200k: 3 and 15; half: 1.5 and 7.5; 1.5 x 1.25 = 1.875, x 2 = 3, x 0.1 = 0.15
    const { tiers } = find('anthropic', 'claude-sonnet-4-5', '2026-03-01', 'batch')!;
    expect(tiers[0]).toMatchObject({
      upTo: 200_000,
      rates: { input: '1.5', cacheRead: '0.15', cacheWrite5m: '1.875', cacheWrite1h: '3', output: '7.5' },
    });
    expect(tiers[1]!.rates.input).toBe('3'); // 6 above 200k
  });
  test('changes with the standard price, and is the same object while that is in force', () => {
    const batch = (at: string) => find('openai', 'o3', at, 'batch');
    expect(batch('2025-06-09')!.tiers[0]!.rates.input).toBe('5'); // 10, then 2
    expect(batch('2025-06-10')!.tiers[0]!.rates.input).toBe('1');
    expect(batch('2026-01-01')).toBe(batch('2026-02-01'));
  });
  test.each([
    ['openai', 'gpt-4o', 'priority'],
    ['openai', 'gpt-4o', 'fast'],
    ['anthropic', 'claude-sonnet-4-5', 'flex'],
    ['anthropic', 'claude-sonnet-4-5', 'priority'],
    ['anthropic', 'claude-sonnet-4-5', 'fast'],
    ['google', 'gemini-2.5-pro', 'batch'],
    ['aws', 'anthropic.claude-sonnet-4-5-20250929-v1:0', 'batch'],
    ['openrouter', 'anthropic/claude-sonnet-4.5', 'batch'],
    ['openai', 'gpt-4o-audio-latest', 'batch'],
  ] as const)('%s %s %s stays unpriced', (provider, model, mode) => {
    expect(find(provider, model, undefined, mode)).toBeNull();
  });
});

describe('when a price is in force', () => {
  const valid = (provider: string, model: string, at: string) => find(provider, model, at)!.valid;
  test('is told by the dates of the list', () => {
    const CHANGE = Date.UTC(2025, 5, 10);
    expect(valid('openai', 'o3', '2025-01-01')).toEqual({ from: null, to: CHANGE, hours: null });
    expect(valid('openai', 'o3', '2026-01-01')).toEqual({ from: CHANGE, to: null, hours: null });
  });
  test('and by its hours', () => {
    expect(valid('deepseek', 'deepseek-chat', '2025-06-01T12:00Z').hours).toBe('00:30-16:30 UTC');
    expect(valid('deepseek', 'deepseek-chat', '2025-06-01T20:00Z').hours).toBe('outside 00:30-16:30 UTC');
    const flash = (at: string) => valid('deepseek', 'deepseek-v4-flash', at);
    expect(flash('2026-07-01')).toEqual({ from: null, to: Date.UTC(2026, 7, 17), hours: null });
    expect(flash('2026-08-18T02:00Z').hours).toBe('01:00-04:00 UTC');
    expect(flash('2026-08-18T05:00Z').hours).toBe('outside 01:00-04:00 UTC and 06:00-10:00 UTC');
  });
});

test('a Bedrock price says whether it is the regional or the global one', () => {
  const region = (prefix: string) => find('aws', `${prefix}anthropic.claude-sonnet-4-5-20250929-v1:0`)!.region;
  expect(['', 'us.', 'eu.', 'global.'].map(region)).toEqual(['regional', 'regional', 'regional', 'global']);
});

test('it names every model of the providers it is asked for, but floating ones', () => {
  const names = source.names();
  expect(names).toContainEqual({ provider: 'xai', model: 'grok-4.3' });
  expect(names.some(({ model }) => model.endsWith('latest'))).toBe(false);
  expect(names.length).toBeGreaterThan(1000);
});

test('every model of the large providers costs what the list itself computes', () => {
  const AT = '2026-10-01T12:00:00Z';
  let compared = 0;
  for (const provider of ['anthropic', 'openai', 'google', 'mistral', 'xai', 'groq', 'deepseek']) {
    const listId = provider === 'xai' ? 'x-ai' : provider;
    for (const { id } of findProvider({ providerId: listId })!.models) {
      const price = find(provider, id, AT);
      if (price === null) continue;
      const { rates } = price.tiers[0]!;
      const tokens = {
        input: 180_000,
        cacheRead: rates.cacheRead === null ? 0 : 12_345,
        cacheWrite5m: rates.cacheWrite5m === null ? 0 : 4321,
        output: rates.output === null ? 0 : 6789,
      };
      const usage = {
        input_tokens: tokens.input + tokens.cacheRead + tokens.cacheWrite5m,
        cache_read_tokens: tokens.cacheRead,
        cache_write_tokens: tokens.cacheWrite5m,
        output_tokens: tokens.output,
      };
      const theirs = calcPrice(usage, id, { providerId: listId, timestamp: new Date(AT) })!.total_price;
      expect(Number(cost(provider, id, AT, tokens)), `${provider} ${id}`).toBeCloseTo(theirs, 9);
      compared += 1;
    }
  }
  expect(compared).toBeGreaterThan(150);
});
