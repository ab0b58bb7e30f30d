import { describe, expect, test } from 'vitest';
import { alibabaPrices } from '../../src/pricing/alibaba-prices.js';
import { type Contract, refuseOverlaps } from '../../src/pricing/contract.js';
import { contractBook } from '../../src/pricing/contract-book.js';
import { costOf } from '../../src/pricing/cost.js';
import { parseDecimal } from '../../src/pricing/decimal.js';
import { ALWAYS, type Price, type PriceQuery, type PriceSource, type Rates } from '../../src/pricing/price.js';
import { priceBook } from '../../src/pricing/price-book.js';
import { NO_TOKENS } from '../../src/pricing/token-classes.js';

const DAY = (month: number, day: number) => Date.UTC(2026, month - 1, day);
const lists = priceBook([alibabaPrices({ region: 'cn' })]);

const contract = (over: Partial<Contract>): Contract => ({
  name: 'c',
  ...{ provider: null, account: null, key: null, models: [], from: null, to: null },
  ...{ discount: null, list: null, place: { file: 'tokenhub.config.yaml', line: 1, field: 'contracts[0]' } },
  ...over,
});

const off = (percent: string) => parseDecimal(`${percent}e-2`);

const NO_RATES = { input: null, cacheRead: null, cacheReadExplicit: null, cacheWrite5m: null, cacheWrite1h: null };
const NO_MORE = { output: null, outputThinking: null, inputAudio: null, outputAudio: null };

/** Own prices of a contract: one model, input alone. */
function own(model: string, input: string): PriceSource {
  const rates: Rates = { ...NO_RATES, ...NO_MORE, input };
  const price: Price = {
    ...{ model, provider: 'alibaba', currency: 'CNY', region: null, mode: 'standard', tiers: [{ upTo: null, rates }] },
    ...{ source: 'own.yaml', asOf: 'sha256:1', reference: '', valid: ALWAYS, note: null },
  };
  const pricesOf: PriceSource['pricesOf'] = (scope) => (scope.model === model ? () => price : null);
  return { name: 'price file', asOf: 'sha256:1', names: () => [], pricesOf };
}

const QUERY: PriceQuery = {
  ...{ model: 'qwen-max', provider: 'alibaba', at: DAY(10, 1), mode: 'standard', account: 'acme', key: 'k1' },
};

/** Input rate and source. The list price of qwen-max is 2.4. */
function ask(contracts: readonly Contract[], query: Partial<PriceQuery> = {}): string {
  const answer = contractBook(lists, contracts).find({ ...QUERY, ...query });
  return answer.known ? `${answer.price.tiers[0]!.rates.input} ${answer.price.source}` : answer.reason;
}

describe('a discount', () => {
  test('is off every rate, exactly, and the price names contract and list', () => {
    // 2.4 x 0.85 = 2.04
    expect(ask([contract({ name: 'acme', account: 'acme', discount: off('15') })])).toBe(
      '2.04 contract acme: 15% off alibaba',
    );
    // 2.4 x 0.66667 = 1.600008
    expect(ask([contract({ account: 'acme', discount: off('33.333') })])).toBe(
      '1.600008 contract c: 33.333% off alibaba',
    );
    expect(ask([contract({ account: 'acme', discount: off('100') })])).toMatch(/^0 /);
  });

  test('is rounded with the cost, once', () => {
    const book = contractBook(lists, [contract({ account: 'acme', discount: off('33.333333333') })]);
    const tokens = { ...NO_TOKENS, input: 1, output: 1 };
    // (2.4 + 9.6) x 0.66666666667 = 8.00000000004 a million tokens, so 8,000,000.00004 pico for one of each
    const event = { tokens, quantities: {}, cacheKind: null, bucket: false };
    expect(costOf(event, book.find(QUERY))).toMatchObject({ pico: 8_000_000n });
    // three million of each: 24.00000000012
    const many = { ...event, tokens: { ...NO_TOKENS, input: 3_000_000, output: 3_000_000 } };
    expect(costOf(many, book.find(QUERY))).toMatchObject({ pico: 24_000_000_000_120n });
  });

  test('is off the price of the mode and of the instant', () => {
    const contracts = [contract({ account: 'acme', discount: off('50') })];
    expect(ask(contracts, { mode: 'batch' })).toBe('0.6 contract c: 50% off alibaba'); // 1.2 x 0.5
    expect(ask(contracts, { mode: 'flex' })).toMatch(/^no flex price/);
    expect(ask(contracts, { model: 'qwen9' })).toMatch(/^no price for model "qwen9"/);
  });

  test('gives the same price object for the same price', () => {
    const book = contractBook(lists, [contract({ account: 'acme', discount: off('15') })]);
    expect(book.find(QUERY)).toBe(book.find({ ...QUERY, at: DAY(10, 2), key: 'k2' }));
  });

  test('is in force from its first instant to before its last', () => {
    const contracts = [contract({ account: 'acme', discount: off('50'), from: DAY(4, 1), to: DAY(5, 1) })];
    expect(ask(contracts, { at: DAY(4, 1) - 1 })).toBe('2.4 alibaba');
    expect(ask(contracts, { at: DAY(4, 1) })).toMatch(/^1.2 /);
    expect(ask(contracts, { at: DAY(5, 1) - 1 })).toMatch(/^1.2 /);
    expect(ask(contracts, { at: DAY(5, 1) })).toBe('2.4 alibaba');
    const answer = contractBook(lists, contracts).find({ ...QUERY, at: DAY(4, 2) });
    expect(answer).toMatchObject({ price: { valid: { from: DAY(4, 1), to: DAY(5, 1) } } });
  });
});

describe('whom a contract is for', () => {
  const three = [
    contract({ name: 'p', provider: 'alibaba', discount: off('10') }),
    contract({ name: 'a', account: 'acme', discount: off('20') }),
    contract({ name: 'k', key: 'k1', discount: off('50') }),
  ];

  test('key goes before account, and account before provider', () => {
    expect(ask(three)).toMatch(/^1.2 contract k:/); // 2.4 x 0.5
    expect(ask(three, { key: 'k2' })).toMatch(/^1.92 contract a:/); // 2.4 x 0.8
    expect(ask(three, { key: null, account: 'other' })).toMatch(/^2.16 contract p:/); // 2.4 x 0.9
    expect(ask(three.slice(1), { key: null, account: 'other' })).toBe('2.4 alibaba');
    expect(ask(three.slice(1), { key: undefined, account: undefined })).toBe('2.4 alibaba');
  });

  test('all that is named must be so', () => {
    const both = [contract({ account: 'acme', key: 'k1', discount: off('50') })];
    expect(ask(both)).toMatch(/^1.2 /);
    expect(ask(both, { account: 'other' })).toBe('2.4 alibaba');
  });

  test('a provider covers its regions, a region itself alone', () => {
    const whole = [contract({ provider: 'alibaba', discount: off('50') })];
    const mainland = [contract({ provider: 'alibaba-cn', discount: off('50') })];
    expect(ask(whole, { provider: 'alibaba-cn' })).toMatch(/^1.2 /);
    expect(ask(mainland, { provider: 'alibaba-cn' })).toMatch(/^1.2 /);
    expect(ask(mainland, { provider: 'alibaba' })).toBe('2.4 alibaba');
  });

  test('models are names with stars, as prices are looked up by', () => {
    const max = [contract({ account: 'acme', models: ['qwen*-max', 'qwen-long'], discount: off('50') })];
    expect(ask(max)).toMatch(/^1.2 /);
    expect(ask(max, { model: 'dashscope/Qwen-Max' })).toMatch(/^1.2 /);
    expect(ask(max, { model: 'qwen-turbo' })).toBe('0.3 alibaba');
  });
});

describe('a price file of a contract', () => {
  test('is its price, and no discount is taken off it', () => {
    const both = contract({ account: 'acme', list: own('qwen-max', '2'), discount: off('50') });
    expect(ask([both])).toBe('2 contract c: own.yaml');
    expect(ask([both], { model: 'qwen-turbo' })).toBe('0.15 contract c: 50% off alibaba'); // 0.3 x 0.5
  });

  test('that says nothing of a model leaves it to the next contract, then to the lists', () => {
    const key = contract({ name: 'k', key: 'k1', list: own('qwen-max', '1') });
    const account = contract({ name: 'a', account: 'acme', discount: off('50') });
    expect(ask([account, key])).toBe('1 contract k: own.yaml');
    expect(ask([account, key], { model: 'qwen-turbo' })).toMatch(/^0.15 contract a:/);
    expect(ask([key], { model: 'qwen-turbo' })).toBe('0.3 alibaba');
  });
});

describe('two contracts of one rank for the same usage are refused', () => {
  const refusal = (a: Partial<Contract>, b: Partial<Contract>): string | null => {
    try {
      refuseOverlaps([
        contract({ name: 'one', place: { file: 'c.yaml', line: 3, field: 'contracts[0]' }, ...a }),
        contract({ name: 'two', place: { file: 'c.yaml', line: 4, field: 'contracts[1]' }, ...b }),
      ]);
      return null;
    } catch (error) {
      const { message, place } = error as Error & { place: { line: number } };
      return `${place.line}: ${message}`;
    }
  };
  const REFUSED = '4: contract "two" covers usage that "one" at c.yaml:3: contracts[0] covers';

  test.each<[string, Partial<Contract>, Partial<Contract>]>([
    ['the same account', { account: 'a' }, { account: 'a' }],
    ['a provider and one of its regions', { provider: 'alibaba' }, { provider: 'alibaba-cn' }],
    ['an account at any provider and at one', { account: 'a' }, { account: 'a', provider: 'openai' }],
    ['patterns that some model matches both', { key: 'k', models: ['qwen*'] }, { key: 'k', models: ['*-max'] }],
    ['spans that meet', { key: 'k', to: DAY(4, 2) }, { key: 'k', from: DAY(4, 1) }],
    ['a key of any account and of one', { key: 'k' }, { key: 'k', account: 'a' }],
  ])('%s', (_, a, b) => {
    expect(refusal(a, b)).toBe(REFUSED);
  });

  test.each<[string, Partial<Contract>, Partial<Contract>]>([
    ['other accounts', { account: 'a' }, { account: 'b' }],
    ['other ranks', { account: 'a' }, { key: 'k' }],
    ['other providers', { account: 'a', provider: 'openai' }, { account: 'a', provider: 'anthropic' }],
    ['one after the other', { key: 'k', to: DAY(4, 1) }, { key: 'k', from: DAY(4, 1) }],
    ['no model in common', { key: 'k', models: ['qwen*'] }, { key: 'k', models: ['gpt*', 'o3'] }],
  ])('but not: %s', (_, a, b) => {
    expect(refusal(a, b)).toBeNull();
  });
});
