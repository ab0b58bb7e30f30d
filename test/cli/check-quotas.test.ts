import { describe, expect, test } from 'vitest';
import { type Body, type Scene, scene } from './scene.js';
import { type Cells, csv } from './usage-ledger.js';

const CONFIG = 'tokenhub.config.yaml';
/** Wukong's export: grains of people and departments, without tokens. */
const GRAINS = [
  'date,user_id,department,seat_type,model,feature,grains',
  '2026-10-05,alice,legal,team,qwen3-max,chat,600.25',
  '2026-10-06,alice,legal,team,qwen3-max,chat,400',
  '2026-10-05,bob,legal,team,qwen3-max,chat,300',
  '2026-10-05,carol,sales,team,qwen3-max,chat,100',
  '2026-10-05,,,pool,qwen3-max,chat,50',
  '',
].join('\n');

const LEGAL = 'units: { legal: {} }\nrules: [{ unit: legal, team: legal }]\n';

const CALLS: readonly Cells[] = [
  { user: 'alice', unit: 'chat', input: 900, output: 100 },
  { user: 'bob', unit: 'chat', input: 400, output: 100 },
  { user: 'dave', unit: 'chat', model: 'mystery', input: 10, output: 0 },
];

async function withBudgets(lines: readonly string[], more: string = ''): Promise<Scene> {
  const config = `${more}budgets:\n${lines.map((line) => `  - { period: month, ${line} }\n`).join('')}`;
  const at = scene({ 'grains.csv': GRAINS, 'calls.csv': csv(...CALLS), [CONFIG]: config });
  for (const file of ['grains.csv', 'calls.csv']) expect((await at.tokenhub('import', file)).exitCode).toBe(0);
  return at;
}

async function verdictsOf(lines: readonly string[], more?: string): Promise<[number, ...string[]]> {
  const { exitCode, stdout } = await (await withBudgets(lines, more)).tokenhub('check', '--json', '--at', '2026-10-31');
  const texts = JSON.parse(stdout).verdicts.map(({ level, code, quota }: Body) =>
    [level, code, ...(quota === null ? [] : [quota.value ?? `${quota.values} ${quota.each}`])].join(' '),
  );
  return [exitCode, ...texts];
}

describe('a budget of another quantity', () => {
  // 600.25 + 400 + 300 + 100 + 50 = 1,450.25 grains
  test.each([
    ['max: 1450.25 grains', 0, 'ok TH000'], // exactly at the limit passes
    ['max: 1450.249999 grains', 1, 'error TH001'],
    ['max: 1500 grains, warn: 90%', 0, 'warn TH002'], // from 1,350 on
    ['max: 3 requests', 0, 'ok TH000'], // a day of grains does not tell of requests
    ['max: 2 calls', 1, 'error TH001'],
    ['unit: chat, max: 0 grains', 0, 'ok TH000'], // others have some, so none of this unit is none
    ['user: dave, max: 0 grains', 0, 'ok TH000'],
    ['user: [alice, bob], max: 1300.25 grains', 0, 'ok TH000'], // 600.25 + 400 + 300
    ['where: ["user~al*"], max: 1000 grains', 1, 'error TH001'],
    ['max: 500 images', 3, 'unknown TH108'], // nothing tells of images
    ['unit: nowhere, max: 1 grain', 3, 'unknown TH107'],
  ])('%s exits %i: %s', async (limit, exitCode, verdict) => {
    expect(await verdictsOf([`name: x, ${limit}`])).toEqual([exitCode, verdict]);
  });

  test('is told with its name and exactly', async () => {
    const at = await withBudgets(['name: seats, max: 1.2k grains']);
    const [verdict] = (await at.json('check', '--at', '2026-10-31')).verdicts;
    expect(verdict).toMatchObject({
      measured: { amount: '1450.25', quantity: 'grain' },
      limit: { amount: '1200', quantity: 'grain' },
      message: '1,450.25 grains over 2026-10-01 to 2026-10-31, 250.25 grains over the limit of 1,200 grains',
    });
    const { stdout } = await at.tokenhub('check', '--at', '2026-10-31');
    expect(stdout).toMatch(/^error +TH001 +seats .* 1,450.25 grains +1,200 grains/m);
  });

  test('on files is refused', async () => {
    const at = scene({ [CONFIG]: 'budgets: [{ name: x, paths: [a.md], max: 5 images }]\n' });
    expect((await at.tokenhub('check')).stderr).toContain('"5 images" is of no file, which has tokens and costs money');
  });
});

describe('a quota of each', () => {
  test('user names all that breach or warn, and those within it in one line', async () => {
    // of legal: alice 1,000.25, bob 300; dave and the pool are of no department
    expect(
      await verdictsOf(['name: seat, each: user, unit: legal, max: 1000 grains, warn: 300 grains'], LEGAL),
    ).toEqual([1, 'error TH001 alice', 'ok TH000 1 user']);
    expect(await verdictsOf(['name: seat, each: user, unit: legal, max: 1001 grains, warn: 20%'], LEGAL)).toEqual([
      0,
      'warn TH002 alice',
      'warn TH002 bob',
    ]);
  });

  test('user lets nobody pass while grains are of no user, and keeps those that breach', async () => {
    // alice 1,000.25, bob 300, carol 100, dave 0; the pool's 50 are anybody's
    expect(await verdictsOf(['name: seat, each: user, max: 1000 grains, warn: 300 grains'])).toEqual([
      1,
      'error TH001 alice',
      'unknown TH109 3 user',
    ]);
  });

  test('team judges a department by itself; what names none is told and no department', async () => {
    // legal 1,300.25, sales 100, 50 of none
    const at = await withBudgets(['name: seat, each: team, max: 40 grains']);
    const { verdicts } = await at.json('check', '--at', '2026-10-31');
    expect(verdicts.map(({ quota, measured }: Body) => [quota.value, measured?.amount])).toEqual([
      ['legal', '1300.25'],
      ['sales', '100'],
      [null, undefined],
    ]);
    expect(verdicts[2].message).toContain('50 grains over 2026-10-01 to 2026-10-31 without a team');
    expect(verdicts[0]).toMatchObject({
      message: expect.stringMatching(/^team legal: 1,300.25 grains over .* limit of 40 grains$/),
      hint: expect.stringContaining('tokenhub report --period 2026-10 --by model,day --where team=legal'),
      quota: { each: 'team', value: 'legal', values: 1 },
    });
  });

  test('in tokens goes by period, unit and model as other budgets do', async () => {
    expect(await verdictsOf(['name: x, each: user, unit: chat, max: 500 tokens'])).toEqual([
      1,
      'error TH001 alice',
      'ok TH000 2 user',
    ]);
    expect(await verdictsOf(['name: x, each: user, unit: chat, model: mystery, max: 500 tokens'])).toEqual([
      0,
      'ok TH000 1 user',
    ]);
  });

  test('in money is unknown for whom usage has no price, and for nobody else', async () => {
    // 1,000 tokens of qwen3-max are less than 0.01 USD; dave's have no price
    expect(await verdictsOf(['name: x, each: user, unit: chat, max: 1 USD'])).toEqual([
      3,
      'unknown TH101 dave',
      'ok TH000 2 user',
    ]);
  });

  test('that nothing tells of is unknown as a whole', async () => {
    expect(await verdictsOf(['name: x, each: user, max: 5 images'])).toEqual([3, 'unknown TH108 4 user']);
  });
});

test('what a plan covers was used: it counts toward tokens and quantities, and never toward cost', async () => {
  const plans = 'plans: [{ name: seats, source: tokenhub }]\n';
  const used = [
    'name: tokens, unit: chat, max: 1509 tokens', // 1,000 + 500 + 10 = 1,510
    'name: each, unit: chat, each: user, max: 999 tokens',
    'name: calls, unit: chat, max: 2 requests',
    'name: cost, unit: chat, max: 0 USD',
  ];
  expect(await verdictsOf(used, plans)).toEqual([
    1,
    'error TH001',
    'error TH001 alice',
    'ok TH000 2 user',
    'error TH001',
    'ok TH000', // nothing is owed, and nothing is unpriced
  ]);
});
