/** A model is asked for by any of its names, and means every name it was recorded by. */

import { describe, expect, test } from 'vitest';
import type { Body, Scene } from './scene.js';
import { type Cells, ledgerOf } from './usage-ledger.js';

const CONFIG = `models: { qwen3-32b: ["Qwen/Qwen3-32B*", q32], qwen3-8b: [Qwen/Qwen3-8B] }
units: { hub: {}, wukong: { parent: hub } }
budgets:
`;

/** 100 + 20 + 3 tokens of one model by three names, and 4000 of another. */
const ROWS: readonly Cells[] = [
  { unit: 'wukong', model: 'qwen3-32b', input: 100 },
  { unit: 'wukong', model: 'Qwen/Qwen3-32B-FP8', input: 20 },
  { unit: 'wukong', model: 'q32', input: 3 },
  { unit: 'wukong', model: 'qwen3-max', input: 4000 },
];
const RECORDED = ['Qwen/Qwen3-32B-FP8', 'q32', 'qwen3-32b'];

const ledger = (budgets = '  - { name: x, paths: [a.md], max: 1 tokens }\n'): Promise<Scene> =>
  ledgerOf(ROWS, { 'tokenhub.config.yaml': `${CONFIG}${budgets}` });

const ANY_NAME = ['qwen3-32b', 'q32', 'Qwen/Qwen3-32B', 'Qwen/Qwen3-32B-FP8'];

describe('--model', () => {
  test('by any name is every recorded name, of report, flow and why', async () => {
    const at = await ledger();
    for (const name of ANY_NAME)
      for (const command of [['report', '--by', 'model'], ['flow'], ['why']]) {
        const { query, totals, total } = await at.json(...command, '--model', name);
        expect([command, name, query.models.toSorted()]).toEqual([command, name, RECORDED]);
        const figures = total ?? totals.overall?.stages.apply ?? totals;
        expect([command, name, figures.tokens.total]).toEqual([command, name, 123]); // 100 + 20 + 3
      }
  });

  test('is the same in a reference, and rows of a report keep the names as recorded', async () => {
    const at = await ledger();
    expect((await at.json('why', 'flow:apply,model=q32')).total.tokens.total).toBe(123);
    const { rows } = await at.json('report', '--by', 'model', '--model', 'q32');
    expect(rows.map(({ model }: Body) => model).toSorted()).toEqual(RECORDED);
  });

  test('of one name alone is a condition', async () => {
    const { totals } = await (await ledger()).json('report', '--where', 'model=q32');
    expect(totals.tokens.total).toBe(3);
  });

  test('keeps a name that nothing has beside one that something has', async () => {
    const at = await ledger();
    expect((await at.json('flow', '--model', 'q32', '--model', 'nope')).query.models.toSorted()).toEqual([
      RECORDED[0],
      'nope',
      ...RECORDED.slice(1),
    ]);
    expect((await at.tokenhub('why', '--model', 'q32', '--model', 'nope')).stderr).toContain(
      '"nope" is the model of no',
    );
  });
});

describe('a name that nothing was recorded by', () => {
  test('is refused by why, unless the config has the model', async () => {
    const at = await ledger();
    const { exitCode, stderr } = await at.tokenhub('why', '--model', 'Qwen/Qwen3-9B');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('is the model of no event in the ledger')]);
    for (const name of ['qwen3-8b', 'Qwen/Qwen3-8B'])
      expect((await at.json('why', '--model', name)).total.events).toBe(0);
  });

  test.each(['report', 'flow'])('is warned of by %s with the nearest name, of the config, too', async (command) => {
    const at = await ledger();
    for (const [flag, name, nearest] of [
      ['--model', 'qwen3-7b', 'qwen3-8b'],
      ['--model', 'qwen3-mx', 'qwen3-max'],
      ['--unit', 'hab', 'hub'],
      ['--unit', 'wukon', 'wukong'],
    ] as const) {
      const { exitCode, stderr } = await at.tokenhub(command, flag, name);
      expect([exitCode, stderr]).toEqual([0, expect.stringContaining(`; did you mean ${nearest}?`)]);
    }
  });
});

describe('a budget of a model', () => {
  test('is of every recorded name, and knows the names of the config', async () => {
    const names = ['qwen3-32b', 'q32', 'Qwen/Qwen3-32B-AWQ', 'Qwen/Qwen3-8B', 'qwen3-9b'];
    const lines = names.map((name) => `  - { name: ${name}, model: ${name}, period: month, max: 122 tokens }\n`);
    const { verdicts } = await (await ledger(lines.join(''))).json('check', '--at', '2026-10-31');
    expect(verdicts.map(({ budget, code, measured }: Body) => [budget, code, measured])).toEqual(
      expect.arrayContaining([
        ['qwen3-32b', 'TH001', 123],
        ['q32', 'TH001', 123],
        ['Qwen/Qwen3-32B-AWQ', 'TH001', 123],
        ['Qwen/Qwen3-8B', 'TH000', 0],
        ['qwen3-9b', 'TH107', 0],
      ]),
    );
  });

  test('is explained by why as it was judged', async () => {
    const at = await ledger('  - { name: month, model: q32, period: month, max: 1 tokens }\n');
    expect((await at.json('why', 'verdict:month', '--at', '2026-10-31')).total.tokens.total).toBe(123);
  });
});
