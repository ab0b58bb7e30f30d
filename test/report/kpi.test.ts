import { describe, expect, test } from 'vitest';
import { parseDecimal } from '../../src/pricing/decimal.js';
import { breakdown } from '../../src/report/breakdown.js';
import type { Kpi } from '../../src/report/kpi.js';
import { periodFrom } from '../../src/report/period.js';
import type { ReportQuery } from '../../src/report/query.js';
import { cell, ONE, present, query } from './cells.js';

const tickets = (...rows: readonly (readonly [day: string, unit: string | null, value: string])[]): Kpi => ({
  metric: 'tickets',
  values: rows.map(([day, unit, value]) => ({ day, unit, value: parseDecimal(value) })),
});

const spent = (day: string, unit: string | null, usd: bigint) =>
  cell({ day, values: [unit], cost: { currency: 'USD', pico: usd * ONE, kind: 'computed' } });

const window = periodFrom({ period: '2026-10' }, { now: 0, timeZone: 'UTC' });

const perOf = (kpi: Kpi, asked: Partial<ReportQuery>, cells: ReturnType<typeof spent>[]) => {
  const body = breakdown({
    query: query({ window, ...asked }),
    cells,
    presence: [...new Map(cells.map(({ day, charge }) => [`${day} ${charge}`, present({ day, charge })])).values()],
    prices: [],
    incomplete: [],
    straddling: [],
    warnings: [],
    kpi,
  });
  return { rows: body.rows.map(({ per }) => per), total: body.totals.per };
};

describe('the cost of one', () => {
  const cells = [spent('2026-10-05', 'a', 6n), spent('2026-10-06', 'a', 3n), spent('2026-10-06', 'b', 1n)];
  const whole = tickets(
    ['2026-10-05', 'a', '20'],
    ['2026-10-06', 'a', '10'],
    ['2026-10-07', 'a', '6'],
    ['2026-10-05', 'b', '0'],
    ['2026-10-06', 'b', '2.5'],
    ['2026-11-01', 'a', '1000'],
  );

  test('divides by the sum over the days of the row, those without usage too', () => {
    const { rows, total } = perOf(whole, { by: ['unit'] }, cells);
    expect(rows).toEqual([
      { metric: 'tickets', count: '36', missingDays: 0, cost: { USD: '0.25' } }, // 9 / (20 + 10 + 6)
      { metric: 'tickets', count: '2.5', missingDays: 0, cost: { USD: '0.4' } }, // 1 / 2.5
    ]);
    expect(total).toMatchObject({ count: '38.5', cost: { USD: '0.25974025974' } }); // 10 / 38.5
  });

  test('of days is that of the day', () => {
    const { rows } = perOf(whole, { by: ['day'] }, cells);
    // 6 / (20 + 0) and 4 / (10 + 2.5)
    expect(rows).toMatchObject([
      { count: '20', cost: { USD: '0.3' } },
      { count: '12.5', cost: { USD: '0.32' } },
    ]);
  });

  test('is not known where a day with usage has no value, never by a value of 0', () => {
    const { rows, total } = perOf(tickets(['2026-10-05', 'a', '20']), { by: ['unit'] }, cells);
    expect(rows).toEqual([
      { metric: 'tickets', count: null, missingDays: 1, cost: null },
      { metric: 'tickets', count: null, missingDays: 1, cost: null },
    ]);
    expect(total).toMatchObject({ count: null, missingDays: 1 });
  });

  test.each(['unit', 'day'] as const)(
    'of a total by %s is not known where a unit with usage has no value, nor where the file does not know it at all',
    (by) => {
      // b used tokens on the 6th, too
      const kpi = tickets(['2026-10-05', 'a', '20'], ['2026-10-06', 'a', '10']);
      expect(perOf(kpi, { by: [by] }, cells).total).toMatchObject({ count: null, missingDays: 1, cost: null });
      const mistyped = tickets(['2026-10-05', 'a', '20'], ['2026-10-06', 'a', '10'], ['2026-10-06', 'bb', '10']);
      expect(perOf(mistyped, { by: [by] }, cells).total).toMatchObject({ count: null, missingDays: 1, cost: null });
    },
  );

  test('of a day is not known where a unit with usage has no value', () => {
    const kpi = tickets(['2026-10-05', 'a', '20'], ['2026-10-06', 'b', '10']);
    expect(perOf(kpi, { by: ['day'] }, cells).rows).toMatchObject([
      { count: '20', missingDays: 0 },
      { count: null, missingDays: 1 },
    ]);
  });

  test('needs no value of units without usage on a day', () => {
    const kpi = tickets(['2026-10-05', 'a', '20'], ['2026-10-06', 'a', '10'], ['2026-10-06', 'b', '2']);
    // 10 / (20 + 10 + 2)
    expect(perOf(kpi, { by: ['unit'] }, cells).total).toMatchObject({ count: '32', cost: { USD: '0.3125' } });
  });

  test('asks of what is no usage, such as tax, only that its day has a value', () => {
    const tax = { ...spent('2026-10-06', null, 2n), charge: 'tax' as const };
    const { total } = perOf(whole, { by: ['unit'] }, [...cells, tax]);
    expect(total).toMatchObject({ count: '38.5', missingDays: 0 });
    expect(perOf(tickets(['2026-10-05', 'a', '20']), { by: ['unit'] }, [cells[0]!, tax]).total).toMatchObject({
      count: null,
      missingDays: 1,
    });
  });

  test('of nothing is not known: nothing can be divided by 0', () => {
    const kpi = tickets(['2026-10-06', 'b', '0']);
    expect(perOf(kpi, { by: ['unit'] }, [cells[2]!]).rows).toEqual([
      { metric: 'tickets', count: '0', missingDays: 0, cost: null },
    ]);
  });

  test('a value of the whole organisation stands for its units, but for no single one', () => {
    const kpi = tickets(['2026-10-05', null, '30'], ['2026-10-05', 'a', '20'], ['2026-10-06', null, '10']);
    const { rows, total } = perOf(kpi, { by: ['unit'] }, cells);
    expect(total).toMatchObject({ count: '40', cost: { USD: '0.25' } }); // 10 / (30 + 10)
    expect(rows).toMatchObject([{ count: null }, { count: null }]);
  });

  test('goes by the units the report is filtered by', () => {
    const only = [cells[0]!, cells[1]!];
    const filters = [{ field: 'unit', op: '=', values: ['a'] }] as const;
    expect(perOf(whole, { by: ['unit'], units: ['a'] }, only).total).toMatchObject({ count: '36' });
    expect(perOf(whole, { by: ['unit'], filters }, only).total).toMatchObject({ count: '36' });
  });

  test('is not known by model, only in total', () => {
    const ofModels = cells.map((each) => ({ ...each, values: ['m', ...each.values] }));
    const { rows, total } = perOf(whole, { by: ['model'] }, ofModels);
    expect(rows.every((per) => per?.count === null)).toBe(true);
    expect(total).toMatchObject({ count: '38.5' });
  });

  test('adds up for the rows folded into one', () => {
    const { rows } = perOf(whole, { by: ['day'], top: 1 }, cells);
    // 5 October is dearer; the others are the 6th alone.
    expect(rows).toMatchObject([{ count: '20' }, { count: '12.5', cost: { USD: '0.32' } }]);
  });
});
