import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDecimals, type Body, type Scene } from './scene.js';
import { type Cells, ledgerOf } from './usage-ledger.js';

const PRICES = '- { model: m, provider: p, currency: CNY, per: 1M tokens, input: 1, output: 1 }\n';
/** 1 CNY a million tokens of m. */
const call = (unit: string, million: number, more: Cells = {}): Cells => ({
  unit,
  model: 'm',
  provider: 'p',
  input: million * 1_000_000,
  output: 0,
  ...more,
});

const config = (...allocations: readonly string[]): Record<string, string> => ({
  'prices.yaml': PRICES,
  'tokenhub.config.yaml': [
    'prices: [prices.yaml]',
    'units: { gateway: {}, qianwen: {}, wukong: {}, innovation: {} }',
    'allocations:',
    ...allocations.map((each) => `  - { ${each} }`),
    '',
  ].join('\n'),
});

const USED = [call('gateway', 10), call('qianwen', 6), call('wukong', 2)];

const allocated = (at: Scene, ...flags: readonly string[]): Promise<Body> => at.json('report', '--allocate', ...flags);

/** Own, in, out and net in CNY by unit. */
const costsOf = ({ rows }: Body): Body =>
  Object.fromEntries(
    rows.map(({ unit, allocation: { own, in: given, out, net } }: Body) => [
      unit,
      [own, given, out, net].map(({ CNY = null }) => CNY),
    ]),
  );

describe('report --allocate', () => {
  test('shows what each unit had, was given, gave and bears; what is unallocated is a row', async () => {
    const at = await ledgerOf(USED, config('from: gateway, to: { qianwen: 60%, innovation: 30% }'));
    const body = await allocated(at);
    expect(costsOf(body)).toEqual({
      gateway: ['10', null, '10', '0'],
      qianwen: ['6', '6', null, '12'],
      wukong: ['2', null, null, '2'],
      innovation: [null, '3', null, '3'], // no usage, but a part
      '(unallocated)': [null, '1', null, '1'],
    });
    expect(body.totals).toMatchObject({
      cost: { CNY: '18' },
      allocation: { own: { CNY: '18' }, in: { CNY: '10' }, out: { CNY: '10' }, net: { CNY: '18' } },
    });
    expect(body.allocation).toEqual({
      shared: { CNY: '10' },
      unallocated: { CNY: '1' },
      unallocatedShare: { CNY: '0.1' },
      invoiced: {},
      splits: [
        {
          ...{ from: 'gateway', name: null, month: null, by: 'share', amount: { CNY: '10' } },
          ...{ to: ['qianwen', 'innovation'], unknown: [], unallocated: { CNY: '1' } },
        },
      ],
      cut: [],
    });
    const parts = body.rows.find(({ unit }: Body) => unit === 'qianwen').allocation.parts;
    expect(parts).toEqual([
      {
        ...{ from: 'gateway', name: null, month: null, by: 'share', share: '60%' },
        ...{ amount: { CNY: '6' }, weight: null, of: null },
      },
    ]);
  });

  test('in a table has own cost, allocated and total, and says what was split and what is left', async () => {
    const at = await ledgerOf(USED, config('from: gateway, by: tokens'));
    const { stdout } = await at.tokenhub('report', '--allocate', '--no-spark');
    expect(stdout).toContain('split: 10.00 CNY of gateway by tokens over qianwen, wukong');
    expect(stdout).toContain('unallocated: none');
    expect(stdout).toMatch(/own +allocated +total/);
    // 10 by 6 : 2 is 7.5 and 2.5
    expect(stdout).toMatch(/^gateway .*10\.00 +-10\.00 +0\.00/m);
    expect(stdout).toMatch(/^qianwen .*6\.00 +7\.50 +13\.50/m);
    expect(stdout).toMatch(/^wukong .*2\.00 +2\.50 +4\.50/m);
    expect(stdout).toMatch(/^total .*18\.00 +0\.00 +18\.00 /m);
  });

  test('has its figures in the rows of CSV', async () => {
    const at = await ledgerOf(USED, config('from: gateway, by: requests, to: [qianwen, wukong]'));
    const [header = '', ...lines] = (await at.tokenhub('report', '--allocate', '--format', 'csv')).stdout.split('\n');
    const place = (key: string) => header.split(',').indexOf(key);
    const row = lines.find((line) => line.startsWith('qianwen,'))!.split(',');
    const keys = ['cost_CNY', 'allocated_in_CNY', 'allocated_out_CNY', 'allocated_CNY', 'total_cost_CNY'];
    expect(keys.map((key) => row[place(key)])).toEqual(['6', '5', '', '5', '11']);
  });

  test('splits only what meets a condition, and refuses to split the same cost twice', async () => {
    const used = [...USED, call('gateway', 4, { project: 'plan' })];
    const one = await ledgerOf(used, config('from: gateway, where: ["project=plan"], to: { wukong: 100% }'));
    expect(costsOf(await allocated(one))).toMatchObject({
      gateway: ['14', null, '4', '10'],
      wukong: ['2', '4', null, '6'],
    });
    const twice = config(
      'from: gateway, where: ["project=plan"], to: { wukong: 100% }',
      'from: gateway, where: ["model=m"], to: { qianwen: 100% }',
    );
    const { exitCode, stderr } = await (await ledgerOf(used, twice)).tokenhub('report', '--allocate');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('splits cost of "gateway" that allocations[0] splits, too');
    const apart = config(
      'from: gateway, where: ["project=plan"], to: { wukong: 100% }',
      'from: gateway, where: ["project!=plan"], to: { qianwen: 100% }',
    );
    expect(costsOf(await allocated(await ledgerOf(used, apart)))).toMatchObject({
      gateway: ['14', null, '14', '0'],
      qianwen: ['6', '10', null, '16'],
    });
  });

  test('adds lines of invoices after the total of the ledger, and leaves out those the period cuts', async () => {
    const at = await ledgerOf(
      [...USED, call('wukong', 1, { timestamp: '2026-11-02T00:00:00Z' })],
      config('name: servers, amount: 800 CNY, monthly: true, by: tokens, to: [qianwen, wukong]'),
    );
    const october = await allocated(at, '--period', '2026-10');
    expect(costsOf(october)).toMatchObject({ qianwen: ['6', '600', null, '606'], wukong: ['2', '200', null, '202'] });
    expect(october.totals).toMatchObject({ cost: { CNY: '18' }, allocation: { net: { CNY: '818' } } });
    // November by its own tokens: all of it to wukong
    expect(costsOf(await allocated(at, '--period', '2026-Q4'))).toMatchObject({ wukong: ['3', '1000', null, '1003'] });
    const part = await at.tokenhub('report', '--allocate', '--from', '2026-10-02', '--to', '2026-10-31', '--strict');
    expect(part.exitCode).toBe(3);
    expect(part.stdout).toContain(
      'not split: 800.00 CNY for servers in 2026-10, as an edge of the period cuts the month',
    );
  });

  test('says that the shared unit has usage without a price', async () => {
    const at = await ledgerOf([...USED, call('gateway', 1, { model: 'mystery' })], config('from: gateway, by: even'));
    expect((await allocated(at)).warnings).toContain(
      '1 event of gateway without a price: what is split of it is too low',
    );
  });

  test('says that totals are lower after a credit', async () => {
    const at = await ledgerOf(USED, config('name: credit, amount: -1200 CNY, period: 2026-10, by: even, to: [wukong]'));
    const { stdout } = await at.tokenhub('report', '--allocate', '--period', '2026-10');
    expect(stdout).toContain('invoiced: -1,200.00 CNY of the split cost is in no ledger, so totals after it are lower');
  });

  test('prints own, allocated and total with the same decimals, so that rows add up for the eye', async () => {
    const used = [call('gateway', 1), call('qianwen', 0.0004), call('wukong', 0.0008), call('innovation', 0.000037)];
    const at = await ledgerOf(used, config('from: gateway, by: even'));
    const { stdout } = await at.tokenhub('report', '--allocate', '--no-spark');
    const cells = [...stdout.matchAll(/^(?:gateway|qianwen|wukong|innovation|total) .*$/gm)].map(([line]) =>
      line
        .split(/ {2,}/)
        .filter((cell) => /^-?\d+\.\d+$/.test(cell))
        .slice(0, 3),
    );
    expect(cells).toHaveLength(5);
    for (const [own, moved, total] of cells) {
      expect(new Set([own, moved, total].map((cell) => cell!.split('.')[1]!.length)).size).toBe(1);
      expect(addDecimals([own!, moved!])).toBe(addDecimals([total!]));
    }
    for (const i of [0, 1, 2]) {
      const [whole, ...rows] = cells.map((row) => row[i]!).reverse();
      expect(addDecimals(rows)).toBe(addDecimals([whole!]));
    }
  });

  test('shows the units asked for, with their parts of all that is shared', async () => {
    const at = await ledgerOf(USED, config('from: gateway, by: tokens'));
    expect(costsOf(await allocated(at, '--unit', 'wukong'))).toEqual({ wukong: ['2', '2.5', null, '4.5'] });
  });

  test.each([
    [['--by', 'model'], 'shared cost is split over units: --by unit --allocate'],
    [['--top', '3'], 'leave --top out, or --allocate'],
    [['--where', 'project=x'], 'leave --where out, or --allocate'],
    [['--cost', 'all'], 'leave --cost out, or --allocate'],
  ])('refuses %j and says what to type', async (flags, hint) => {
    const at = await ledgerOf(USED, config('from: gateway, by: even'));
    const { exitCode, stderr } = await at.tokenhub('report', '--allocate', ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(hint);
  });

  test('without allocations has nothing to split: exit 2', async () => {
    const { exitCode, stderr } = await (await ledgerOf(USED)).tokenhub('report', '--allocate');
    expect([exitCode, stderr.includes('allocations: [{ from: gateway')]).toEqual([2, true]);
  });
});

test('whatever is split, the report is the same to the last digit, and what units bear adds up to its total', async () => {
  const row = fc.record({
    unit: fc.constantFrom('gateway', 'qianwen', 'wukong', 'other', ''),
    input: fc.integer({ min: 0, max: 10 ** 9 }),
    timestamp: fc.constantFrom('2026-10-05T00:00:00Z', '2026-10-20T00:00:00Z'),
  });
  const asked = fc.constantFrom(
    ['from: gateway, by: tokens'],
    ['from: gateway, to: { qianwen: 33.333333333333%, wukong: 0.1% }', 'from: qianwen, by: even, to: [wukong]'],
    ['from: gateway, by: requests, until: 2026-10-10, to: [wukong]', 'from: (unassigned), by: tokens'],
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), asked, async (rows, allocations) => {
      const at = await ledgerOf(
        rows.map((each, i) => ({ ...call(each.unit, 0), ...each, request_id: `r${i}` })),
        config(...allocations),
      );
      const plain = await at.json('report', '--by', 'unit');
      const body = await allocated(at);
      const { allocation, ...totals } = body.totals;
      expect(totals).toEqual(plain.totals);
      const bare = body.rows.map(({ allocation: _, ...figures }: Body) => figures);
      expect(bare.slice(0, plain.rows.length)).toEqual(plain.rows);
      for (const { cost, allocation: of } of body.rows) expect(of.own).toEqual(cost);
      const net = addDecimals(body.rows.map(({ allocation: of }: Body) => of.net.CNY ?? '0'));
      expect(net).toBe(addDecimals([totals.cost.CNY ?? '0']));
      expect(addDecimals([allocation.net.CNY ?? '0'])).toBe(net);
    }),
    { numRuns: 8 },
  );
});
