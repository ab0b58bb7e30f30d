import { describe, expect, test } from 'vitest';
import { defaultPriceBook } from '../../src/pricing/default-book.js';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';
import { NO_ORIGIN, type UsageEvent } from '../../src/usage/event.js';
import { eventCosts } from '../../src/usage/event-cost.js';
import type { Plan } from '../../src/usage/plans.js';
import type { Recording } from '../../src/usage/recording.js';
import { anEvent } from './decode.js';

const RECORDING: Recording = { role: 'app', source: 'qwen-code', account: 'acme' };
const CONTRACT = {
  ...{ name: 'half', provider: null, account: 'acme', key: null, models: [], from: null, to: null, list: null },
  ...{ discount: { units: 5n, scale: 1 }, place: {} },
};
const book = defaultPriceBook({ user: null, region: 'cn', contracts: [] });

const plan = (over: Partial<Plan>): Plan => ({
  ...{ name: 'Coding Pro', provider: null, account: null, key: null, source: null, models: [], from: null, to: null },
  ...over,
});
const THOUSAND = { tokens: { ...NO_TOKENS, input: 1000, output: 100 } };

const cost = (event: Partial<UsageEvent>, plans: readonly Plan[] = [], recording = RECORDING) =>
  eventCosts(book, plans)(anEvent({ ...THOUSAND, ...event }), recording);

describe('the cost of an event', () => {
  test('is that of its own request at the price in force', () => {
    // 1,000 x 2.5 + 100 x 10 = 3,500 millionths of a yuan
    expect(cost({})).toMatchObject({ known: true, currency: 'CNY', pico: 3_500_000_000n, basis: 'request' });
  });

  test('of many requests is that of the tier they state, else of the first', () => {
    const day = { until: Date.UTC(2026, 9, 6), requests: 3 };
    // second tier: 1,000 x 4 + 100 x 16 = 5,600
    expect(cost({ ...day, tierUpTo: 128_000 })).toMatchObject({ pico: 5_600_000_000n, basis: 'bucket' });
    expect(cost(day)).toMatchObject({ pico: 3_500_000_000n, basis: 'bucket' });
    expect(cost({ requests: 2 })).toMatchObject({ basis: 'bucket' });
  });

  test('of a bucket that says it is of one request is that of its own tier', () => {
    const day = { until: Date.UTC(2026, 9, 6), requests: 1, tokens: { ...NO_TOKENS, input: 100_000, output: 1000 } };
    // 100,000 x 4 + 1,000 x 16 = 416,000 millionths, in the second tier, up to 128,000
    const second = { pico: 416_000_000_000n, basis: 'request', price: { tier: 128_000 } };
    expect(cost(day)).toMatchObject(second);
    // 100,000 x 2.5 + 1,000 x 10 = 260,000, in the first; 0 is a number that is not known
    const first = { pico: 260_000_000_000n, basis: 'bucket', price: { tier: 32_000 } };
    expect(cost({ ...day, requests: 0 })).toMatchObject(first);
    expect(cost({ ...day, tierUpTo: 32_000 })).toMatchObject(first);
    // an engine counts the tokens of all requests, and those that have ended
    expect(cost(day, [], { ...RECORDING, role: 'engine' })).toMatchObject(first);
  });

  test("is by the contract of the recording's account, or of the key", () => {
    const at = (contract: object) =>
      eventCosts(defaultPriceBook({ user: null, region: 'cn', contracts: [{ ...CONTRACT, ...contract }] }), []);
    const event = anEvent({ ...THOUSAND, origin: { ...NO_ORIGIN, key: 'k1' } });
    expect(at({})(event, RECORDING)).toMatchObject({ pico: 1_750_000_000n }); // 3,500 x 0.5
    expect(at({})(event, { ...RECORDING, account: 'other' })).toMatchObject({ pico: 3_500_000_000n });
    expect(at({ account: null, key: 'k1' })(event, { ...RECORDING, account: 'other' })).toMatchObject({
      pico: 1_750_000_000n,
      price: { source: 'contract half: 50% off alibaba' },
    });
  });

  test('of a line of a bill that is no usage, and of a meter reading, is not known', () => {
    expect(cost({ charge: 'tax' })).toEqual({ known: false, reason: 'a line of tax is no usage' });
    expect(cost({ counter: 'vllm:prompt_tokens_total' })).toMatchObject({ known: false, reason: /meter reading/ });
  });
});

describe('usage a plan covers', () => {
  const COVERED = { known: false, plan: 'Coding Pro', reason: 'covered by plan Coding Pro' };

  test('is told by its record, which goes before the config', () => {
    expect(cost({ plan: 'free quota' })).toMatchObject({ known: false, plan: 'free quota' });
    expect(cost({ plan: 'free quota' }, [plan({ provider: 'alibaba' })])).toMatchObject({ plan: 'free quota' });
  });

  test.each<[string, Partial<Plan>]>([
    ['a provider', { provider: 'alibaba' }],
    ['an account', { account: 'acme' }],
    ['a key', { key: 'k1' }],
    ['a source', { source: 'qwen-code' }],
    ['models', { source: 'qwen-code', models: ['qwen3-*'] }],
    ['a span that holds it', { account: 'acme', from: Date.UTC(2026, 9, 5), to: Date.UTC(2026, 9, 5) + 1 }],
  ])('is told by %s', (_, over) => {
    expect(cost({ origin: { ...NO_ORIGIN, key: 'k1' } }, [plan(over)])).toEqual(COVERED);
  });

  test.each<[string, Partial<Plan>]>([
    ['another provider', { provider: 'openai' }],
    ['another account', { account: 'other' }],
    ['another key', { key: 'k2' }],
    ['another source', { source: 'claude-code' }],
    ['other models', { source: 'qwen-code', models: ['qwen-*'] }],
    ['a span that begins later', { account: 'acme', from: Date.UTC(2026, 9, 5) + 1 }],
    ['a span that is over', { account: 'acme', to: Date.UTC(2026, 9, 5) }],
  ])('is not by %s', (_, over) => {
    expect(cost({ origin: { ...NO_ORIGIN, key: 'k1' } }, [plan(over)])).toMatchObject({ known: true });
  });

  test('the first plan that covers it counts, even where no price is known', () => {
    const plans = [plan({ account: 'other' }), plan({ name: 'B', account: 'acme' }), plan({ account: 'acme' })];
    expect(cost({ model: 'qwen9' }, plans)).toMatchObject({ known: false, plan: 'B' });
  });
});
