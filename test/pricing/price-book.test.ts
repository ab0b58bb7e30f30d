import { expect, test } from 'vitest';
import { defaultPriceBook } from '../../src/pricing/default-book.js';
import { ALWAYS, type Price, type PriceQuery, type PriceSource } from '../../src/pricing/price.js';
import { priceBook } from '../../src/pricing/price-book.js';

const query = (over: Partial<PriceQuery> = {}): PriceQuery => ({
  model: 'm',
  provider: 'p',
  at: 0,
  mode: 'standard',
  ...over,
});

/** A list that knows `model` in one mode before an instant. */
const list = (name: string, model: string, mode = 'standard', until = Infinity): PriceSource => ({
  name,
  asOf: '1',
  names: () => [{ provider: 'p', model }],
  pricesOf: (scope) =>
    scope.model === model && scope.mode === mode ? (at) => (at < until ? priceOf(name, model) : null) : null,
});
const priceOf = (source: string, model: string): Price => ({
  model,
  provider: 'p',
  currency: 'USD',
  region: null,
  mode: 'standard',
  tiers: [],
  source,
  asOf: '1',
  reference: '',
  valid: ALWAYS,
  note: null,
});

test('the first list that knows the model answers', () => {
  const book = priceBook([list('first', 'a'), list('second', 'a'), list('third', 'b')]);
  expect(book.find(query({ model: 'a' }))).toMatchObject({ known: true, price: { source: 'first' } });
  expect(book.find(query({ model: 'b' }))).toMatchObject({ known: true, price: { source: 'third' } });
});

test('a price that ends is asked for anew at every instant', () => {
  const book = priceBook([list('old', 'a', 'standard', 100), list('new', 'a')]);
  expect(book.find(query({ model: 'a', at: 99 }))).toMatchObject({ price: { source: 'old' } });
  expect(book.find(query({ model: 'a', at: 100 }))).toMatchObject({ price: { source: 'new' } });
  expect(book.find(query({ model: 'a', at: 99 }))).toMatchObject({ price: { source: 'old' } });
});

test('the reason tells an unknown model from an unknown mode', () => {
  const book = priceBook([list('only', 'a')]);
  expect(book.find(query({ model: 'x' }))).toEqual({
    known: false,
    reason: 'no price for model "x" of provider "p"',
  });
  expect(book.find(query({ model: 'a', mode: 'batch' }))).toEqual({
    known: false,
    reason: 'no batch price for model "a" of provider "p"',
  });
  expect(book.find(query({ model: 'x', mode: 'batch' }))).toMatchObject({ reason: /^no price/ });
});

test('a hostile name is harmless in the reason', () => {
  const answer = priceBook([]).find(query({ model: `\u001b[2J${'x'.repeat(1000)}` }));
  expect(answer).toMatchObject({ known: false });
  expect(answer.known ? '' : answer.reason).toMatch(/^[\x20-\x7e]{1,200}$/);
});

const AT = Date.UTC(2026, 9, 1);

test("the default book asks the user's prices, then Alibaba's, then genai-prices", async () => {
  const book = defaultPriceBook({ user: list('mine', 'qwen-max'), region: 'intl', contracts: [] });
  await book.prepare(['alibaba', 'openai']);
  const source = (model: string, provider: string) => {
    const answer = book.find({ model, provider, at: AT, mode: 'standard' });
    return answer.known ? answer.price.source : answer.reason;
  };
  expect(source('qwen-max', 'alibaba')).toBe('mine');
  expect(source('qwen-plus', 'alibaba')).toBe('alibaba');
  expect(source('gpt-4o', 'openai')).toBe('@pydantic/genai-prices');
  expect(source('qwen9', 'alibaba')).toBe('no price for model "qwen9" of provider "alibaba"');
  expect(source('anything', 'in-house')).toBe('no price for model "anything" of provider "in-house"');
});

test('a list that is not loaded is a defect, never an unknown price', async () => {
  const book = defaultPriceBook({ user: null, region: 'cn', contracts: [] });
  const openai = { model: 'gpt-4o', provider: 'openai', at: AT, mode: 'standard' } as const;
  expect(() => book.find(openai)).toThrow(/before they were prepared/);
  await book.prepare(['alibaba', 'in-house']);
  expect(book.find({ ...openai, model: 'qwen-max', provider: 'alibaba' })).toMatchObject({ known: true });
  expect(() => book.find(openai)).toThrow(/before they were prepared/);
  await book.prepare(['openai']);
  expect(book.find(openai)).toMatchObject({ known: true });
});
