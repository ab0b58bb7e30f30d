import { rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeOf, commit, write } from './repository.js';
import { type Body, type Files, sceneIn } from './scene.js';
import { tokens } from './token-text.js';

const CONFIG = 'tokenhub.config.yaml';
const PRICES = 'prices: [prices.yaml]\n';
/** 1,000 tokens at 10 USD a million are 0.01 USD. */
const LIMIT = 'budgets:\n  - { name: p, paths: ["*.md"], model: gpt-4o, max: 0.01 USD }\n';
const priceOf = (input: number, model = 'gpt-4o'): string =>
  `- { model: ${model}, provider: openai, currency: USD, per: 1M tokens, input: ${input}, output: 20 }\n`;
const FILES: Files = { [CONFIG]: `${PRICES}${LIMIT}`, 'prices.yaml': priceOf(10), 'a.md': tokens(1000) };

/** Exit code, and of every verdict code and message; or the error. */
async function judged(folder: string, ...flags: string[]) {
  const { exitCode, stdout, stderr } = await sceneIn(folder).tokenhub('check', '--json', '--base', 'main', ...flags);
  if (stdout === '') return [exitCode, JSON.parse(stderr).error.code, JSON.parse(stderr).error.message];
  return [
    exitCode,
    ...JSON.parse(stdout).verdicts.map((each: Body) =>
      each.code === 'TH009' ? `${each.budget}: ${each.message}` : `${each.budget}: ${each.code}`,
    ),
  ];
}
const byBase = (folder: string, ...flags: string[]) => judged(folder, '--config-from', 'base', ...flags);

const CHEAPER =
  'p: the change loosens `price of gpt-4o` from 10 USD per million input tokens to 1 USD per million input tokens';

describe('a limit in money, with --config-from base', () => {
  test('is judged at the prices of the base, and a change that lowers them is told', async () => {
    const folder = changeOf(FILES);
    commit(folder, { 'prices.yaml': priceOf(1), 'a.md': tokens(1001) });
    expect(await byBase(folder)).toEqual([1, 'p: TH001', CHEAPER]);
    expect(await judged(folder)).toEqual([0, 'p: TH000', CHEAPER]);
    expect(await byBase(folder, '--only', 'q*')).toEqual([2, 'UNKNOWN_BUDGET', 'no budget is called "q*"']);
  });

  test.each<[string, Files]>([
    ['a contract', { [CONFIG]: `${PRICES}contracts: [{ name: c, provider: openai, discount: 90% }]\n${LIMIT}` }],
    ['a price file of another name', { [CONFIG]: `prices: [cheap.yaml]\n${LIMIT}`, 'cheap.yaml': priceOf(1) }],
  ])('is not lifted by %s', async (_, change) => {
    const folder = changeOf(FILES);
    commit(folder, { ...change, 'a.md': tokens(1001) });
    expect(await byBase(folder)).toEqual([1, 'p: TH001', CHEAPER]);
  });

  test('is not lifted by a price file that becomes a link, or is not there any more', async () => {
    const folder = changeOf({
      ...FILES,
      'prices/prices.yaml': priceOf(10),
      [CONFIG]: `prices: [prices/prices.yaml]\n${LIMIT}`,
    });
    rmSync(join(folder, 'prices'), { recursive: true });
    symlinkSync('cheap', join(folder, 'prices'));
    commit(folder, { 'cheap/prices.yaml': priceOf(1), 'a.md': tokens(1001) });
    expect(await byBase(folder)).toEqual([1, 'p: TH001', CHEAPER]);
    commit(folder, { [CONFIG]: LIMIT });
    expect((await byBase(folder))[1]).toEqual('p: TH001');
  });

  test('reads what git does not keep as it is now, and refuses a file that only the change brings', async () => {
    const folder = changeOf({ [CONFIG]: FILES[CONFIG]!, '.gitignore': 'prices.yaml\n', 'a.md': tokens(999) });
    write(folder, { 'prices.yaml': priceOf(10), 'a.md': tokens(1001) });
    expect(await byBase(folder)).toEqual([1, 'p: TH001']);
    commit(folder, { '.gitignore': '' });
    expect(await byBase(folder)).toEqual([2, 'BAD_PRICE', 'is not there']);
  });

  test('says nothing of prices that rise, of other models, or of none', async () => {
    const folder = changeOf(FILES);
    commit(folder, { 'prices.yaml': `${priceOf(10.5)}${priceOf(0, 'gpt-4o-mini')}` });
    expect(await byBase(folder)).toEqual([0, 'p: TH000']);
    expect(await judged(folder)).toEqual([0, 'p: TH008']);
  });

  test('of a budget that is new is judged at the prices of now', async () => {
    const folder = changeOf(FILES);
    const added = '  - { name: q, paths: ["*.md"], model: gpt-4.1, max: 0.01 USD }\n';
    commit(folder, {
      [CONFIG]: `${PRICES}${LIMIT}${added}`,
      'prices.yaml': priceOf(10) + priceOf(20, 'gpt-4.1'),
    });
    expect((await byBase(folder)).slice(1)).toEqual(['p: TH000', 'q: TH008']);
  });

  test('tells a region in which a context window is larger', async () => {
    const limit = 'budgets:\n  - { name: p, paths: ["*.md"], model: qwen-max, max: 1% of context }\n';
    const folder = changeOf({ [CONFIG]: limit, 'a.md': tokens(300) });
    commit(folder, { [CONFIG]: `alibaba: { region: cn }\n${limit}`, 'a.md': tokens(900) });
    expect(await byBase(folder)).toEqual([
      1,
      'p: TH001', // over 327, 1% of 32,768
      'p: the change loosens `context window of qwen-max` from 32,768 tokens to 131,072 tokens',
    ]);
  });

  test('notes prices of the base that cannot be read where those of now judge', async () => {
    const folder = changeOf({ ...FILES, 'prices.yaml': 'no list\n' });
    commit(folder, { 'prices.yaml': priceOf(10) });
    const { notes } = await sceneIn(folder).json('check', '--base', 'main');
    expect(notes).toContain('whether this change lowers prices that limits are in is not known: is no list');
    expect((await byBase(folder)).slice(0, 2)).toEqual([2, 'BAD_PRICE']);
  });
});
