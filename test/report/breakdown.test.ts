import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakdown, type ReportFacts } from '../../src/report/breakdown.js';
import type { Cell } from '../../src/report/cell.js';
import { DIMENSIONS } from '../../src/report/dimension.js';
import { cellQueryOf } from '../../src/report/dimensions.js';
import type { Figures } from '../../src/report/figures.js';
import type { ReportQuery } from '../../src/report/query.js';
import { sumCells } from '../../src/report/sum-cells.js';
import { APP, BILL, cell, METER, NO_SUMS, ONE, present, query } from './cells.js';

const report = (asked: Partial<ReportQuery>, cells: Cell[], facts: Partial<ReportFacts> = {}) =>
  breakdown({
    query: query(asked),
    cells,
    presence: [present({ events: BigInt(cells.length) })],
    prices: [],
    incomplete: [],
    straddling: [],
    warnings: [],
    ...facts,
  });

const computed = (pico: bigint, currency = 'USD') => ({ currency, pico, kind: 'computed' as const });

describe('rows', () => {
  test('a row has the shape of the contract, dimensions first', () => {
    const body = report({}, [
      cell({
        values: ['wukong'],
        requests: 4n,
        tokens: { input: 600n, cacheRead: 200n, cacheWrite: null, output: 200n, reasoning: 50n },
        quantities: { image: 1_500_000n },
        cost: computed(ONE / 500n),
      }),
    ]);
    expect(body.rows).toEqual([
      {
        unit: 'wukong',
        requests: 4n,
        // 600 + 200 + 200; reasoning is part of the output
        tokens: { input: 600n, cacheRead: 200n, cacheWrite: null, output: 200n, reasoning: 50n, total: 1000n },
        quantities: { image: '1.5' },
        cost: { USD: '0.002' },
        charges: {},
        unpriced: { events: 0n, tokens: 0n },
        covered: { events: 0n, tokens: 0n },
        metrics: {
          costPerRequest: { USD: '0.0005' }, // 0.002 / 4
          costPerMillionTokens: { USD: '2' }, // 0.002 / 1000 x 1,000,000
          cachedShare: '0.25', // 200 / (600 + 200)
        },
      },
    ]);
    expect(Object.keys(body.rows[0]!)).toEqual([
      'unit',
      'requests',
      'tokens',
      'quantities',
      'cost',
      'charges',
      'unpriced',
      'covered',
      'metrics',
    ]);
  });

  test('unassigned is a unit of its own and other missing values are null', () => {
    const body = report({ by: ['unit', 'project'] }, [
      cell({ values: [null, null], unassignedEvents: 3n, unassignedTokens: 70n }),
    ]);
    expect(body.rows).toMatchObject([{ unit: '(unassigned)', project: null }]);
    expect(body.unassigned).toEqual({ events: 3n, tokens: 70n });
  });

  test('stage, source, account, week and month are folded from the recording and the day', () => {
    const by = ['stage', 'source', 'account', 'day', 'week', 'month', 'model'] as const;
    expect(cellQueryOf(query({ by })).by).toEqual(['model']);
    expect(report({ by }, [cell({ values: ['qwen3-max'] })]).rows).toMatchObject([
      {
        stage: 'apply',
        source: 'openai',
        account: 'alibaba',
        day: '2026-10-05',
        week: '2026-W41',
        month: '2026-10',
        model: 'qwen3-max',
      },
    ]);
  });

  test('cells of one value and several days are one row', () => {
    const presence = [present({}), present({ day: '2026-10-06' })];
    const cells = [cell({ values: ['a'] }), cell({ values: ['a'], day: '2026-10-06' })];
    expect(report({}, cells, { presence }).rows).toMatchObject([{ unit: 'a', requests: 2n }]);
  });

  test('go by cost, then tokens, then name; days ascend', () => {
    const cells = [
      cell({ values: ['b'] }),
      cell({ values: ['a'] }),
      cell({ values: ['tokens'], tokens: { ...NO_SUMS, output: 9n } }),
      cell({ values: ['cost'], cost: computed(1n) }),
    ];
    expect(report({}, cells).rows.map(({ unit }) => unit)).toEqual(['cost', 'tokens', 'a', 'b']);
    const presence = ['2026-10-07', '2026-10-05', '2026-10-06'].map((day) => present({ day }));
    const days = presence.map(({ day }, i) => cell({ day, cost: computed(BigInt(i)) }));
    expect(report({ by: ['day'] }, days, { presence }).rows.map(({ day }) => day)).toEqual([
      '2026-10-05',
      '2026-10-06',
      '2026-10-07',
    ]);
  });

  test('rows of one unit stand together, the dearest unit first, its days ascending', () => {
    const presence = [present({}), present({ day: '2026-10-06' })];
    const cells = [
      cell({ values: ['a'], cost: computed(5n) }),
      cell({ values: ['b'], day: '2026-10-06', cost: computed(4n) }),
      cell({ values: ['b'], cost: computed(3n) }),
    ];
    const rows = report({ by: ['unit', 'day'] }, cells, { presence }).rows;
    // b: 4 + 3 = 7 > a: 5
    expect(rows.map(({ unit, day }) => `${unit} ${day}`)).toEqual(['b 2026-10-05', 'b 2026-10-06', 'a 2026-10-05']);
  });
});

describe('figures', () => {
  test('not reported stays not reported, and is not 0 once anyone reported it', () => {
    const silent = report({}, [cell({ values: ['a'] }), cell({ values: ['b'], tokens: { ...NO_SUMS, output: 0n } })]);
    expect(silent.rows.map(({ unit, tokens }) => [unit, tokens.output, tokens.total])).toEqual([
      ['a', null, null],
      ['b', 0n, 0n],
    ]);
    expect(silent.totals.tokens).toMatchObject({ input: null, output: 0n });
  });

  test('currencies are never added', () => {
    const cells = [
      cell({ values: ['a'], cost: computed(ONE) }),
      cell({ values: ['a'], cost: computed(2n * ONE, 'CNY') }),
    ];
    expect(report({}, cells).totals.cost).toEqual({ CNY: '2', USD: '1' });
  });

  test('usage without a price is counted, and then no unit cost is given', () => {
    const cells = [
      cell({ values: ['a'], cost: computed(ONE), tokens: { ...NO_SUMS, output: 10n } }),
      cell({ values: ['a'], usedEvents: 2n, events: 3n, tokens: { ...NO_SUMS, output: 7n } }),
    ];
    const { totals } = report({}, cells);
    expect(totals.unpriced).toEqual({ events: 2n, tokens: 7n });
    expect(totals.metrics).toMatchObject({ costPerRequest: null, costPerMillionTokens: null });
  });

  test('events that used nothing cost nothing and are not unpriced', () => {
    expect(report({}, [cell({ values: ['a'], usedEvents: 0n })]).totals.unpriced.events).toBe(0n);
  });

  test('a cost per call is rounded half-even to pico-units', () => {
    const per = (pico: bigint, requests: bigint) =>
      report({}, [cell({ values: ['a'], requests, cost: computed(pico) })]).totals.metrics.costPerRequest;
    expect(per(5n, 2n)).toEqual({ USD: '0.000000000002' }); // 2.5 pico
    expect(per(7n, 2n)).toEqual({ USD: '0.000000000004' }); // 3.5 pico
    expect(per(-5n, 2n)).toEqual({ USD: '-0.000000000002' });
    expect(per(1n, 0n)).toBe(null);
  });

  test('the header says how much of the cost is of each kind', () => {
    const cells = [
      cell({ values: ['a'], cost: computed(ONE) }),
      cell({ values: ['a'], cost: { currency: 'USD', pico: 2n * ONE, kind: 'billed' } }),
    ];
    expect(report({}, cells).query.costKinds).toEqual({ USD: { billed: '2', computed: '1' } });
  });
});

describe('recordings of one account', () => {
  const tokens = { ...NO_SUMS, input: 100n };
  const views = [
    cell({ values: ['a'], tokens, cost: computed(ONE) }),
    cell({ values: ['a'], recording: METER, tokens, cost: computed(ONE) }),
  ];
  const presence = [present({}), present({ recording: METER })];

  test('are never added', () => {
    const body = report({}, views, { presence });
    expect(body.totals).toMatchObject({ requests: 1n, tokens: { total: 100n }, cost: { USD: '1' } });
    expect(body.query.recordings.map(({ role, used }) => [role, used])).toEqual([
      ['app', 'none'],
      ['meter', 'both'],
    ]);
  });

  test('the bill gives the money, the meter calls and tokens, and neither makes the other unpriced', () => {
    const bill = cell({
      values: ['a'],
      recording: BILL,
      requests: 31n,
      cost: { currency: 'USD', pico: 3n * ONE, kind: 'billed' },
    });
    const unpricedMeter = cell({ values: ['a'], recording: METER, tokens });
    const billed = present({ recording: BILL, tokens: 0n, billedEvents: 1n });
    const body = report({}, [unpricedMeter, bill], { presence: [present({ recording: METER }), billed] });
    expect(body.totals).toMatchObject({
      requests: 1n,
      tokens: { total: 100n },
      cost: { USD: '3' },
      unpriced: { events: 0n, tokens: 0n },
    });
  });

  test('sums for a budget read the same recordings', () => {
    const sums = sumCells(views, presence, 'auto');
    expect([sums.events, sums.cost.get('USD')]).toEqual([1n, ONE]);
  });
});

describe('a bill that is not split', () => {
  const used = { ...NO_SUMS, input: 1_000_005n };
  const meter = cell({ recording: METER, values: ['wukong'], tokens: used, cost: computed(2n * ONE) });
  const billed = (pico: bigint) => ({ currency: 'USD', pico, kind: 'billed' as const });
  const bill = cell({ recording: BILL, values: [null], usedEvents: 0n, cost: billed(3n * ONE) });
  const presence = [
    present({ recording: METER }),
    present({ recording: BILL, tokens: 0n, billedEvents: 1n, cost: { USD: 3n * ONE } }),
  ];

  test('leaves the tokens of a unit unpriced in its row, and the total whole', () => {
    const body = report({}, [meter, bill], { presence });
    expect(body.rows).toMatchObject([
      { unit: '(unassigned)', tokens: { total: null }, cost: { USD: '3' }, unpriced: { events: 0n } },
      { unit: 'wukong', tokens: { total: 1_000_005n }, cost: {}, unpriced: { events: 1n, tokens: 1_000_005n } },
    ]);
    expect(body.totals).toMatchObject({ cost: { USD: '3' }, unpriced: { events: 0n, tokens: 0n } });
    expect(body.unsplit).toEqual({ days: ['2026-10-05'], events: 1n, tokens: 1_000_005n });
  });

  test('leaves the total of a filter unpriced', () => {
    const body = report({ units: ['wukong'] }, [meter], { presence });
    expect(body.totals).toMatchObject({ cost: {}, unpriced: { events: 1n, tokens: 1_000_005n } });
    expect([...sumCells([meter], presence, 'auto').unsplitDays]).toEqual(['2026-10-05']);
  });

  test('says nothing of another account, another day or computed cost', () => {
    const other = cell({ ...meter, day: '2026-10-06' });
    const body = report({}, [meter, other, { ...bill, values: ['wukong'] }], {
      presence: [...presence, present({ recording: METER, day: '2026-10-06' })],
    });
    // 3 billed on the 5th, 2 computed on the 6th
    expect(body.rows).toMatchObject([{ cost: { USD: '5' }, unpriced: { events: 0n } }]);
    expect(report({ cost: 'computed' }, [meter, bill], { presence }).unsplit.events).toBe(0n);
    const elsewhere = cell({ ...bill, recording: { ...BILL, account: 'two' }, values: ['wukong'] });
    const two = [...presence, present({ ...presence[1]!, recording: elsewhere.recording })];
    expect(report({}, [meter, elsewhere], { presence: two }).rows).toMatchObject([{ unpriced: { events: 1n } }]);
  });
});

describe('the query is echoed', () => {
  test('with half-open instants, filters and the buckets read of other days than its own', () => {
    const window = { from: 0, to: 86_400_000, firstDay: '1970-01-01', lastDay: '1970-01-01', timeZone: 'UTC' };
    const body = report({ window, units: ['wukong', null], models: ['qwen3-max'] }, [], {
      presence: [
        present({ recording: METER, grain: 'day', events: 12n, foreignBuckets: 4n }),
        present({ grain: 'day', events: 5n, foreignBuckets: 5n }),
      ],
      incomplete: [{ import: 3, path: 'a.csv', rejected: 2, from: 0, to: null }],
      warnings: ['rules changed'],
    });
    expect(body.query).toMatchObject({
      from: '1970-01-01T00:00:00.000Z',
      to: '1970-01-02T00:00:00.000Z',
      tz: 'UTC',
      units: ['wukong', '(unassigned)'],
      models: ['qwen3-max'],
      foreignBuckets: 4n, // those of the meter, which is read
    });
    expect(body.incomplete).toEqual([
      { import: 3, path: 'a.csv', rejected: 2, from: '1970-01-01T00:00:00.000Z', to: null },
    ]);
    expect(body.warnings).toEqual(['rules changed']);
    expect(body.rows).toEqual([]);
    expect(body.totals.tokens.total).toBe(null);
  });
});

// --- properties -------------------------------------------------------------------------------------------------

const count = fc.bigInt({ min: 0n, max: 1n << 60n });
const anyCell = fc.record({
  recording: fc.constantFrom(APP, METER, BILL, { ...APP, account: 'other' }),
  day: fc.constantFrom('2026-09-30', '2026-10-01', '2027-01-01'),
  values: fc.array(fc.constantFrom(null, 'a', 'b', '__proto__'), { minLength: 20, maxLength: 20 }),
  requests: count,
  tokens: fc.record(Object.fromEntries(Object.keys(NO_SUMS).map((name) => [name, fc.option(count)]))) as fc.Arbitrary<
    Cell['tokens']
  >,
  cost: fc.option(
    fc.record({
      currency: fc.constantFrom('USD', 'CNY'),
      pico: fc.bigInt({ min: -(1n << 62n), max: 1n << 62n }),
      kind: fc.constantFrom('billed' as const, 'computed' as const),
    }),
  ),
  usedEvents: fc.bigInt({ min: 0n, max: 3n }),
});

const picoOf = (text: string): bigint => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text)!;
  return BigInt(`${sign}${whole}${fraction.padEnd(12, '0')}`);
};
const flat = ({ requests, tokens, cost }: Figures): [string, bigint | null][] => [
  ['requests', requests],
  ...Object.entries(tokens),
  ...Object.entries(cost).map(([currency, text]): [string, bigint] => [currency, picoOf(text)]),
];

describe('for any cells', () => {
  const asked = fc.subarray([...DIMENSIONS]);
  const presenceOf = (cells: Cell[]) => cells.map(({ recording, day }) => present({ recording, day }));

  test('the total is the sum of the rows, to the last digit', () => {
    fc.assert(
      fc.property(fc.array(anyCell), asked, (parts, by) => {
        const cells = parts.map(cell);
        const body = report({ by }, cells, { presence: presenceOf(cells) });
        const added = new Map<string, bigint | null>();
        for (const [name, value] of body.rows.flatMap(flat)) {
          const before = added.get(name) ?? null;
          added.set(name, value === null ? before : (before ?? 0n) + value);
        }
        const totals = flat(body.totals);
        if (body.rows.length > 0) expect([...added].sort()).toEqual(totals.sort());
        const unpriced = body.rows.reduce((sum, row) => sum + row.unpriced.events, 0n);
        expect(unpriced - body.unsplit.events <= body.totals.unpriced.events).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('the order of the cells does not matter', () => {
    fc.assert(
      fc.property(fc.array(anyCell), asked, (parts, by) => {
        const cells = parts.map(cell);
        const presence = presenceOf(cells);
        const backwards = report({ by }, [...cells].reverse(), { presence: [...presence].reverse() });
        expect(backwards).toEqual(report({ by }, cells, { presence }));
      }),
      { numRuns: 60 },
    );
  });
});
