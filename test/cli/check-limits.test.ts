import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Body, type Files, type Scene, scene } from './scene.js';
import { tokens } from './token-text.js';

/** Prices that do not change: gpt-4o at 10 USD and, above 1,000 tokens, 20 USD a million; gpt-4.1 in CNY. */
const PRICES = `
- model: gpt-4o
  provider: openai
  currency: USD
  per: 1M tokens
  tiers:
    - { up_to: 1000, input: 10, output: 40 }
    - { up_to: 100k, input: 20, output: 40 }
- { model: gpt-4.1, provider: openai, currency: CNY, per: 1M tokens, input: 10, output: 20 }
- { model: claude-sonnet-4-5, provider: anthropic, currency: USD, per: 1M tokens, input: 10, output: 20 }
- { model: gpt-4o-mini, provider: openai, currency: USD, per: 1M tokens, input: 10, output: 20, from: 2026-10-01, to: 2026-10-31 }
- { model: gpt-4o-mini, provider: openai, currency: USD, per: 1M tokens, input: 20, output: 20, from: 2026-11-01 }
`;

const withBudget = (budget: string, files: Files): Scene =>
  scene({
    ...files,
    'prices.yaml': PRICES,
    'tokenhub.config.yaml': `prices: [prices.yaml]\nbudgets:\n  - { name: p, paths: ["*.md"], ${budget} }\n`,
  });

async function verdictsOf(budget: string, files: Files, ...flags: string[]): Promise<string[]> {
  const { verdicts } = await withBudget(budget, files).json('check', ...flags);
  return verdicts.map(({ level, code }: Body) => `${level} ${code}`);
}

describe('a budget in money', () => {
  test.each([
    [1000, 'max: 0.01 USD', 'ok TH000'], // 1,000 x 10 / 1M
    [1001, 'max: 0.01 USD', 'error TH001'], // 1,001 x 20 / 1M = 0.02002: the next tier
    [1001, 'max: 0.02002 USD', 'ok TH000'],
    [1000, 'max: 0.03 USD, assume: { outputTokens: 500 }', 'ok TH000'], // 0.01 + 500 x 40 / 1M
    [1000, 'max: 0.029999 USD, assume: { outputTokens: 500 }', 'error TH001'],
    [1000, 'max: 30 USD, assume: { outputTokens: 500, calls: 1000 }', 'ok TH000'],
    [1000, 'max: 30 USD, warn: 99.9%, assume: { outputTokens: 500, calls: 1000 }', 'warn TH002'],
    [1000, 'max: 29 USD, tolerance: 4%, assume: { outputTokens: 500, calls: 1000 }', 'warn TH006'], // 29 + 1.16
    [1000, 'max: 0.01 CNY', 'unknown TH011'], // its price is in USD
    [127_600, 'max: 9 USD, assume: { outputTokens: 500 }', 'unknown TH011'], // 128,100 of a window of 128,000
  ])('over %i tokens of gpt-4o, %s: %s', async (n, budget, expected) => {
    expect(await verdictsOf(`model: gpt-4o, ${budget}`, { 'a.md': tokens(n) })).toEqual([expected]);
  });

  // 1,000 of o200k_base x 1.18 = 1,180; the low end of the band is 1,180 x 0.75 = 885: 0.00885 USD
  test.each([
    ['0.0118', 'ok TH000'],
    ['0.0117', 'warn TH003'],
    ['0.00885', 'warn TH003'],
    ['0.00884', 'error TH001'],
  ])('of an approximate count against %s USD: %s', async (max, expected) => {
    expect(await verdictsOf(`model: claude-sonnet-4-5, max: ${max} USD`, { 'a.md': tokens(1000) })).toEqual([expected]);
  });

  test('of all files together is of one call with all of them', async () => {
    const files = { 'a.md': tokens(600), 'b.md': tokens(600) };
    expect(await verdictsOf('model: gpt-4o, max: 0.006 USD', files)).toEqual(['ok TH000', 'ok TH000']);
    // 1,200 x 20 / 1M = 0.024, not twice 600 x 10 / 1M
    expect(await verdictsOf('model: gpt-4o, scope: total, max: 0.024 USD', files)).toEqual(['ok TH000']);
    expect(await verdictsOf('model: gpt-4o, scope: total, max: 0.023999 USD', files)).toEqual(['error TH001']);
  });

  test('is of the prices in force on the day that is judged', async () => {
    const budget = 'model: gpt-4o-mini, max: 0.01 USD';
    const files = { 'a.md': tokens(1000) };
    expect(await verdictsOf(budget, files, '--at', '2026-10-31')).toEqual(['ok TH000']);
    expect(await verdictsOf(budget, files, '--at', '2026-11-02')).toEqual(['error TH001']); // 0.02 USD
  });

  test('says what it takes for granted, and the cost to the last decimal', async () => {
    const at = withBudget('model: gpt-4o, max: 0.02 USD, assume: { outputTokens: 500, calls: 1000 }', {
      'a.md': tokens(1000),
    });
    const { verdicts } = await at.json('check');
    expect(verdicts[0]).toMatchObject({
      measured: { amount: '30', currency: 'USD' },
      limit: { amount: '0.02', currency: 'USD' },
      message: 'a.md: 30 USD, 29.98 USD over the limit of 0.02 USD (with 500 tokens of output, 1,000 calls)',
    });
  });

  test('without a price is one verdict, whatever the files are: exit 3', async () => {
    const at = withBudget('model: gpt-4.1, max: 1 USD', { 'a.md': 'a', 'b.md': 'b' });
    const { exitCode, stdout } = await at.tokenhub('check', '--json');
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout).verdicts).toMatchObject([
      { code: 'TH011', path: null, message: 'the price of gpt-4.1 is in CNY, and the limit in USD' },
    ]);
  });

  test('that is typed is of the prices of the config, which nothing else asks for', async () => {
    const { tokenhub, path } = withBudget('max: 1 tokens', { 'a.md': tokens(1001) });
    const { stdout, exitCode } = await tokenhub('check', 'a.md', '--max', '0.02 USD', '-m', 'gpt-4o');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('0.02002 USD, 0.00002 USD over the limit of 0.02 USD (with 0 tokens of output, 1 call)');
    expect(stdout).toContain('shorten a.md, or raise --max');
    writeFileSync(path('prices.yaml'), '- { nonsense');
    expect((await tokenhub('check', 'a.md', '--max', '2k tokens', '-m', 'gpt-4o')).exitCode).toBe(0);
    expect((await tokenhub('check', 'a.md', '--max', '5% of context', '-m', 'gpt-4o')).exitCode).toBe(0);
    expect((await tokenhub('check', 'a.md', '--max', '0.02 USD', '-m', 'gpt-4o')).exitCode).toBe(2);
  });

  test('has a tolerance that is a share: exit 2', async () => {
    const at = withBudget('model: gpt-4o, max: 1 USD, tolerance: 5 tokens', { 'a.md': 'a' });
    const { exitCode, stderr } = await at.tokenhub('check');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('tolerance: is in tokens, but max in USD');
  });
});

describe('a budget of context', () => {
  test.each([
    [6400, 'model: gpt-4o, max: 5% of context', 'ok TH000'], // 128,000 x 5%
    [6401, 'model: gpt-4o, max: 5% of context', 'error TH001'],
    [6401, 'model: gpt-4o, max: 5% of context, tolerance: 1 tokens', 'warn TH006'],
    [5121, 'model: gpt-4o, max: 5% of context, warn: 80%', 'warn TH002'], // 6,400 x 80% = 5,120
    [100, 'model: groq/llama-3.3-70b, max: 5% of context', 'unknown TH012'],
  ])('of %i tokens, %s: %s', async (n, budget, expected) => {
    expect(await verdictsOf(budget, { 'a.md': tokens(n) })).toEqual([expected]);
  });
});

describe('a budget on growth', () => {
  test('alone is unknown without a base', async () => {
    expect(await verdictsOf('maxIncrease: { tokens: 200, percent: 10% }', { 'a.md': 'a', 'b.md': 'b' })).toEqual([
      'unknown TH010',
    ]);
  });

  test('beside a limit is noted once', async () => {
    const at = withBudget('max: 5 tokens, maxIncrease: { tokens: 200 }', { 'a.md': 'a', 'b.md': 'b' });
    const { verdicts, notes } = await at.json('check');
    expect(verdicts.map(({ code }: Body) => code)).toEqual(['TH000', 'TH000']);
    expect(notes).toEqual(['growth is not judged: there is no base; name one with --base <ref>']);
  });
});

describe('a finding', () => {
  const FILES = { 'a.md': '# One\na a a a a\n# Two\na a a a a a a a a\n## Part\nb\n', 'b.md': 'short' };

  test('names the largest sections of a Markdown file', async () => {
    const { tokenhub, json } = withBudget('max: 10 tokens', FILES);
    const { verdicts } = await json('check');
    expect(verdicts[0].parts.map(({ name }: Body) => name)).toEqual(['a.md#Two', 'a.md#One', 'a.md#Two › Part']);
    expect(verdicts[1].parts).toEqual([]);
    const { stdout } = await tokenhub('check');
    expect(stdout).toMatch(/\n {2}largest: a\.md#Two \(\d+\), a\.md#One \(\d+\), a\.md#Two › Part \(\d+\)\n/);
  });

  test('names the largest files of a total, three in a table', async () => {
    const files = { 'a.md': tokens(10), 'b.md': tokens(30), 'c.md': tokens(20), 'd.md': tokens(5) };
    const { tokenhub } = withBudget('scope: total, max: 64 tokens', files);
    const { stdout } = await tokenhub('check');
    expect(stdout).toContain(
      [
        'TH001 p: all files together: 65 tokens, 1 over the limit of 64',
        '  largest: b.md (30), c.md (20), a.md (10)',
        '  shorten some of the files (b.md is largest, with 30 tokens), or raise `max` at tokenhub.config.yaml:3',
      ].join('\n'),
    );
  });

  test('of hostile headings and names is shown without acting', async () => {
    const { tokenhub } = withBudget('max: 1 tokens', { 'x\u001b[2Jy.md': '# \u001b[31mred\na b c\n# Two\nx\n' });
    const { stdout } = await tokenhub('check');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('largest: x\\x1b[2Jy.md#');
  });
});

test('level: warn makes a breach a warning, which says so: exit 0', async () => {
  const at = withBudget('max: 1 tokens, level: warn', { 'a.md': 'a a' });
  const { exitCode, stdout } = await at.tokenhub('check');
  expect(exitCode).toBe(0);
  expect(stdout).toContain('TH001 p: a.md: 2 tokens, 1 over the limit of 1; it only warns, by `level: warn`');
});
