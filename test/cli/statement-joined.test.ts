/** Statements with shared cost, corrections and closed periods. */

import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { addDecimals, type Body, picoOf, type Scene, scene } from './scene.js';
import { type Cells, csv } from './usage-ledger.js';

const PRICES = `- { model: m, provider: p, currency: CNY, per: 1M tokens, input: 1, output: 1 }
- { model: u, provider: p, currency: USD, per: 1M tokens, input: 2, output: 2 }
`;
const UNITS = 'units: { hub: {}, gateway: { parent: hub }, wukong: { parent: hub }, qianwen: {} }\n';
const config = (...allocations: readonly string[]): string =>
  `prices: [prices.yaml]\n${UNITS}${allocations.length === 0 ? '' : 'allocations:\n'}${allocations.map((each) => `  - { ${each} }\n`).join('')}`;
const BY_TOKENS = 'from: gateway, by: tokens, to: [qianwen, wukong]';

/** 1 CNY a million tokens of m, 2 USD of u. */
const call = (unit: string, month: number, million: number, more: Cells = {}): Cells => ({
  ...{ timestamp: `2026-${month}-05T08:00:00Z`, request_id: `${month}-${unit}`, unit },
  ...{ model: 'm', provider: 'p', input_tokens: million * 1_000_000, output_tokens: 0 },
  ...more,
});
const USED = [
  ...[call('gateway', 10, 10), call('qianwen', 10, 6), call('wukong', 10, 2)],
  ...[call('gateway', 11, 4), call('qianwen', 11, 3), call('wukong', 11, 1)],
];
/** Of wukong's October: 0.5 CNY, 2 USD, and 100 tokens without a price. */
const LATE = csv(
  call('wukong', 10, 0.5, { request_id: 'l1' }),
  call('wukong', 10, 1, { request_id: 'l2', model: 'u' }),
  call('wukong', 10, 0.0001, { request_id: 'l3', model: 'x' }),
);

async function used(files: Readonly<Record<string, string>> = {}, more: readonly Cells[] = []): Promise<Scene> {
  const all = { 'tokenhub.config.yaml': config(BY_TOKENS), 'prices.yaml': PRICES, 'late.csv': LATE, ...files };
  const at = scene({ 'usage.csv': csv(...USED, ...more), ...all }, { now: '2027-02-05T00:00:00Z' });
  expect((await at.tokenhub('import', 'usage.csv')).exitCode).toBe(0);
  return at;
}

const close = async (at: Scene, month: number, ...flags: readonly string[]) =>
  expect((await at.tokenhub('close', `2026-${month}`, '--force', ...flags)).exitCode).toBe(0);

const of = (unit: string, month: number) => ['statement', '--unit', unit, '--period', `2026-${month}`] as const;

const told = (body: Body, section: string) =>
  body.lines
    .filter((line: Body) => line.section === section)
    .map(({ item, model, tokens, note, currency, amount }: Body) => [item, model, tokens, note, currency, amount]);

/** Of the lines, currency by currency, as the total is said to be. */
const expectSums = ({ lines, total }: Body) => {
  for (const currency of new Set<string>(lines.map((line: Body) => line.currency)))
    expect(
      addDecimals(lines.filter((line: Body) => line.currency === currency).map(({ amount }: Body) => amount)),
    ).toBe(picoOf(total.cost[currency]));
};

describe('shared cost on a statement', () => {
  test('is a line for each part that came from another unit, in its total', async () => {
    const at = await used();
    const body = await at.json(...of('wukong', 10));
    // 10 CNY of the gateway, wukong used 2 of 8 million tokens
    expect(told(body, 'allocation')).toEqual([
      ['gateway to wukong', null, null, 'by tokens, 2,000,000 of 8,000,000', 'CNY', '2.5'],
    ]);
    expect(body.total.cost).toEqual({ CNY: '4.5' }); // 2 of its own + 2.5
    expect(body.figures.cost).toEqual({ CNY: '2' });
    expect(body.lines.at(-1).why).toBe('tokenhub why statement:unit=wukong,period=2026-10');
    expectSums(body);
  });

  test('is taken from the unit that gives it, and what stays among its own units is no line', async () => {
    const at = await used();
    expect(told(await at.json(...of('gateway', 10)), 'allocation')).toEqual([
      ['gateway to qianwen', null, null, 'by tokens, 6,000,000 of 8,000,000', 'CNY', '-7.5'],
      ['gateway to wukong', null, null, 'by tokens, 2,000,000 of 8,000,000', 'CNY', '-2.5'],
    ]);
    const hub = await at.json(...of('hub', 10));
    expect(told(hub, 'allocation')).toMatchObject([['gateway to qianwen', null, null, {}, 'CNY', '-7.5']]);
    expect(hub.total.cost).toEqual({ CNY: '4.5' }); // 10 + 2 - 7.5
  });

  test('makes the total what the unit bears in report --allocate', async () => {
    const splits = [
      'from: gateway, name: line, where: ["model=m"], to: { qianwen: 33.3%, wukong: 33.3% }',
      'name: support, amount: 1 CNY, monthly: true, by: even, to: [qianwen, wukong, hub]',
      'from: qianwen, to: { wukong: 10%, hub: 1% }',
    ];
    const at = await used({ 'tokenhub.config.yaml': config(...splits) }, [
      call('gateway', 10, 3, { model: 'u', request_id: 'u1' }),
      call('qianwen', 10, 1, { model: 'u', request_id: 'u2' }),
    ]);
    const { rows } = await at.json('report', '--allocate', '--period', '2026-10');
    const net = new Map<string, Body>(rows.map(({ unit, allocation }: Body) => [unit, allocation.net]));
    for (const unit of ['gateway', 'wukong', 'qianwen']) {
      const body = await at.json(...of(unit, 10));
      expect({ unit, cost: body.total.cost }).toEqual({ unit, cost: net.get(unit) });
      expectSums(body);
    }
    const hub = await at.json(...of('hub', 10));
    for (const currency of ['CNY', 'USD'])
      expect(picoOf(hub.total.cost[currency])).toBe(
        addDecimals(['hub', 'gateway', 'wukong'].map((unit) => net.get(unit)[currency] ?? '0')),
      );
    expect(told(await at.json(...of('gateway', 10)), 'allocation').at(-1)).toEqual([
      ...['gateway (line) to (unallocated)', null, null, 'given to no unit', 'CNY', '-3.34'],
    ]);
  });

  test('that a period cuts, or that is too low, is said, and doubtful', async () => {
    const splits = ['name: support, amount: 1 CNY, monthly: true, by: even, to: [wukong]', BY_TOKENS];
    const at = await used({ 'tokenhub.config.yaml': config(...splits) }, [
      call('gateway', 10, 1, { model: 'x', request_id: 'x1' }),
    ]);
    const body = await at.json('statement', '--unit', 'wukong', '--from', '2026-10-01', '--to', '2026-10-20');
    expect(body.sharedWarnings).toEqual([
      '1 event of gateway without a price: what is split of it is too low',
      '1 CNY for support in 2026-10 is not split, as an edge of the period cuts the month',
    ]);
    expect((await at.tokenhub(...of('wukong', 10), '--strict')).exitCode).toBe(3);
  });

  test('is of no day, so that the total in another currency leaves it out and says so', async () => {
    const at = await used({ 'rates.csv': 'date,base,quote,rate,source\n2026-10-05,USD,CNY,7.1,PBoC\n' });
    const flags = [...of('wukong', 10), '--currency', 'USD', '--rates', 'rates.csv'];
    const { total } = await at.json(...flags);
    expect(total).toMatchObject({ cost: { CNY: '4.5' }, converted: { currency: 'USD', undated: { CNY: '2.5' } } });
    expect(picoOf(total.converted.amount)).toBe(281_690_140_845n); // 2 / 7.1
    const { stdout } = await at.tokenhub(...flags);
    expect(stdout).toContain('usage and charges in USD: 0.28 USD, at rates of');
    expect(stdout).toContain('not converted: 2.50 CNY of shared cost and corrections, which are of no day\n');
  });
});

describe('corrections on a statement', () => {
  test('show in the open period, naming the period, the files and what changed, and are in its total', async () => {
    const at = await used();
    await close(at, 10);
    await at.tokenhub('import', 'late.csv');
    const body = await at.json(...of('wukong', 11));
    expect(told(body, 'correction')).toEqual([
      ['2026-10: computed usage', 'm', 500_000, 'imported: late.csv', 'CNY', '0.5'],
      ['2026-10: computed usage', 'u', 1_000_000, 'imported: late.csv', 'USD', '2'],
    ]);
    expect(body.corrections).toEqual([
      { period: '2026-10', added: ['late.csv'], removed: [], costless: { events: 1, tokens: 100 } },
    ]);
    expect(body.total.cost).toEqual({ CNY: '2.5', USD: '2' }); // 1 of its own + 1 of 4 shared + 0.5
    expectSums(body);
    expect(body.before.cost).toEqual({ CNY: '2' }); // as October was closed
    expect((await at.tokenhub(...of('wukong', 11))).stdout).toContain(
      'correction of 2026-10 without an amount: 1 event, 100 tokens (late.csv), not priced, covered, or on a bill\n',
    );
    expect(told(await at.json(...of('qianwen', 11)), 'correction')).toEqual([]);
    expect(told(await at.json(...of('hub', 11)), 'correction')).toHaveLength(2);
    expect(told(await at.json(...of('wukong', 12)), 'correction')).toEqual([]);
  });

  test('are gone when what caused them is taken back', async () => {
    const at = await used();
    await close(at, 10);
    const { stdout } = await at.tokenhub(...of('wukong', 11), '--json');
    await at.tokenhub('import', 'late.csv');
    expect((await at.tokenhub('imports', 'undo', '2')).exitCode).toBe(0);
    expect((await at.tokenhub(...of('wukong', 11), '--json')).stdout).toBe(stdout);
  });

  test('of a file that was taken back take away', async () => {
    const at = await used();
    await at.tokenhub('import', 'late.csv');
    await close(at, 10);
    expect((await at.tokenhub('imports', 'undo', '2')).exitCode).toBe(0);
    const body = await at.json(...of('wukong', 11));
    expect(told(body, 'correction')).toMatchObject([
      [{}, 'm', -500_000, 'taken back: late.csv', 'CNY', '-0.5'],
      [{}, 'u', -1_000_000, 'taken back: late.csv', 'USD', '-2'],
    ]);
    expect(body.total.cost).toEqual({ CNY: '1.5', USD: '-2' }); // 1 + 1 - 0.5
    expectSums(body);
  });

  test('that a closed period took up stay on its statement, and are on no other', async () => {
    const at = await used();
    await close(at, 10);
    await at.tokenhub('import', 'late.csv');
    const open = await at.json(...of('wukong', 11));
    await close(at, 11);
    const closed = await at.json(...of('wukong', 11));
    expect([closed.lines, closed.total]).toEqual([open.lines, open.total]);
    expect(told(await at.json(...of('wukong', 12)), 'correction')).toEqual([]);
  });

  test('are of cost that is billed, else computed, and of whole periods alone', async () => {
    const at = await used();
    await close(at, 10);
    await at.tokenhub('import', 'late.csv');
    expect(told(await at.json(...of('wukong', 11), '--cost', 'computed'), 'correction')).toEqual([]);
    const part = await at.json('statement', '--unit', 'wukong', '--from', '2026-11-01', '--to', '2026-11-20');
    expect(told(part, 'correction')).toEqual([]);
  });
});

describe('the statement of a closed period', () => {
  const FORMATS = ['json', 'markdown', 'csv', 'table'];
  const printed = (at: Scene, ...flags: string[]) =>
    Promise.all(
      FORMATS.map(async (format) => (await at.tokenhub(...of('wukong', 10), '--format', format, ...flags)).stdout),
    );

  test('stays as it is to the last byte, whatever is imported, and whatever the config splits', async () => {
    const at = await used();
    await close(at, 10);
    const before = await printed(at);
    await at.tokenhub('import', 'late.csv');
    writeFileSync(at.path('tokenhub.config.yaml'), config('from: gateway, to: { wukong: 100% }'));
    expect(await printed(at)).toEqual(before);
    expect((await at.json('report', '--unit', 'wukong', '--period', '2026-10')).totals.cost).toEqual({
      ...{ CNY: '2.5', USD: '2' },
    });
  });

  test('says which closing it is of, and what was accepted', async () => {
    const at = await used();
    await close(at, 10);
    const { closing, context, straddling } = await at.json(...of('wukong', 10));
    const { closings } = await at.json('close', '--list');
    expect(closing).toEqual({ period: '2026-10', hash: closings[0].hash, accepted: ['gaps'] });
    expect({ context, straddling }).toMatchObject({ context: { incomplete: null, warnings: null }, straddling: null });
    expect((await printed(at))[3]).toContain(
      `closed: 2026-10, as it was frozen: sha256 ${closing.hash}\naccepted when it was closed: gaps\n`,
    );
  });

  test('says what it said before it was closed, and is verified as the same', async () => {
    const bill =
      'timestamp,request_id,model,provider,account,input_tokens,cost,currency\n2026-10-05,b-1,m,p,other,,9,CNY\n';
    const at = await used({ 'bill.csv': bill }, [
      call('wukong', 10, 3, { account: 'other', request_id: 'o1' }),
      call('wukong', 10, 1, { model: 'x', request_id: 'x1' }),
    ]);
    expect((await at.tokenhub('import', 'bill.csv', '--role', 'bill')).exitCode).toBe(0);
    const open = await at.json(...of('wukong', 10), '-o', 's.json');
    expect(open.unpriced).toMatchObject({ events: 2, tokens: 4_000_000, unsplit: { events: 1, tokens: 3_000_000 } });
    await close(at, 10);
    const closed = await at.json(...of('wukong', 10));
    const { closing: _, context: __, straddling: ___, number: ____, hashes, ...same } = closed;
    expect(JSON.stringify(closed.lines)).toBe(JSON.stringify(open.lines));
    expect(open).toMatchObject({ ...same, hashes: { ...hashes, statement: open.hashes.statement } });
    await at.tokenhub('import', 'late.csv');
    const { stdout, exitCode } = await at.tokenhub('statement', '--verify', 's.json', '--json');
    const { changes, notes } = JSON.parse(stdout);
    expect({ exitCode, changes }).toEqual({ exitCode: 0, changes: [] });
    expect(notes.map(({ what }: Body) => what)).toEqual(['closing: period', 'closing: hash', 'closing: accepted']);
  });

  test('has no days to convert by, which is said and doubtful; one converted before is verified but for that', async () => {
    const at = await used({ 'rates.csv': 'date,base,quote,rate,source\n2026-10-05,USD,CNY,7.1,PBoC\n' });
    const flags = ['--currency', 'USD', '--rates', 'rates.csv'];
    expect((await at.tokenhub(...of('wukong', 10), ...flags, '-o', 's.json')).exitCode).toBe(0);
    await close(at, 10, ...flags);
    const { total, hashes } = await at.json(...of('wukong', 10), ...flags);
    expect({ converted: total.converted, rates: hashes.rates }).toEqual({
      ...{ converted: null, rates: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    const { exitCode, stdout } = await at.tokenhub(...of('wukong', 10), ...flags, '--strict');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('not converted into USD: what a closing keeps has no days, and so no rates of them\n');
    const verdict = await at.json('statement', '--verify', 's.json', '--rates', 'rates.csv');
    expect(verdict).toMatchObject({ isSame: true, changes: [] });
  });

  test('of another cost is of what the ledger holds, as a closing has one cost', async () => {
    const at = await used();
    await close(at, 10);
    await at.tokenhub('import', 'late.csv');
    const { closing, figures, context } = await at.json(...of('wukong', 10), '--cost', 'computed');
    expect({ closing, cost: figures.cost }).toEqual({ closing: null, cost: { CNY: '2.5', USD: '2' } });
    expect(context.warnings[0]).toContain('2026-10 is closed and has changed since');
  });

  test('that was opened again is of what the ledger holds', async () => {
    const at = await used();
    await close(at, 10);
    await at.tokenhub('import', 'late.csv');
    await at.tokenhub('close', '--reopen', '2026-10', '--reason', 'late');
    const { closing, total } = await at.json(...of('wukong', 10));
    // 2.5 of its own, and of 10 shared by 3,500,100 of 9,500,100 tokens: 3.684277...
    expect(closing).toBeNull();
    expect(total.cost.CNY.startsWith('6.184277')).toBe(true);
  });
});

describe('why of a statement', () => {
  test('tells shared cost beside the total, which is the unit own', async () => {
    const at = await used();
    const body = await at.json('why', 'statement:unit=wukong,period=2026-10');
    expect(body.total.cost).toEqual({ CNY: '2' });
    expect(body.allocations).toEqual([
      { from: 'gateway', to: 'wukong', by: 'by tokens, 2,000,000 of 8,000,000', currency: 'CNY', amount: '2.5' },
    ]);
    const { stdout } = await at.tokenhub('why', '--unit', 'gateway', '--period', '2026-10');
    expect(stdout).toContain(
      'allocations, beside the total:\n  gateway to qianwen, by tokens, 6,000,000 of 8,000,000: -7.5 CNY\n',
    );
  });

  test('of a model, a condition or a stage has none, as whole units share cost', async () => {
    const at = await used();
    for (const figure of ['unit=wukong,model=m,', 'unit=wukong,provider=p,'])
      expect((await at.json('why', `statement:${figure}period=2026-10`)).allocations).toEqual([]);
    expect((await at.json('why', 'flow:apply,unit=wukong,period=2026-10')).allocations).toEqual([]);
  });

  test('is what the command that a statement prints asks, also in another zone', async () => {
    const at = await used();
    const { readings } = await at.json(...of('wukong', 10), '--tz', 'Asia/Shanghai');
    expect(readings[0].why).toBe('tokenhub why statement:unit=wukong,model=m,period=2026-10,tz=Asia/Shanghai');
    const [, , figure] = readings[0].why.split(' ');
    expect((await at.json('why', figure)).total.tokens.total).toBe(2_000_000);
  });
});
