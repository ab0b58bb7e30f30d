import { describe, expect, test } from 'vitest';
import { type Body, scene } from './scene.js';
import { tokens } from './token-text.js';

/** Prices of a model that is counted exactly, in another currency and in batch mode. */
const PRICES = `
- { model: gpt-4.1, provider: openai, currency: CNY, per: 1M tokens, input: 10, output: 20 }
- { model: gpt-4o, provider: openai, currency: USD, per: 1M tokens, mode: batch, input: 1.25, output: 5 }
`;
const CONFIG = { 'tokenhub.config.yaml': 'prices: [prices.yaml]\n', 'prices.yaml': PRICES };

const modelsOf = (body: Body): string[] => body.estimates.map(({ model }: Body) => model);

describe('estimate', () => {
  const SHOWN = ['-m', 'claude-sonnet-4-5,gpt-4o,gpt-4,glm-5,gpt-4o-mini', '--output-tokens', '500'];
  const COMPARED = { 'big.md': tokens(7900), 'more.md': tokens(100) };

  test('prints models side by side, cheapest first, then what has no price or does not fit', async () => {
    const { tokenhub } = scene(COMPARED);
    const { exitCode, stdout, stderr } = await tokenhub('estimate', '.', ...SHOWN, '--calls-per-day', '1k');
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('../golden/estimate.table.txt');
  });

  test('says the same in JSON, with exact decimal texts', async () => {
    const { tokenhub } = scene(COMPARED);
    const { stdout } = await tokenhub('estimate', '.', ...SHOWN, '--cached', '80%', '--calls', '10', '--json');
    await expect(stdout.replace(/"tokenhub": "[^"]*"/, '"tokenhub": "0"')).toMatchFileSnapshot(
      '../golden/estimate.json',
    );
  });

  test('gives the cost of a call, a day and a month: one call as rounded, times the calls', async () => {
    const { json } = scene({ 'p.md': tokens(1000) });
    const body = await json('estimate', 'p.md', '-m', 'gpt-4o', '--output-tokens', '0.5k', '--calls-per-day', '2k');
    // 1,000 x 2.5 + 500 x 10 = 7,500 millionths; x 2,000 = 15; x 30 = 450
    const same = (amount: string) => ({ amount, low: amount, high: amount });
    expect(body.estimates[0].cost).toEqual({
      currency: 'USD',
      call: same('0.0075'),
      day: same('15'),
      month: same('450'),
    });
  });

  test('never gives the cost of an approximate count without its range', async () => {
    const { json, tokenhub } = scene({ 'p.md': tokens(1000) });
    const [{ tokens: counted, band, cost }] = (await json('estimate', 'p.md', '-m', 'claude-sonnet-4-5')).estimates;
    expect(counted.inputRange).toEqual([Math.floor(counted.input * band[0]), Math.ceil(counted.input * band[1])]);
    // 3 USD per million tokens
    expect(Number(cost.call.low)).toBeCloseTo((counted.inputRange[0] * 3) / 1e6, 12);
    expect(Number(cost.call.high)).toBeCloseTo((counted.inputRange[1] * 3) / 1e6, 12);
    const { stdout } = await tokenhub('estimate', 'p.md', '-m', 'claude-sonnet-4-5');
    expect(stdout).toContain('approximate counts: for most texts the cost lies between low and high');
  });

  test('prints a cost and its range with the same decimals, so that no end seems to pass the middle', async () => {
    const { tokenhub } = scene({ 'p.md': tokens(413) });
    const { stdout } = await tokenhub('estimate', 'p.md', '-m', 'gpt-4o,claude-sonnet-5');
    // 413 x 2.5 = 1,032.5 millionths
    expect(stdout).toMatch(/gpt-4o .* USD +0\.00103 +0\.00103 +0\.00103 /);
  });

  test('compares a list of models across providers when none is named', async () => {
    const { tokenhub, json } = scene({ 'p.md': tokens(100) });
    const { exitCode } = await tokenhub('estimate', 'p.md');
    expect(exitCode).toBe(0);
    const body = await json('estimate', 'p.md');
    expect(new Set(body.estimates.map(({ provider }: Body) => provider)).size).toBeGreaterThanOrEqual(6);
    expect(body.estimates.every(({ status }: Body) => status === 'priced')).toBe(true);
  });

  test('reads a pipe, and all files together as the input of one call', async () => {
    const piped = scene({}, { stdin: tokens(42) });
    expect((await piped.json('estimate', '-m', 'gpt-4o')).estimates[0].tokens.input).toBe(42);
    const { json } = scene({ 'a.md': tokens(10), 'b.md': tokens(20) });
    const body = await json('estimate', 'a.md', 'b.md', '-m', 'gpt-4o');
    expect(body.estimates[0].tokens.input).toBe(30);
    expect(body.input.files).toBe(2);
  });

  test('sorts currencies apart and says so', async () => {
    const { tokenhub } = scene({ 'p.md': tokens(100), ...CONFIG });
    const { stdout, stderr } = await tokenhub(
      'estimate',
      'p.md',
      '-m',
      'gpt-4o,gpt-4.1,gpt-4o-mini',
      '--format',
      'csv',
    );
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(',').filter((cell) => /^(gpt|USD|CNY)/.test(cell)));
    expect(lines.slice(1)).toEqual([
      ['gpt-4.1', 'CNY'],
      ['gpt-4o-mini', 'USD'],
      ['gpt-4o', 'USD'],
    ]);
    expect(stderr).toContain('CNY and USD are sorted apart: currencies are not compared without a rate');
  });

  test('prices by the config, its region and mode; flags come first', async () => {
    const { json } = scene({ 'p.md': tokens(1000), ...CONFIG });
    // 1,000 x 1.25 = 1,250 millionths
    const batch = await json('estimate', 'p.md', '-m', 'gpt-4o', '--batch');
    expect(batch.estimates[0].cost.call.amount).toBe('0.00125');
    expect(batch.estimates[0].price).toMatchObject({ mode: 'batch' });
    const currencyIn = async (...flags: string[]) =>
      (await json('estimate', 'p.md', '-m', 'qwen-max', ...flags)).estimates[0].cost.currency;
    expect(await currencyIn()).toBe('USD');
    expect(await currencyIn('--region', 'cn')).toBe('CNY');
  });

  test('prices at the date asked for', async () => {
    const { json } = scene({ 'p.md': tokens(1000) });
    const inputCost = async (at: string) => {
      const body = await json('estimate', 'p.md', '-m', 'o3', '--at', at);
      return [body.query.at, body.estimates[0].cost.call.amount];
    };
    // o3: 10 USD per million tokens until 2025-06-10, then 2
    expect(await inputCost('2025-06-09')).toEqual(['2025-06-09T00:00:00.000Z', '0.01']);
    expect(await inputCost('2025-06-10')).toEqual(['2025-06-10T00:00:00.000Z', '0.002']);
  });
});

describe('what has no honest cost', () => {
  test('is exit 3 for a model that was named, and never a cost of 0', async () => {
    const { tokenhub, json } = scene({ 'p.md': tokens(10) });
    expect((await tokenhub('estimate', 'p.md', '-m', 'gpt-4o')).exitCode).toBe(0);
    expect((await tokenhub('estimate', 'p.md', '-m', 'gpt-4o,glm-5')).exitCode).toBe(3);
    const body = await json('estimate', 'p.md', '-m', 'glm-5,gpt-4o');
    expect(modelsOf(body)).toEqual(['gpt-4o', 'glm-5']);
    expect(body.estimates[1]).toMatchObject({
      ...{ status: 'unpriced', cost: null, price: null, context: null },
      reason: 'no price for model "glm-5" of provider "zhipu"',
    });
  });

  test('is exit 3 for the default list only when no model of it has a cost', async () => {
    const { tokenhub } = scene({ 'p.md': tokens(10) });
    expect((await tokenhub('estimate', 'p.md', '--batch')).exitCode).toBe(0);
    expect((await tokenhub('estimate', 'p.md', '--mode', 'fast')).exitCode).toBe(3);
  });

  test('is exit 2 when a file that was named could not be counted', async () => {
    const { tokenhub } = scene({ 'p.md': tokens(10), 'image.png': '\0\0' });
    const { exitCode, stderr } = await tokenhub('estimate', 'p.md', 'image.png', '-m', 'gpt-4o');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: 'warning: image.png: skipped, binary\n' });
  });
});

describe('a mistake in the options', () => {
  test.each([
    [['--output-tokens', 'many'], 'error: --output-tokens: "many" is no number'],
    [['--output-tokens', '0.5'], 'error: --output-tokens: "0.5" is no whole number'],
    [['--output-tokens', '-5'], 'error: --output-tokens: "-5" is no number'],
    [['--output-tokens', '9007199254740993'], 'error: --output-tokens: "9007199254740993" is more than can be counted'],
    [['--calls', '1e9'], 'error: --calls: "1e9" is no number'],
    [['--cached', '101%'], 'error: --cached: "101%" is no share of the input'],
    [['--cached', '-1%'], 'error: --cached: "-1%" is no share of the input'],
    [
      ['--cached', '80%', '--cache-write', '20.1%'],
      'error: --cache-write: "20.1%" and --cached 80% are more than all of the input',
    ],
    [['--cached', '11'], 'error: --cached: "gpt-4o" counts 10 tokens of input, fewer than are cached and written'],
    [['--cache-write', '11'], 'error: --cache-write: "gpt-4o" counts 10 tokens of input'],
    [['--cached', '8', '--cache-write', '30%'], 'error: --cached: "gpt-4o" counts 10 tokens of input'],
    [['--thinking'], 'error: --thinking: "on" changes the price of output, and there is none'],
    [['--at', 'yesterday'], 'error: --at: "yesterday" is no date'],
    [
      ['--calls', '1', '--calls-per-day', '1'],
      "error: option '--calls <n>' cannot be used with option '--calls-per-day <n>'",
    ],
    [['--batch', '--mode', 'flex'], "error: option '--batch' cannot be used with option '--mode <mode>'"],
    [['--region', 'moon'], "error: option '--region <region>' argument 'moon' is invalid"],
    [['-m', 'gpt-4oo'], 'error: --model: no model of the name "gpt-4oo" is known'],
  ])('%s is one clear error', async (flags, message) => {
    const { tokenhub } = scene({ 'p.md': tokens(10) });
    const { exitCode, stdout, stderr } = await tokenhub('estimate', 'p.md', '-m', 'gpt-4o', ...flags);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n').length).toBeLessThanOrEqual(2);
  });

  test('does not let the output replace the prompt', async () => {
    const { tokenhub } = scene({ 'p.md': tokens(10) });
    const { exitCode, stderr } = await tokenhub('estimate', 'p.md', '-m', 'gpt-4o', '-o', 'p.md');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is not overwritten');
  });
});

describe('count --context', () => {
  test("says how much of each model's window the total takes, by how much it is too large, and what is not known", async () => {
    const { tokenhub } = scene({ 'p.md': tokens(9000) });
    const { exitCode, stdout } = await tokenhub(
      'count',
      'p.md',
      '-m',
      'gpt-4o,gpt-4,glm-5',
      '-e',
      'o200k_base',
      '--context',
    );
    expect(exitCode).toBe(0);
    // 9,000 / 128,000 = 7.03%; 9,000 / 8,192 = 109.86%
    expect(stdout.trim().split('\n').slice(-4)).toEqual([
      'gpt-4o: 9,000 of 128,000 tokens of the context window (7.0%)',
      'gpt-4: 9,000 of 8,192 tokens of the context window (109.9%), 808 too many',
      'glm-5: context window not known',
      'o200k_base: an encoding has no context window; name a model with --model',
    ]);
  });

  test('adds window, share and source to the JSON, and nothing without the flag', async () => {
    const { json } = scene({ 'p.md': tokens(9000) });
    const { counts } = await json('count', 'p.md', '-m', 'gpt-4o,glm-5,kimi-k2.5', '--context');
    expect(counts[0].context).toMatchObject({ window: 128_000, share: '0.070313' });
    expect(counts[1].context).toBeNull();
    expect(counts[2].context.source).toMatch(/^@pydantic\/genai-prices .*, context_window$/);
    expect((await json('count', 'p.md', '-m', 'gpt-4o')).counts[0]).not.toHaveProperty('context');
  });
});
