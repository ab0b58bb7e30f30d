import { describe, expect, test } from 'vitest';
import { type Body, scene } from './scene.js';

const PRICES = `
- { model: gpt-4o, provider: openai, currency: USD, per: 1M tokens, input: 2, cached_input: 1.25, output: 10, source: offer 7 }
- { model: in-house-1, provider: lab, currency: CNY, per: 1M tokens, from: 2027-01-01, input: 1 }
`;
const CONFIG = `prices: [prices.yaml]
contracts:
  - { name: acme, account: acme, provider: openai, models: ["gpt-*"], discount: 10%, from: 2026-01-01, to: 2026-12-31 }
  - { name: team, key: k1, prices: [team.yaml] }
`;
const TEAM = '- { model: gpt-4o, provider: openai, currency: USD, per: 1M tokens, input: 1, output: 5 }\n';
const FILES = { 'tokenhub.config.yaml': CONFIG, 'prices.yaml': PRICES, 'team.yaml': TEAM };

const offers = (body: Body) =>
  body.prices.map(({ source, used, differs, tiers }: Body) => [source, tiers[0].rates.input, used, differs.join(' ')]);

describe('prices of a model', () => {
  test('shows what every list says, marks the price that is used and names where the others differ', async () => {
    const { tokenhub, json } = scene(FILES);
    const body = await json('prices', 'gpt-4o');
    expect(offers(body)).toEqual([
      ['prices.yaml', '2', true, ''],
      ['@pydantic/genai-prices', '2.5', false, 'input'], // cached 1.25 and output 10 are the same
    ]);
    expect(body.prices[0]).toMatchObject({ reference: 'offer 7', currency: 'USD', from: null, to: null });
    const { stdout, exitCode } = await tokenhub('prices', 'gpt-4o');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('of openai, mode standard, now; per million tokens');
    expect(stdout).toMatch(/prices\.yaml +sha256:\w{12} +yes +USD +2 +1\.25 +10\n/);
    expect(stdout).toMatch(/genai-prices is not used: it differs in input\n/);
  });

  test('shows every tier and rate of it, in CSV with all columns', async () => {
    const { tokenhub } = scene();
    const { stdout } = await tokenhub('prices', 'qwen-plus', '--region', 'cn', '--at', '2026-10-01', '--format', 'csv');
    const [head = '', first = ''] = stdout.split('\n');
    const cells = new Map(head.split(',').map((name, i) => [name, first.split(',')[i]]));
    expect(stdout.trim().split('\n')).toHaveLength(4); // three tiers
    // mainland, first tier: 0.8 and 2, thinking 8; hit 20%, explicit hit 10%, write 125% of 0.8
    expect(Object.fromEntries(cells)).toMatchObject({
      ...{ source: 'alibaba', as_of: '2026-11', used: 'yes', mode: 'standard', region: 'cn', currency: 'CNY' },
      ...{ up_to: '128000', input: '0.8', output: '2', output_thinking: '8', cached_input: '0.16' },
      ...{ cached_input_explicit: '0.08', cache_write_5m: '1', cache_write_1h: '', from: '2025-12-31T16:00:00.000Z' },
    });
  });

  test('are those of an instant, a mode and a provider', async () => {
    const { json } = scene();
    const input = async (...argv: string[]) => (await json('prices', ...argv)).prices[0].tiers[0].rates.input;
    expect(await input('o3', '--at', '2025-06-09')).toBe('10');
    expect(await input('o3', '--at', '2025-06-10')).toBe('2');
    expect(await input('claude-sonnet-4-5', '--mode', 'batch')).toBe('1.5');
    expect(await input('anthropic/claude-sonnet-4.5', '--provider', 'openrouter')).toBe('3');
  });

  test('name the modes that have a price and other providers of the name', async () => {
    const { json } = scene();
    const body = await json('prices', 'qwen3-max');
    expect(body.modes.map(({ mode, source }: Body) => [mode, source])).toEqual([
      ['standard', 'alibaba'],
      ['batch', 'alibaba'],
      ['flex', null],
      ['priority', null],
      ['fast', null],
    ]);
    expect(body.elsewhere.map(({ provider, currency }: Body) => [provider, currency])).toEqual([['alibaba-cn', 'CNY']]);
  });

  test('go by the contract of the account or key that is named', async () => {
    const { json } = scene(FILES);
    expect(offers(await json('prices', 'gpt-4o', '--account', 'acme'))).toEqual([
      ['contract acme: 10% off prices.yaml', '1.8', true, ''], // 2 x 0.9
      ['prices.yaml', '2', false, 'input cacheRead output'],
      ['@pydantic/genai-prices', '2.5', false, 'input cacheRead output'],
    ]);
    const [used] = offers(await json('prices', 'gpt-4o', '--account', 'acme', '--key', 'k1'));
    expect(used).toEqual(['contract team: team.yaml', '1', true, '']);
    const [later] = offers(await json('prices', 'gpt-4o', '--account', 'acme', '--at', '2027-01-01'));
    expect(later).toEqual(['prices.yaml', '2', true, '']);
  });
});

describe('a model without a price', () => {
  test('that a list names has no honest answer: exit 3', async () => {
    const { tokenhub, json } = scene(FILES);
    const { exitCode, stdout, stderr } = await tokenhub('prices', 'gpt-4o', '--mode', 'priority');
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    expect(stdout).toContain('no priority price for model "gpt-4o" of provider "openai"');
    expect((await tokenhub('prices', 'in-house-1', '--provider', 'lab')).exitCode).toBe(3); // from 2027 on
    expect(await json('prices', 'in-house-1', '--provider', 'lab')).toMatchObject({ known: false, prices: [] });
  });

  test('that ends in latest is told apart: exit 3, and a dated one is asked for', async () => {
    const { exitCode, stdout } = await scene().tokenhub('prices', 'mistral-large-latest');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('a name that ends in latest means another model tomorrow');
  });

  test.each([['nonsense-latest'], ['gpt-nonsense-latest'], ['nonsense', '--provider', 'aws']])(
    'that no list names is an error, also %s %s %s',
    async (...argv) => {
      const { exitCode, stderr } = await scene().tokenhub('prices', ...argv);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`no price list names a model "${argv[0]}"`);
    },
  );

  test('of its provider is told of others, however the provider is named', async () => {
    for (const argv of [['azure/gpt-4o'], ['gpt-4o', '--provider', 'azure']]) {
      const { exitCode, stdout } = await scene().tokenhub('prices', ...argv);
      expect(exitCode).toBe(3);
      expect(stdout).toContain('also of openai: USD 2.5 input, 10 output');
    }
  });

  test('whose name tells no provider is that of the only one a list has it of', async () => {
    const { tokenhub, json } = scene({ 'tokenhub.config.yaml': 'prices: [prices.yaml]\n', 'prices.yaml': PRICES });
    const argv = ['prices', 'in-house-1', '--at', '2027-02-01'];
    expect(await json(...argv)).toMatchObject({ known: true, query: { provider: 'lab' } });
    const { exitCode, stdout } = await tokenhub(...argv);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('the name tells no provider; only lab is listed with it');
    expect((await tokenhub(...argv, '--provider', 'other')).exitCode).toBe(3);
  });

  test('that no list names is an error with the nearest names: exit 2', async () => {
    const { exitCode, stdout, stderr } = await scene().tokenhub('prices', 'claude-sonet-4-5');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('no price list names a model "claude-sonet-4-5"\n  did you mean claude-sonnet-4-5 or ');
  });
});

describe('prices without a model', () => {
  test('shows the lists in the order they are asked, with dates and numbers of models, and the contracts', async () => {
    const { json, tokenhub } = scene(FILES);
    const body = await json('prices');
    expect(body.lists.map(({ list, models }: Body) => [list, models > 0])).toEqual([
      ['price file', true],
      ['alibaba', true],
      ['@pydantic/genai-prices', true],
    ]);
    expect(body.lists[0]).toMatchObject({ models: 2, providers: ['lab', 'openai'] });
    expect(body.contracts[0]).toEqual({
      ...{ name: 'acme', provider: 'openai', account: 'acme', key: null, models: ['gpt-*'], discount: '0.1' },
      ...{ priceFiles: 0, from: '2026-01-01T00:00:00.000Z', to: '2027-01-01T00:00:00.000Z' },
    });
    const { stdout } = await tokenhub('prices');
    expect(stdout).toContain('contract acme: account acme; provider openai; models gpt-*; 10% off; from 2026-01-01');
  });

  test('refuses what only asks about a model', async () => {
    const { exitCode, stderr } = await scene().tokenhub('prices', '--mode', 'batch');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('name one: tokenhub prices gpt-4o --mode batch');
  });
});
