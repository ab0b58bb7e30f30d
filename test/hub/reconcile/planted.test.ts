import { describe, expect, test } from 'vitest';
import { addDecimals, type Body, type Scene, scene } from '../../cli/scene.js';
import { type Planted, plant } from './planted.js';

const SEEDS = Array.from({ length: 20 }, (_, i) => 1000 + i * 37);

const CONFIG = `units: { chat: {}, agents: {}, media: {}, search: {} }
rules:
  - { unit: chat, workspace: [llm-chat] }
  - { unit: agents, workspace: [llm-agents] }
  - { unit: media, workspace: [llm-media] }
  - { unit: search, workspace: [llm-search] }
`;

const sceneOf = ({ app, gateway, bill }: Planted, more: Record<string, string> = {}): Scene =>
  scene({ 'app.csv': app, 'gateway.csv': gateway, 'bill.csv': bill, ...more });

/** `request cause` of everything a body names. */
const foundIn = ({ causes }: Body): string[] =>
  [
    ...new Set<string>(causes.flatMap(({ cause, evidence }: Body) => evidence.map((id: string) => `${id} ${cause}`))),
  ].sort();

const plantedIn = ({ causes }: Planted): string[] => [...causes].map(([id, cause]) => `${id} ${cause}`).sort();

/** What every body keeps: parts that sum to the whole. */
function expectToAddUp({ pairs, causes, recordings, difference }: Body): void {
  for (const key of ['input', 'cacheRead', 'output']) {
    for (const { between, difference: of, unexplained } of pairs) {
      const named = causes.filter((each: Body) => each.between.join() === between.join());
      const explained = named.reduce((sum: number, each: Body) => sum + each.difference[key], 0);
      expect(explained + unexplained.difference[key]).toBe(of[key]);
    }
    expect(unexplainedOf(causes, pairs)).toEqual(costsOf(pairs.map((pair: Body) => pair.difference)));
    expect(recordings.at(-1).tokens[key] - recordings[0].tokens[key]).toBe(difference[key]);
  }
}

const unexplainedOf = (causes: Body, pairs: Body) =>
  costsOf([...causes.map((each: Body) => each.difference), ...pairs.map((pair: Body) => pair.unexplained)]);

/** Sums by currency, exact. */
function costsOf(all: readonly Body[]): Record<string, bigint> {
  const currencies = [...new Set(all.flatMap(({ cost }) => Object.keys(cost)))].sort();
  return Object.fromEntries(currencies.map((code) => [code, addDecimals(all.flatMap(({ cost }) => cost[code] ?? []))]));
}

describe.each(SEEDS)('of seed %i', (seed) => {
  const planted = plant(seed, { hasTokenizer: false });

  test('every planted cause is found, and no other, where request ids are shared', async () => {
    const body = await sceneOf(planted).json('reconcile', '--app', 'app.csv', '--gateway', 'gateway.csv');
    expect(foundIn(body)).toEqual(plantedIn(planted));
    expect(body.unexplained).toMatchObject({ tokens: 0, gross: 0, evidence: [] });
    expectToAddUp(body);
  });

  test('the bill beside them changes none of it, and is explained to the last token', async () => {
    const at = sceneOf(planted, { 'tokenhub.config.yaml': CONFIG });
    const body = await at.json('reconcile', '--app', 'app.csv', '--gateway', 'gateway.csv', '--bill', 'bill.csv');
    expect(foundIn(body)).toEqual(plantedIn(planted));
    expect(body.recordings[2].tokens).toMatchObject(planted.served);
    expect(body.unexplained).toMatchObject({ tokens: 0, gross: 0 });
    expect(body.pairs.map(({ dimensions }: Body) => dimensions)).toEqual([
      ['request'],
      ['hour', 'unit', 'model', 'class'],
    ]);
    expectToAddUp(body);
  });

  test('a declared tokenizer makes estimates a skew', async () => {
    const skewed = plant(seed, { hasTokenizer: true });
    const flags = ['--app', 'app.csv', '--gateway', 'gateway.csv', '--tokenizer', 'app=cl100k_base'];
    expect(foundIn(await sceneOf(skewed).json('reconcile', ...flags))).toEqual(plantedIn(skewed));
  });

  test.each(['app', 'gateway'])('of %s and the bill, what no cause explains is stated exactly', async (side) => {
    const at = sceneOf(planted, { 'tokenhub.config.yaml': CONFIG });
    const body = await at.json('reconcile', `--${side}`, `${side}.csv`, '--bill', 'bill.csv');
    expectToAddUp(body);
    expect(body.recordings[1].tokens).toMatchObject(planted.served);
    const own = foundIn(body).filter((each) => each.startsWith('req-'));
    expect(plantedIn(planted)).toEqual(expect.arrayContaining(own)); // none invented
  });
});

test('twenty seeds plant every cause, each several times', () => {
  const times = new Map<string, number>();
  for (const seed of SEEDS)
    for (const cause of plant(seed, { hasTokenizer: false }).causes.values())
      times.set(cause, (times.get(cause) ?? 0) + 1);
  expect(times.size).toBe(9);
  expect(Math.min(...times.values())).toBeGreaterThan(5);
});
