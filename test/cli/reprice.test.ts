import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Body, type Scene, scene } from './scene.js';

const USAGE = [
  'timestamp,request_id,model,provider,input_tokens,output_tokens,key,account,cost,currency',
  '2026-10-05T08:00:00Z,r-1,house-1,lab,1000,100,,,9,USD',
  '2026-10-06T08:00:00Z,r-2,house-1,lab,2000,200,k1,,,',
  '2026-11-07T08:00:00Z,r-3,house-1,lab,3000,300,,,,',
  '2026-10-08T08:00:00Z,r-4,gpt-4o,openai,4000,400,,acme,,',
  '',
].join('\n');

const CONFIG = 'tokenhub.config.yaml';
const PRICES = '- { model: house-1, provider: lab, currency: CNY, per: 1M tokens, input: 2, output: 10 }\n';

/** A ledger in which house-1 has no price, and a config of today. */
async function ledgerWith(config: string, files: Readonly<Record<string, string>> = {}): Promise<Scene> {
  const at = scene({ 'usage.csv': USAGE, ...files });
  expect((await at.tokenhub('import', 'usage.csv')).exitCode).toBe(0);
  writeFileSync(at.path(CONFIG), config);
  return at;
}

const priced = () => ledgerWith('prices: [prices.yaml]\n', { 'prices.yaml': PRICES });

const costs = async ({ json }: Scene, ...argv: string[]): Promise<Body> =>
  (await json('report', '--by', 'model', '--cost', 'computed', ...argv)).totals.cost;

// gpt-4o: 4,000 x 2.5 + 400 x 10 per million = 0.014 USD. house-1: (6,000 x 2 + 600 x 10) per million = 0.018 CNY.
const GPT = { before: '0.014', after: '0.014', difference: '0' };

describe('reprice', () => {
  test('previews what prices of today would change, by provider and model and in all', async () => {
    const { json } = await priced();
    const body = await json('reprice');
    expect(body).toMatchObject({ schema: 'tokenhub.reprice/v1', applied: false });
    expect(body.query).toEqual({ from: null, to: null, tz: 'UTC', models: null, providers: null, accounts: null });
    expect(body.totals).toEqual({
      ...{ events: 4, changed: 3, restated: 0, newlyPriced: 3, newlyUnpriced: 0, newlyCovered: 0 },
      ...{ unpriced: 0, leftOut: 0 },
      cost: { CNY: { before: null, after: '0.018', difference: '0.018' }, USD: GPT },
    });
    expect(body.rows.map(({ provider, model, changed }: Body) => [provider, model, changed])).toEqual([
      ['lab', 'house-1', 3],
      ['openai', 'gpt-4o', 0],
    ]);
    expect(body.prices.map(({ name, events }: Body) => [name, events])).toEqual([
      ['@pydantic/genai-prices', 1],
      ['prices.yaml', 3],
    ]);
  });

  test('previews without changing a byte of the ledger, and says how to apply it', async () => {
    const at = await priced();
    const before = readFileSync(at.path('tokenhub.db'));
    const { exitCode, stdout, stderr } = await at.tokenhub('reprice');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('applying this would price 3 events anew: add --apply');
    expect(readFileSync(at.path('tokenhub.db')).equals(before)).toBe(true);
  });

  test('--apply keeps the new costs; a second time nothing changes', async () => {
    const at = await priced();
    const { exitCode, stdout } = await at.tokenhub('reprice', '--apply');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('applied: 3 events priced anew');
    expect(await costs(at)).toEqual({ CNY: '0.018', USD: '0.014' });
    expect((await at.json('report')).totals.unpriced.events).toBe(0);
    const again = await at.json('reprice', '--apply');
    expect(again.totals).toMatchObject({ changed: 0, restated: 0 });
    expect((await at.tokenhub('reprice')).stdout).toContain('nothing changes');
  });

  test('leaves what logs claim as it is', async () => {
    const at = await priced();
    await at.tokenhub('reprice', '--apply');
    expect((await at.json('report', '--cost', 'claimed')).totals.cost).toEqual({ USD: '9' });
  });

  test('leaves lists in use alone to the report', async () => {
    const at = await priced();
    await at.tokenhub('reprice', '--apply');
    writeFileSync(at.path('prices.yaml'), PRICES.replace('input: 2', 'input: 3'));
    await at.tokenhub('reprice', '--apply');
    const { prices } = await at.json('report');
    expect(prices.map(({ name }: Body) => name)).toEqual(['@pydantic/genai-prices', 'prices.yaml']);
    expect(await costs(at)).toEqual({ CNY: '0.024', USD: '0.014' }); // 6,000 x 3 + 600 x 10 per million
  });

  test.each<[string, string[], number]>([
    ['a period', ['--period', '2026-10'], 2],
    ['dates', ['--from', '2026-10-06', '--to', '2026-10-06'], 1],
    ['a model', ['--model', 'house-1'], 3],
    ['a provider', ['--provider', 'openai'], 0],
    ['an account', ['--account', 'acme'], 0],
  ])('prices those of %s alone', async (_, flags, changed) => {
    const at = await priced();
    expect((await at.json('reprice', '--apply', ...flags)).totals.changed).toBe(changed);
    expect((await at.json('report')).totals.unpriced.events).toBe(3 - changed);
  });

  test('goes by contracts and plans of today, also where they end', async () => {
    const at = await ledgerWith(
      `prices: [prices.yaml]
contracts: [{ name: acme, account: acme, discount: 50% }]
plans: [{ name: seats, key: k1 }]
`,
      { 'prices.yaml': PRICES },
    );
    const body = await at.json('reprice', '--apply');
    expect(body.totals).toMatchObject({ changed: 4, newlyPriced: 2, newlyCovered: 1, unpriced: 0 });
    // house-1 without r-2: (4,000 x 2 + 400 x 10) per million; half of gpt-4o
    expect(await costs(at)).toEqual({ CNY: '0.012', USD: '0.007' });
    writeFileSync(at.path(CONFIG), '');
    const { stdout, stderr } = await at.tokenhub('reprice', '--apply');
    expect(stderr).toBe('warning: 3 events lost the price or plan they had\n');
    expect(stdout).toContain('unpriced: house-1: 3 events (no price for model "house-1" of provider "lab")');
    expect(await costs(at)).toEqual({ USD: '0.014' });
  });

  test('says apart what costs the same by another list', async () => {
    const at = await priced();
    await at.tokenhub('reprice', '--apply');
    writeFileSync(at.path('prices.yaml'), `${PRICES}# checked\n`);
    const { totals } = await at.json('reprice');
    expect(totals).toMatchObject({ changed: 0, restated: 3 }); // the list is another version
    expect((await at.tokenhub('reprice')).stdout).toContain('restated: the cost stays, by another price list');
  });

  test('adds up costs as reports do, views of the same tokens once', async () => {
    const at = await priced();
    await at.tokenhub('import', 'usage.csv', '--role', 'meter', '--config', writeEmpty(at));
    const { totals } = await at.json('reprice', '--apply');
    expect(totals).toMatchObject({ events: 8, changed: 6, leftOut: 4 });
    expect(totals.cost).toEqual({ CNY: { before: null, after: '0.018', difference: '0.018' }, USD: GPT });
    expect(await costs(at)).toEqual({ CNY: totals.cost.CNY.after, USD: totals.cost.USD.after });
  });

  test.each([
    ['--model', 'house-2', 'did you mean house-1?'],
    ['--provider', 'opena', 'did you mean openai?'],
    ['--account', 'nobody-at-all', 'see which there are: tokenhub report --by account'],
  ])('refuses a %s that no event has', async (flag, name, hint) => {
    const { exitCode, stdout, stderr } = await (await priced()).tokenhub('reprice', flag, name);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(`${flag}: "${name}" is the ${flag.slice(2)} of no event in the ledger\n  ${hint}`);
  });

  test('of a period without usage says what there is', async () => {
    const { exitCode, stderr } = await (await priced()).tokenhub('reprice', '--period', '2025');
    expect(exitCode).toBe(0);
    expect(stderr).toBe('warning: no usage matches; the ledger holds 2026-10-05 to 2026-11-07\n');
  });

  test('without a ledger exits 2 and creates none', async () => {
    const at = scene();
    for (const flags of [[], ['--apply']]) {
      const { exitCode, stderr } = await at.tokenhub('reprice', ...flags);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('create one: tokenhub import');
    }
    expect(existsSync(at.path('tokenhub.db'))).toBe(false);
  });

  test.each(['csv', 'markdown', 'ndjson'])('prints %s', async (format) => {
    const { exitCode, stdout } = await (await priced()).tokenhub('reprice', '--format', format);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('house-1');
  });

  test('prints a line per model and a total', async () => {
    const { stdout } = await (await priced()).tokenhub('reprice');
    const [head, ...lines] = stdout.split('\n').filter((line) => /^(provider|lab|openai|total)/.test(line));
    expect(head!.split(/ +/)).toEqual([
      'provider',
      'model',
      'events',
      'changed',
      'priced',
      ...Array(2)
        .fill(0)
        .flatMap(() => ['before', 'after', 'difference']),
    ]);
    expect(lines.map((line) => line.split(/ +/))).toEqual([
      ['lab', 'house-1', '3', '3', '3', '-', '0.018', '0.018', '-', '-', '-'],
      ['openai', 'gpt-4o', '1', '0', '0', '-', '-', '-', '0.014', '0.014', '0.00'],
      ['total', '4', '3', '3', '0.018', '0.018', '0.014', '0.014', '0.00'],
    ]);
  });
});

/** A config without anything in it, beside the one of today. */
function writeEmpty(at: Scene): string {
  writeFileSync(at.path('empty.yaml'), '');
  return 'empty.yaml';
}
