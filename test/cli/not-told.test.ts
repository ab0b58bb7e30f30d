/** What a view does not tell is not 0: of the reference organisation the bill is read, which knows no users and no requests. */

import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Body, fixture, type Scene, scene } from './scene.js';
import { csv } from './usage-ledger.js';

const LOGS = ['bailian-bill.csv', 'qianwen-app.csv', 'wukong-grains.csv'] as const;
const CONFIG = 'tokenhub.config.yaml';

/** The organisation with these lines in place of its allocations and budgets, and with other rules where given. */
async function organisation(lines: string, rules?: string): Promise<Scene> {
  const [before = ''] = fixture(`token-hub/${CONFIG}`).split('allocations:');
  const [units = ''] = before.split('rules:');
  const files = [...LOGS.map((name) => `logs/${name}`), 'prices.yaml'];
  const at = scene({
    ...Object.fromEntries(files.map((name) => [name, fixture(`token-hub/${name}`)])),
    [CONFIG]: `${rules === undefined ? before : `${units}rules:\n${rules}\n`}${lines}\n`,
  });
  for (const log of LOGS) expect((await at.tokenhub('import', `logs/${log}`)).exitCode).toBe(0);
  return at;
}

async function verdictsOf(budget: string, rules?: string): Promise<readonly [number, readonly Body[]]> {
  const at = await organisation(`budgets:\n  - { name: x, period: month, ${budget} }`, rules);
  const { exitCode, stdout } = await at.tokenhub('check', '--json', '--at', '2026-10-31');
  return [exitCode, JSON.parse(stdout).verdicts];
}

describe('requests, of which a bill tells none', () => {
  test('are no weight of 0: the cost stays unallocated, with a reason, and is exit 3 when strict', async () => {
    const at = await organisation('allocations: [{ from: shared-gateway, by: requests, to: [qianwen, wukong] }]');
    const { allocation, warnings } = await at.json('report', '--allocate', '--period', '2026-10');
    expect(allocation).toMatchObject({
      unallocated: { CNY: '90' },
      splits: [{ to: ['qianwen', 'wukong'], unknown: ['qianwen', 'wukong-hr', 'wukong-sales'] }],
    });
    expect(warnings).toContain(
      '90 CNY of shared-gateway stays unallocated: what is read of qianwen, wukong-hr, wukong-sales does not tell of requests; split it by tokens, evenly or by fixed shares',
    );
    const { exitCode, stdout } = await at.tokenhub('report', '--allocate', '--period', '2026-10', '--strict');
    expect(exitCode).toBe(3);
    expect(stdout).toContain(
      'split: 90.00 CNY of shared-gateway by requests over nobody, as not all requests are known',
    );
  });

  test('do not pass a budget, though an application of others tells of some', async () => {
    const at = await organisation(
      [
        'budgets:',
        '  - { name: bill, unit: wukong, period: month, max: 10 requests }',
        '  - { name: all, period: month, max: 10 requests }',
        '  - { name: none, unit: shared-gateway, period: month, max: 10 requests }',
        '',
      ].join('\n'),
    );
    writeFileSync(at.path('lab.csv'), csv({ account: 'lab', provider: 'lab', input: 5, output: 5 }));
    expect((await at.tokenhub('import', 'lab.csv')).exitCode).toBe(0);
    const { exitCode, stdout } = await at.tokenhub('check', '--json', '--at', '2026-10-31');
    const [bill, all, none]: Body[] = JSON.parse(stdout).verdicts;
    expect([exitCode, bill.code, bill.measured]).toEqual([3, 'TH108', null]);
    expect(bill.hint).toContain('set the limit in tokens');
    // one request is told, and of most usage none: at least one
    expect([all.code, all.measured]).toEqual(['TH108', { amount: '1', quantity: 'request' }]);
    expect(none.code).toBe('TH000'); // it only bought something
  });

  test('of a unit without usage are not known either, where nothing at all tells of any', async () => {
    const [exitCode, [verdict]] = await verdictsOf(
      'unit: token-hub, max: 10 requests',
      '  - { unit: qianwen, key: ["1"] }',
    );
    expect([exitCode, verdict.code]).toEqual([3, 'TH108']);
  });
});

describe('usage of no unit', () => {
  test('may be of a unit that left-out views name and that has none: unknown, and says how to mend it', async () => {
    const rules = '  - { unit: qianwen, source: [tokenhub] }';
    for (const max of ['8 CNY', '1M tokens', '10 requests']) {
      const [exitCode, [verdict]] = await verdictsOf(`unit: qianwen, max: ${max}`, rules);
      expect([exitCode, verdict.level, verdict.code]).toEqual([3, 'unknown', 'TH110']);
      expect(verdict.message).toContain('app tokenhub of account bailian-prod');
      expect(verdict.hint).toContain('tokenhub units');
    }
  });

  test('is no doubt about a unit that nothing names', async () => {
    const rules = '  - { unit: qianwen, source: [tokenhub] }';
    const [exitCode, [verdict]] = await verdictsOf('unit: innovation, max: 8 CNY', rules);
    expect([exitCode, verdict.code]).toEqual([0, 'TH000']);
  });

  test('is no doubt about a unit that has usage in what is read', async () => {
    const rules = '  - { unit: qianwen, source: [tokenhub] }\n  - { unit: qianwen, workspace: [llm-qianwen] }';
    const [exitCode, [verdict]] = await verdictsOf('unit: qianwen, max: 80 CNY', rules);
    expect([exitCode, verdict.code]).toEqual([0, 'TH000']);
  });
});

describe('a quota of each user', () => {
  test('passes nobody while the view read has usage of no user', async () => {
    const [exitCode, verdicts] = await verdictsOf('each: user, max: 3M tokens');
    expect([exitCode, ...verdicts.map(({ code }) => code)]).toEqual([3, 'TH109']);
    expect(verdicts[0]).toMatchObject({ quota: { value: null, values: 6 }, measured: null });
    expect(verdicts[0].message).toBe(
      '6,783,230 tokens over 2026-10-01 to 2026-10-31 without a user: the view read does not say whose it is, so nobody is known to be within the limit (6 users)',
    );
  });

  test('is judged by what the view with users has alone', async () => {
    // grains are told by user, and by nothing else
    const [exitCode, verdicts] = await verdictsOf('each: user, max: 1.2k grains');
    expect([exitCode, ...verdicts.map(({ code, quota }) => `${code} ${quota.value}`)]).toEqual([
      1,
      'TH001 u006',
      'TH000 null',
    ]);
  });
});
