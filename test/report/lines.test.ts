import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { breakdown, type ReportFacts } from '../../src/report/breakdown.js';
import type { Cell } from '../../src/report/cell.js';
import { changeOf } from '../../src/report/compare.js';
import { DIMENSIONS, type Dimension } from '../../src/report/dimension.js';
import { cellQueryOf, valuesReader } from '../../src/report/dimensions.js';
import { NO_ORGANISATION } from '../../src/report/organisation.js';
import { periodFrom } from '../../src/report/period.js';
import type { ReportQuery } from '../../src/report/query.js';
import { BILL, cell, NO_SUMS, ONE, present, query } from './cells.js';

const usd = (pico: bigint) => ({ currency: 'USD', pico, kind: 'computed' as const });
const cny = (pico: bigint) => ({ ...usd(pico), currency: 'CNY' });

const presenceOf = (cells: readonly Cell[]) =>
  [
    ...new Map(
      cells.map(({ recording, day, grain }) => [JSON.stringify([recording, day, grain]), { recording, day, grain }]),
    ).values(),
  ].map(present);

const report = (asked: Partial<ReportQuery>, cells: Cell[], facts: Partial<ReportFacts> = {}) =>
  breakdown({
    query: query(asked),
    cells,
    presence: presenceOf(cells),
    prices: [],
    incomplete: [],
    straddling: [],
    warnings: [],
    ...facts,
  });

describe('time', () => {
  const named = (dimension: Dimension, day: string, values: (string | null)[] = []) =>
    valuesReader([dimension], NO_ORGANISATION)(cell({ day, values }))[0];

  test.each<[Dimension, string, string]>([
    ['quarter', '2026-01-01', '2026-Q1'],
    ['quarter', '2026-09-30', '2026-Q3'],
    ['year', '2026-12-31', '2026'],
    ['cycle:1', '2026-10-05', '2026-10-01'],
    ['cycle:15', '2026-10-14', '2026-09-15'],
    ['cycle:15', '2026-10-15', '2026-10-15'],
    ['cycle:15', '2026-01-01', '2025-12-15'],
    ['cycle:31', '2026-02-27', '2026-01-31'], // February has no 31st: its cycle starts on the 28th
    ['cycle:31', '2026-02-28', '2026-02-28'],
    ['cycle:31', '2026-03-30', '2026-02-28'],
    ['cycle:31', '2026-03-31', '2026-03-31'],
    ['cycle:29', '2024-02-29', '2024-02-29'],
    ['cycle:30', '2024-02-29', '2024-02-29'],
  ])('%s of %s is %s', (dimension, day, expected) => {
    expect(named(dimension, day)).toBe(expected);
  });

  test.each<[Dimension, string, string]>([
    ['day', '2026-08-05..2026-08-05', '2026-08-05'],
    ['day', '2026-08-01..2026-08-31', '2026-08-01..2026-08-31'],
    ['week', '2026-08-03..2026-08-09', '2026-W32'],
    ['week', '2026-08-03..2026-08-10', '2026-08-03..2026-08-10'],
    ['month', '2026-08-01..2026-08-31', '2026-08'],
    ['month', '2026-08-31..2026-09-01', '2026-08-31..2026-09-01'],
    ['quarter', '2026-07-01..2026-09-30', '2026-Q3'],
    ['year', '2026-07-01..2026-12-31', '2026'],
    ['cycle:15', '2026-08-15..2026-09-14', '2026-08-15'],
    ['hour', '2026-08-01..2026-08-31', '2026-08-01..2026-08-31'],
  ])('%s of the bucket %s is %s: never split', (dimension, days, expected) => {
    expect(named(dimension, days)).toBe(expected);
  });

  test('an hour of a daily bucket is its day', () => {
    expect(named('hour', '2026-10-05', [null])).toBe('2026-10-05 (whole day)');
    expect(named('hour', '2026-10-05', ['2026-10-05T14'])).toBe('2026-10-05T14');
  });

  test('hours ascend, and of an hour shown twice the earlier comes first', () => {
    const hours = ['2026-10-25T03', '2026-10-25T02+01:00', '2026-10-25T02+02:00', '2026-10-25T01', null];
    const day = '2026-10-25';
    const rows = report(
      { by: ['hour'] },
      hours.map((hour) => cell({ day, values: [hour] })),
    ).rows;
    expect(rows.map(({ hour }) => hour)).toEqual([
      '2026-10-25 (whole day)',
      '2026-10-25T01',
      '2026-10-25T02+02:00',
      '2026-10-25T02+01:00',
      '2026-10-25T03',
    ]);
  });
});

describe('order', () => {
  const cells = [
    cell({ values: ['a'], requests: 1n, tokens: { ...NO_SUMS, input: 5n, output: 1n }, cost: usd(3n) }),
    cell({ values: ['b'], requests: 2n, tokens: { ...NO_SUMS, input: 1n, output: 9n }, cost: usd(2n) }),
    cell({ values: ['c'], requests: 9n, tokens: { ...NO_SUMS, input: 3n, output: 2n } }),
  ];
  const order = (sort: ReportQuery['sort'], more: Partial<ReportQuery> = {}, of = cells) =>
    report({ by: ['model'], sort, ...more }, of).rows.map(({ model }) => model);

  test.each([
    ['cost', 'desc', ['a', 'b', 'c']],
    ['cost', 'asc', ['c', 'b', 'a']],
    ['tokens', 'desc', ['b', 'a', 'c']], // 10, 6, 5
    ['requests', 'desc', ['c', 'b', 'a']],
    ['name', 'desc', ['c', 'b', 'a']],
    ['input', 'desc', ['a', 'c', 'b']],
    ['output', 'asc', ['a', 'c', 'b']],
    ['unpriced', 'desc', ['c', 'a', 'b']],
  ] as const)('by %s %s is %j', (key, direction, expected) => {
    expect(order({ key, direction })).toEqual(expected);
  });

  test('by one figure goes across dimensions', () => {
    const two = [
      cell({ values: ['a', 'x'], cost: usd(5n) }),
      cell({ values: ['a', 'y'], cost: usd(1n) }),
      cell({ values: ['b', 'x'], cost: usd(3n) }),
    ];
    const rows = report({ by: ['model', 'user'], sort: { key: 'cost', direction: 'desc' } }, two).rows;
    expect(rows.map(({ model, user }) => `${model} ${user}`)).toEqual(['a x', 'b x', 'a y']);
  });

  test('the first rows are kept, the others are one, and they add up', () => {
    const body = report({ by: ['model'], top: 1 }, cells);
    expect(body.rows).toMatchObject([
      { model: 'a', cost: { USD: '0.000000000003' } },
      {
        model: '(others, 2)',
        others: 2,
        requests: 11n,
        tokens: { input: 4n, output: 11n, total: 15n },
        cost: { USD: '0.000000000002' },
        unpriced: { events: 1n, tokens: 5n },
      },
    ]);
    expect(body.totals).toMatchObject({ requests: 12n, tokens: { total: 21n }, cost: { USD: '0.000000000005' } });
    expect(order(null, { top: 3 })).toEqual(['a', 'b', 'c']);
    expect(order({ key: 'requests', direction: 'desc' }, { top: 1 })).toEqual(['c', '(others, 2)']);
  });

  test('others of several dimensions are named once', () => {
    const { rows } = report({ by: ['model', 'day'], top: 1 }, cells);
    expect(rows[1]).toMatchObject({ model: '(others, 2)', day: null });
  });

  test('the first days stay in the order of days', () => {
    const days = ['2026-10-07', '2026-10-05', '2026-10-06'].map((day, i) => cell({ day, cost: usd(BigInt(i)) }));
    expect(report({ by: ['day'], top: 2 }, days).rows.map(({ day }) => day)).toEqual([
      '2026-10-05',
      '2026-10-06',
      '(others, 1)',
    ]);
  });

  test('by cost in several currencies is refused, unless another figure decides', () => {
    const mixed = [...cells, cell({ values: ['d'], cost: cny(1n) })];
    expect(() => order({ key: 'cost', direction: 'desc' }, {}, mixed)).toThrow(
      '"cost" would compare amounts in CNY and USD',
    );
    expect(() => order(null, { top: 1 }, mixed)).toThrow('would compare');
    expect(order({ key: 'tokens', direction: 'desc' }, { top: 1 }, mixed)).toEqual(['b', '(others, 3)']);
    expect(order(null, {}, mixed)).toHaveLength(4);
  });

  test('of any cells the rows add up to the total, whatever is folded', () => {
    const some = fc.array(
      fc.record({
        values: fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('x', null)),
        day: fc.constantFrom('2026-10-05', '2026-10-06'),
        requests: fc.bigInt({ min: 0n, max: 1n << 60n }),
        cost: fc.option(fc.bigInt({ min: -5n, max: 1n << 62n }).map(usd)),
      }),
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 9 }), (parts, top) => {
        const { rows, totals } = report({ by: ['model', 'user'], top }, parts.map(cell));
        expect(rows.length).toBeLessThanOrEqual(top + 1);
        expect(rows.reduce((sum, row) => sum + row.requests, 0n)).toBe(totals.requests);
        expect(rows.reduce((sum, row) => sum + row.unpriced.events, 0n)).toBe(totals.unpriced.events);
      }),
      { numRuns: 60 },
    );
  });
});

describe('comparison', () => {
  const window = (period: string) => periodFrom({ period }, { now: 0, timeZone: 'UTC' });
  const tokens = (total: bigint) => ({ ...NO_SUMS, input: total });
  const compared = (asked: Partial<ReportQuery>, now: Cell[], then: Cell[], periods = ['2026-10', '2026-09']) =>
    report({ window: window(periods[0]!), ...asked }, now, {
      before: { window: window(periods[1]!), cells: then, presence: presenceOf(then) },
    });

  test.each([
    [3n, 2n, { change: 1n, percent: '50.0' }],
    [1n, 3n, { change: -2n, percent: '-66.7' }], // -2/3
    [1_000_500n, 1_000_000n, { change: 500n, percent: '0.0' }], // 0.05% is halfway to 0.1 and goes to the even 0.0
    [1_001_500n, 1_000_000n, { change: 1500n, percent: '0.2' }], // 0.15%, halfway, to the even 0.2
    [5n, 0n, { change: 5n, percent: 'new' }],
    [0n, 0n, { change: 0n, percent: '0.0' }],
    [0n, 7n, { change: -7n, percent: '-100.0' }],
    [1n, -2n, { change: 3n, percent: '150.0' }],
    [1n, null, { change: null, percent: null }],
  ])('%s after %s is %o', (now, before, expected) => {
    expect(changeOf(now, before)).toEqual(expected);
  });

  test('sets every row beside the one before; rows of then alone are 0, rows of now alone are new', () => {
    const now = [
      cell({ values: ['a'], tokens: tokens(30n), cost: usd(3n * ONE) }),
      cell({ values: ['b'], tokens: tokens(1n), cost: usd(ONE) }),
    ];
    const then = [
      cell({ day: '2026-09-02', values: ['a'], tokens: tokens(20n), cost: usd(2n * ONE) }),
      cell({ day: '2026-09-03', values: ['gone'], tokens: tokens(7n), cost: cny(5n * ONE) }),
    ];
    const { rows, totals, query: echo } = compared({ by: ['model'] }, now, then);
    expect(echo.compare).toEqual({ from: '2026-09-01T00:00:00.000Z', to: '2026-10-01T00:00:00.000Z' });
    expect(rows).toMatchObject([
      {
        model: 'a',
        previous: { requests: 1n, tokens: { total: 20n }, cost: { USD: '2' } },
        delta: {
          requests: { change: 0n, percent: '0.0' },
          tokens: { change: 10n, percent: '50.0' },
          cost: { USD: { change: '1', percent: '50.0' } },
        },
      },
      { model: 'b', previous: { cost: { USD: '0' } }, delta: { cost: { USD: { change: '1', percent: 'new' } } } },
      {
        model: 'gone',
        requests: 0n,
        tokens: { input: 0n, total: 0n },
        cost: { CNY: '0' },
        delta: { tokens: { change: -7n, percent: '-100.0' }, cost: { CNY: { change: '-5', percent: '-100.0' } } },
      },
    ]);
    expect(totals).toMatchObject({
      cost: { CNY: '0', USD: '4' },
      previous: { tokens: { total: 27n }, cost: { CNY: '5', USD: '2' } },
      delta: { tokens: { change: 4n, percent: '14.8' } }, // 4/27
    });
  });

  test('days are set beside the days of the same place; a day the other month does not have keeps its name', () => {
    const now = [cell({ day: '2026-02-01', tokens: tokens(4n) }), cell({ day: '2026-02-28', tokens: tokens(5n) })];
    const then = ['2026-01-01', '2026-01-28', '2026-01-31'].map((day, i) =>
      cell({ day, tokens: tokens(BigInt(i + 1)) }),
    );
    const { rows } = compared({ by: ['day'] }, now, then, ['2026-02', '2026-01']);
    expect(rows.map(({ day, tokens: { total }, previous }) => [day, total, previous?.tokens.total])).toEqual([
      ['2026-01-31', 0n, 3n],
      ['2026-02-01', 4n, 1n],
      ['2026-02-28', 5n, 2n],
    ]);
  });

  test('months of a quarter are set beside those of the quarter before', () => {
    const now = [cell({ day: '2026-11-05', tokens: tokens(4n) })];
    const then = [cell({ day: '2026-08-31', tokens: tokens(1n) })];
    const { rows } = compared({ by: ['month'] }, now, then, ['2026-Q4', '2026-Q3']);
    expect(rows).toMatchObject([{ month: '2026-11', previous: { tokens: { total: 1n } } }]);
  });

  test('a cost is not compared where there is only usage without a price', () => {
    const now = [cell({ values: ['a'], tokens: tokens(4n) })];
    const then = [cell({ day: '2026-09-02', values: ['a'], tokens: tokens(4n), cost: usd(ONE) })];
    const { rows } = compared({ by: ['model'] }, now, then);
    expect(rows[0]!.delta!.cost).toEqual({ USD: { change: null, percent: null } });
  });

  test('the rows folded into one are compared together', () => {
    const now = ['a', 'b', 'c'].map((name, i) =>
      cell({ values: [name], tokens: tokens(BigInt(9 - i)), cost: usd(1n) }),
    );
    const then = ['b', 'z'].map((name) => cell({ day: '2026-09-02', values: [name], tokens: tokens(5n) }));
    const { rows } = compared({ by: ['model'], top: 1 }, now, then);
    // b and c are 8 + 7, b and z were 5 + 5
    expect(rows[1]).toMatchObject({ others: 3, tokens: { total: 15n }, previous: { tokens: { total: 10n } } });
  });
});

describe('what is no plain usage', () => {
  test('usage that a plan covered is told beside what is unpriced, and is not a part of it', () => {
    const covered = cell({
      values: ['a'],
      events: 3n,
      usedEvents: 1n,
      planEvents: 2n,
      planTokens: 60n,
      tokens: { ...NO_SUMS, input: 100n },
    });
    expect(report({}, [covered]).totals).toMatchObject({
      unpriced: { events: 1n, tokens: 40n }, // 100 - 60
      covered: { events: 2n, tokens: 60n },
    });
  });

  test('lines of a bill beside usage are told apart, and are in the cost', () => {
    const line = (pico: bigint, charge: Cell['charge']) =>
      cell({
        recording: BILL,
        values: ['a'],
        usedEvents: 0n,
        cost: { currency: 'USD', pico, kind: 'billed' },
        charge,
      });
    const tax = line(ONE, 'tax');
    const credit = line(-3n * ONE, 'credit');
    const body = breakdown({
      query: query({}),
      cells: [line(10n * ONE, 'usage'), tax, credit, tax],
      presence: (['usage', 'tax', 'credit'] as const).map((charge) =>
        present({ recording: BILL, tokens: 0n, billedEvents: 1n, charge }),
      ),
      prices: [],
      incomplete: [],
      straddling: [],
      warnings: [],
    });
    // 10 + 1 - 3 + 1
    expect(body.totals).toMatchObject({ cost: { USD: '9' }, charges: { credit: { USD: '-3' }, tax: { USD: '2' } } });
  });
});

test('every dimension has a name of its own in help', () => {
  expect(new Set(DIMENSIONS).size).toBe(DIMENSIONS.length);
});

describe('the organisation', () => {
  const organisation = {
    lineOf: (unit: string) => (unit === 'agents' ? ['hub', 'wukong', 'agents'] : ['hub', unit]),
    operatorOf: ({ source }: { source: string }) => (source === 'higress' ? 'bailian' : null),
  };
  const read = (dimension: Dimension, of: Parameters<typeof cell>[0]) =>
    valuesReader([dimension], organisation)(cell(of))[0];

  test('unit:<level> is the unit above that stands there, or a unit that stands higher, itself', () => {
    expect(read('unit:1', { values: ['agents'] })).toBe('hub');
    expect(read('unit:2', { values: ['agents'] })).toBe('wukong');
    expect(read('unit:3', { values: ['agents'] })).toBe('agents');
    expect(read('unit:3', { values: ['qianwen'] })).toBe('qianwen');
    expect(read('unit:1', { values: [null] })).toBe('(unassigned)');
  });

  test('the operator is the unit that runs the source, whoever pays', () => {
    const recording = { role: 'gateway' as const, source: 'higress', account: 'alibaba' };
    expect(read('operator', { recording })).toBe('bailian');
    expect(read('operator', {})).toBeNull();
  });

  test('by unit:<level> and unit the ledger is asked for the unit once', () => {
    expect(cellQueryOf(query({ by: ['unit:1', 'unit', 'operator', 'model'] })).by).toEqual(['unit', 'model']);
  });
});
