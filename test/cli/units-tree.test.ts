import { describe, expect, test } from 'vitest';
import { type Body, type Scene, scene } from './scene.js';

const CONFIG = `units:
  hub: { name: Token Hub }
  bailian: { parent: hub, operates: [{ source: tokenhub, account: alibaba }] }
  wukong: { parent: hub }
  agents: { parent: wukong }
rules:
  - { unit: agents, service: [agent] }
  - { unit: wukong, service: [chat] }
budgets:
  - { name: wukong month, unit: wukong, period: month, max: 3k tokens }
`;

const USAGE = [
  'timestamp,request_id,model,provider,input_tokens,output_tokens,service',
  '2026-10-05T08:00:00Z,r-1,qwen-plus,alibaba,1000,100,agent',
  '2026-10-06T08:00:00Z,r-2,qwen-plus,alibaba,2000,200,chat',
  '2026-10-07T08:00:00Z,r-3,qwen-plus,openai,4000,400,',
  '',
].join('\n');

async function imported(): Promise<Scene> {
  const at = scene({ 'usage.csv': USAGE, 'tokenhub.config.yaml': CONFIG });
  expect((await at.tokenhub('import', 'usage.csv')).exitCode).toBe(0);
  return at;
}

const tokensBy = async (at: Scene, dimension: string, ...more: string[]): Promise<Record<string, number>> => {
  const { rows } = await at.json('report', '--by', dimension, ...more);
  return Object.fromEntries(rows.map((row: Body) => [String(row[dimension]), row.tokens.total]));
};

describe('the tree of units', () => {
  test('--unit includes the units beneath it', async () => {
    const at = await imported();
    expect(await tokensBy(at, 'unit', '--unit', 'wukong')).toEqual({ agents: 1100, wukong: 2200 });
    expect(await tokensBy(at, 'unit', '--unit', 'agents')).toEqual({ agents: 1100 });
    expect(await tokensBy(at, 'unit', '--where', 'unit=wukong')).toEqual({ wukong: 2200 });
  });

  test('unit:<level> adds up what stands beneath a level', async () => {
    const at = await imported();
    expect(await tokensBy(at, 'unit:1')).toEqual({ hub: 3300, '(unassigned)': 4400 }); // 1,100 + 2,200
    expect(await tokensBy(at, 'unit:2')).toEqual({ wukong: 3300, '(unassigned)': 4400 });
    expect(await tokensBy(at, 'unit:3')).toEqual({ agents: 1100, wukong: 2200, '(unassigned)': 4400 });
  });

  test('a budget of a unit counts the units beneath it', async () => {
    const { exitCode, stdout } = await (await imported()).tokenhub('check', '--at', '2026-10-31', '--json');
    expect([exitCode, JSON.parse(stdout).verdicts[0].measured]).toEqual([1, 3300]); // 3,300 over 3,000
  });
});

test('the operator is who runs the system that recorded, whoever pays', async () => {
  expect(await tokensBy(await imported(), 'operator')).toEqual({ bailian: 3300, null: 4400 });
});

test('a level that is none, and what an operator cannot filter, are said', async () => {
  const at = await imported();
  for (const [flags, message] of [
    [['--by', 'unit:0'], 'names no level from 1 to 9, as unit:1 does'],
    [['--where', 'operator=bailian'], 'is no field'],
  ] as const) {
    const { exitCode, stderr } = await at.tokenhub('report', ...flags);
    expect([exitCode, stderr.includes(message)]).toEqual([2, true]);
  }
});
